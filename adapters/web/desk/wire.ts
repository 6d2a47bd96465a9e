import type { DeskItem } from '../../../src/core/conversation/desk-item.ts';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { SavedReply } from '../../../src/core/knowledge/reply.ts';
import type { AttachedFile } from '../../../src/core/message.ts';
import type { Case, CaseQuery, CaseView, DeskOutcome, Insertable } from '../../../src/ports.ts';
import type { Block } from '../wire.ts';

/** The lists of the queue. */
export type Tab = Exclude<CaseQuery['show'], 'all'>;

/** One page of a list. */
export interface WireQueue {
  readonly cases: readonly Case[];
  /** How many there are, counted up to `countLimit`. */
  readonly counts: Readonly<Record<'unclaimed' | 'mine' | 'open', number>>;
  /** True when older ones follow. */
  readonly more: boolean;
  /** What a page tells of: every unclaimed case, and since when the visitors of one's own wait. */
  readonly news: readonly WireNews[];
}

/** `since`: when the visitor began to wait, ms since 1970; null: nobody waits. */
export interface WireNews {
  readonly case: string;
  readonly mine: boolean;
  readonly question: string;
  readonly since: number | null;
}

/** From this number on, cases are not counted. */
export const countLimit = 100;

/** Where something said to the visitor stands. */
export type WireState = 'sending' | 'delivered' | 'waiting' | 'failed' | 'uncertain' | 'discarded';

/** What the matcher made of one question of a message. */
export interface WireMatch {
  readonly text: string;
  readonly verdict: 'answer' | 'choose' | 'none';
  readonly confidence: number;
  readonly outOfScope?: string;
  readonly candidates: readonly { readonly entry: string; readonly confidence: number }[];
}

/** One thing in the thread of a case. `key` is unique in it and stays. */
export type WireItem = { readonly key: string; readonly at: number } & (
  | {
      readonly kind: 'visitor';
      readonly text: string;
      readonly file?: AttachedFile;
      readonly matches?: readonly WireMatch[];
    }
  | {
      readonly kind: 'bot';
      readonly blocks: readonly Block[];
      readonly language: string;
      readonly choices: readonly string[];
      readonly source?: string;
      readonly state: WireState;
    }
  /** Said to the visitor about a consultant: who has joined. */
  | { readonly kind: 'notice'; readonly blocks: readonly Block[]; readonly language: string; readonly state: WireState }
  | WireSaid
  /** Anything else of the journal. */
  | { readonly kind: 'event'; readonly item: DeskItem }
);

/** A consultant's reply, or an internal note. */
export interface WireSaid {
  readonly kind: 'reply' | 'note';
  readonly consultant: Consultant;
  readonly text: string;
  readonly file?: AttachedFile;
  readonly origin?: string;
  readonly edited?: true;
  /** It was taken back. */
  readonly gone?: true;
  readonly state?: WireState;
  readonly reason?: string;
}

/** A case with everything that its page shows. */
export interface WireCase {
  readonly case: CaseView;
  readonly thread: readonly WireItem[];
  readonly colleagues: readonly Consultant[];
}

/** What is at hand for replies. */
export interface WireKit {
  readonly replies: readonly SavedReply[];
  readonly insertable: readonly Insertable[];
}

/** What a page posts to a case; `id` is the same when it is sent again. */
export interface WireAct {
  readonly id: string;
  readonly act: WireDoing;
}

export type WireDoing =
  | { readonly does: 'claim' | 'release' | 'resolve' }
  /** `to`: id of the colleague. */
  | { readonly does: 'transfer'; readonly to: string }
  | { readonly does: 'snooze'; readonly until: number }
  /** `file`: id of an uploaded file. */
  | { readonly does: 'say'; readonly text: string; readonly file?: string }
  | { readonly does: 'note'; readonly text: string }
  | { readonly does: 'edit'; readonly origin: string; readonly text?: string };

export type WireOutcome = DeskOutcome;
