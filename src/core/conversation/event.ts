import type { Match } from '../matching/types.ts';
import type { AttachedFile, Language, Script } from '../message.ts';

/** Kinds of things a visitor sends that are not text. */
export type Media = 'image' | 'voice' | 'video' | 'file' | 'sticker' | 'location' | 'link';

/**
 * What happened. Facts from outside (the match, the time, ids) travel inside, so that a turn is pure and can be
 * replayed. `id` is short and unique in the conversation (derived from the dedupe key); `at` is in ms since 1970.
 */
export type Event = {
  readonly id: string;
  readonly at: number;
  /** The visitor's name on their platform, as far as it is known. */
  readonly name?: string;
  /** True where the channel can reach the visitor after they left (Slack, WeChat). */
  readonly reachable?: true;
} & (
  | { readonly type: 'arrived'; readonly language?: Language; readonly script?: Script }
  | { readonly type: 'said'; readonly text: string; readonly matches: readonly Match[] }
  | { readonly type: 'chose'; readonly choices: readonly string[]; readonly labels?: readonly string[] }
  | { readonly type: 'sent'; readonly media: Media; readonly named?: string; readonly file?: AttachedFile }
  /** The visitor changed an earlier message, or took it back (`text` absent). */
  | { readonly type: 'edited'; readonly text?: string }
  | { readonly type: 'timer'; readonly name: string }
  /** The turn for this event failed repeatedly: the visitor gets an apology. */
  | { readonly type: 'failed' }
  | DeskEvent
);

/**
 * What a consultant does. `case`: the case that it was meant for; when another one is open by now, or none, it is
 * refused. `origin`: the surface's own id of the consultant's message, for marks on it.
 */
export type DeskEvent = {
  readonly consultant: Consultant;
  readonly case?: string;
} /** `opens`: of somebody who answers on the platform itself; where no case is open, one is opened. */ & (
  | { readonly type: 'claimed'; readonly opens?: true }
  | { readonly type: 'released' }
  | { readonly type: 'resolved' }
  | { readonly type: 'transferred'; readonly to: Consultant }
  | { readonly type: 'snoozed'; readonly until: number }
  | { readonly type: 'consultant-said'; readonly text: string; readonly origin?: string; readonly file?: AttachedFile }
  /** Internal: never shown to the visitor. */
  | { readonly type: 'noted'; readonly text: string; readonly origin?: string }
  /** An earlier reply was changed, or taken back (`text` absent). */
  | { readonly type: 'consultant-edited'; readonly origin: string; readonly text?: string }
);

/** A person at the desk; the id begins with the surface (`slack:U1`, `web:mei`). */
export interface Consultant {
  readonly id: string;
  readonly name: string;
}
