import type { Effect } from '../core/conversation/effect.ts';
import type { Event } from '../core/conversation/event.ts';
import type { State } from '../core/conversation/state.ts';
import type { Match } from '../core/matching/types.ts';

/** The core with its knowledge bound: what the app needs of it. Both functions are pure. */
export interface Core {
  /** Applies one event to one conversation. */
  turn(state: State, event: Event): readonly [State, readonly Effect[]];
  /** Matches a text; `topic` is the entry last spoken about. At least one match. */
  understand(text: string, context: { readonly topic?: string }): readonly Match[];
}
