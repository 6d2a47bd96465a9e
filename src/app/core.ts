import type { Effect } from '../core/conversation/effect.ts';
import type { Event } from '../core/conversation/event.ts';
import { overview } from '../core/conversation/overview.ts';
import type { State } from '../core/conversation/state.ts';
import { turn } from '../core/conversation/turn.ts';
import { indexKnowledge } from '../core/knowledge/index-knowledge.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { MatchIndex } from '../core/matching/build-index.ts';
import type { Match } from '../core/matching/types.ts';
import { understand } from '../core/matching/understand.ts';
import type { Outgoing } from '../core/message.ts';
import { createSuggest, type Suggest } from '../core/suggest.ts';
import { labelOf } from './label.ts';

/** The core with its knowledge bound: what the app and its channels need of it. All of it is pure. */
export interface Core {
  /** Applies one event to one conversation. */
  turn(state: State, event: Event): readonly [State, readonly Effect[]];
  /** Matches a text; `topic` is the entry last spoken about. At least one match. */
  understand(text: string, context: { readonly topic?: string }): readonly Match[];
  /** Suggests entries for a text that is still being written. */
  readonly suggest: Suggest;
  /** The words of a choice, as the visitor read them. */
  label(state: State, choice: string): string;
  /** What a visitor in this state can do next. */
  overview(state: State): Outgoing;
  /** What the matcher says of a text when nothing was said before; greetings, thanks and the like are no questions. */
  verdict(text: string): Match['verdict'];
}

/** Binds the knowledge, and its index for matching; building that takes a moment. */
export function createCore(knowledge: Knowledge, index: MatchIndex = indexKnowledge(knowledge)): Core {
  let suggest: Suggest | undefined;
  return {
    turn: (state, event) => turn(knowledge, state, event),
    understand: (text, context) => understand(index, text, context),
    suggest: (text, language) => {
      // Only the web chat suggests anything: prepared when it first does.
      suggest ??= createSuggest(knowledge, index);
      return suggest(text, language);
    },
    label: (state, choice) => labelOf(knowledge, state, choice),
    overview: (state) => overview(knowledge, state),
    verdict(text) {
      const asked = understand(index, text, {}).filter(
        ({ entry }) => entry === null || knowledge.entries.get(entry)?.status !== 'meta',
      );
      return (asked.find(({ verdict }) => verdict !== 'none') ?? asked[0])?.verdict ?? 'none';
    },
  };
}
