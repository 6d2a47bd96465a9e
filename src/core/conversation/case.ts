import type { Outgoing } from '../message.ts';
import type { DeskItem } from './desk-item.ts';
import type { CaseChange, CaseFacts, Effect } from './effect.ts';
import { askingOf, type State } from './state.ts';

/** For how long a closed case is opened again rather than a new one, ms. */
const reopenFor = 24 * 60 * 60_000;

/** The case that is open in this state. */
export function openCaseOf({ activity }: State): string | undefined {
  return activity.at === 'waiting' || activity.at === 'with-consultant' ? activity.case : undefined;
}

/** The closed case that the visitor may still come back to. */
export function reopenableCase({ closed, activity }: State, at: number) {
  const free = activity.at !== 'waiting' && activity.at !== 'with-consultant';
  return closed && free && !closed.withdrawn && at - closed.at <= reopenFor ? closed : undefined;
}

/** What a consultant must know of this visitor. */
export function factsOf(state: State): CaseFacts {
  const asking = askingOf(state) ?? state.paused;
  const { name, topic, matched, details } = state;
  return {
    ...details,
    ...(name && { name }),
    language: languageOf(state),
    ...(topic && { topic }),
    ...(matched?.length && { matches: matched }),
    ...(asking && { questionnaire: { id: asking.questionnaire, answers: asking.answers } }),
  };
}

function languageOf({ language, script }: State): Outgoing['language'] {
  return language === 'en' ? 'en' : script === 'traditional' ? 'zh-Hant' : 'zh-Hans';
}

/** An item for the journal of a case. */
export function item(id: string, what: DeskItem): Effect {
  return { type: 'desk', case: id, item: what };
}

/** A change of the stored case. */
export function changed(id: string, change: CaseChange): Effect {
  return { type: 'update-case', case: id, change };
}
