import type { Match } from '../matching/types.ts';
import type { Language, Script } from '../message.ts';

/** Kinds of things a visitor sends that are not text. */
export type Media = 'image' | 'voice' | 'video' | 'file' | 'sticker' | 'location' | 'link';

/**
 * What happened. Facts from outside (the match, the time, ids) travel inside, so that a turn is pure and can be
 * replayed. `id` is short and unique in the conversation (derived from the dedupe key); `at` is in ms since 1970.
 */
export type Event = { readonly id: string; readonly at: number } & (
  | { readonly type: 'arrived'; readonly language?: Language; readonly script?: Script }
  | { readonly type: 'said'; readonly text: string; readonly matches: readonly Match[] }
  | { readonly type: 'chose'; readonly choices: readonly string[] }
  | { readonly type: 'sent'; readonly media: Media; readonly name?: string }
  | { readonly type: 'timer'; readonly name: string }
  /** The turn for this event failed repeatedly: the visitor gets an apology. */
  | { readonly type: 'failed' }
  | { readonly type: 'claimed'; readonly consultant: Consultant }
  | { readonly type: 'released'; readonly consultant: Consultant }
  | { readonly type: 'resolved'; readonly consultant: Consultant }
  | { readonly type: 'consultant-said'; readonly consultant: Consultant; readonly text: string }
);

/** A person at the desk. */
export interface Consultant {
  readonly id: string;
  readonly name: string;
}
