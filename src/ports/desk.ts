import type { Refusal } from '../core/conversation/desk-item.ts';
import type { Consultant } from '../core/conversation/event.ts';
import type { SavedReply } from '../core/knowledge/reply.ts';
import type { AttachedFile, Language } from '../core/message.ts';
import type { Allowance, ConversationId } from './channel.ts';
import type { Case, CaseQuery, DeskLine, JournalItem, StoredFile } from './store.ts';

/** What a consultant does. `origin`: the surface's own id of the message, for marks on it. */
export type Act =
  | { readonly does: 'claim' | 'release' | 'resolve' }
  | { readonly does: 'transfer'; readonly to: Consultant }
  | { readonly does: 'snooze'; readonly until: number }
  /** A text that begins with `//` is a note. */
  | { readonly does: 'say'; readonly text: string; readonly origin?: string; readonly file?: AttachedFile }
  | { readonly does: 'note'; readonly text: string; readonly origin?: string }
  /** An earlier text was changed, or taken back (`text` absent). */
  | { readonly does: 'edit'; readonly origin: string; readonly text?: string };

/** One act at the desk; `key` is unique for it and the same when it is sent again. */
export interface DeskAct {
  readonly key: string;
  readonly case: string;
  /** ms since 1970 */
  readonly at: number;
  readonly consultant: Consultant;
  readonly act: Act;
}

/** What came of an act. `holder`: who has the case. */
export type DeskOutcome =
  | { readonly as: 'done' }
  | { readonly as: 'refused'; readonly why: Refusal; readonly holder?: Consultant };

/** A case as a card shows it. */
export interface CaseView extends Case {
  /** Name of the visitor's channel, such as `slack` or `wechat-kf`. */
  readonly channel: string;
  /** The words of the questionnaire's answers, in the desk's two languages. */
  readonly answers: Readonly<Record<Language, readonly { readonly step: string; readonly answer: string }[]>>;
  /** Titles of the matched entries, in the desk's two languages. */
  readonly matched: readonly {
    readonly entry: string;
    readonly confidence: number;
    readonly title: Readonly<Record<Language, string>>;
  }[];
  readonly topicTitle?: Readonly<Record<Language, string>>;
  /** What the platform still takes, where it has a limit. */
  readonly allowance?: Allowance;
}

/** An entry's answer as a consultant may insert it: plain text of both languages, with its date. */
export interface Insertable {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, string | undefined>>;
  readonly asOf: string;
}

/** Everything that a place where consultants work needs. Every method may be called from any replica. */
export interface Desk {
  /** Rejects when nothing was committed; then the act is to be sent again with its key. */
  act(act: DeskAct): Promise<DeskOutcome>;
  view(id: string): Promise<CaseView | undefined>;
  find(query: CaseQuery): Promise<readonly Case[]>;
  lines(conversation: ConversationId, limit: number): Promise<readonly DeskLine[]>;
  journal(conversation: ConversationId, after: number, limit: number): Promise<readonly JournalItem[]>;
  version(): Promise<number>;
  keepFile(file: StoredFile): Promise<void>;
  file(id: string): Promise<StoredFile | undefined>;
  /** Replies at hand, from the knowledge. */
  readonly replies: readonly SavedReply[];
  /** Entries whose answers may be inserted. */
  readonly insertable: readonly Insertable[];
}
