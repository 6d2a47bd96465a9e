import { openCaseOf } from './case.ts';
import type { Event } from './event.ts';
import { detailsIn } from './found.ts';
import { followLanguage } from './said.ts';
import type { State } from './state.ts';

/** How many texts of the visitor are kept while a case is open, and how much of each, characters. */
const keptTexts = 3;
const keptLength = 300;

/** The state with what an event tells of the visitor, whatever else it leads to: name, contact, domain, language. */
export function witnessed(before: State, event: Event): State {
  // The name of a timer is no visitor's.
  const name = event.type === 'timer' ? undefined : event.name;
  const state = name && name !== before.name ? { ...before, name } : before;
  if (event.type !== 'said') return state;
  const found = detailsIn(event.text);
  const known = found.contact || found.domain ? { ...state, details: { ...state.details, ...found } } : state;
  if (openCaseOf(state) === undefined) return known;
  const recent = [...(known.recent ?? []), event.text.slice(0, keptLength)].slice(-keptTexts);
  return followLanguage({ ...known, recent }, event.text, event.matches);
}
