import { simplify } from '../matching/simplify.ts';
import { changed } from './case.ts';
import { closeCase } from './closing.ts';
import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import { consultantTimer, endSnooze } from './patience.ts';
import { readPick } from './pick.ts';
import { phrase, type Scene, type Turn } from './scene.ts';
import { forget } from './service.ts';
import type { Held } from './state.ts';

/** What a visitor does while a case is open: it is waited for an answer to it, and a snooze is over. */
export function heard(scene: Scene): Turn {
  const [woken, effects] = endSnooze(scene);
  const { activity } = woken;
  if ((activity.at !== 'waiting' && activity.at !== 'with-consultant') || activity.since !== undefined) {
    return [woken, effects];
  }
  const state = { ...woken, activity: { ...activity, since: scene.at } };
  return [state, [...effects, changed(activity.case, { waitingSince: scene.at })]];
}

/** Nothing is said to a visitor whom a consultant has; the consultant is reminded of what they do not answer. */
export function whileHeld(scene: Scene, before: Held, event: Event): Turn {
  if (event.type === 'chose' && event.choices[0] === 'forget:yes') return forget(scene);
  if (isSettled(scene, before, event)) return closeCase(scene, before, 'withdrawn');
  const [state, effects] = heard(scene);
  const { activity } = state;
  if (activity.at !== 'with-consultant') return [state, effects];
  const { closing: _, reminded: _reminded, ...held } = activity;
  const isNew = before.since === undefined;
  const reminders: readonly Effect[] = [
    { type: 'clear-timer', name: 'visitor' },
    ...(isNew ? [consultantTimer(scene)] : []),
  ];
  const count = !isNew && activity.reminded !== undefined ? { reminded: activity.reminded } : {};
  return [{ ...state, activity: { ...held, ...count } }, [...effects, ...reminders]];
}

/** The visitor says that nothing is open any more: by the button, or in words after being asked. */
function isSettled(scene: Scene, held: Held, event: Event): boolean {
  if (event.type === 'chose') return event.choices[0] === `close:${held.case}`;
  if (event.type !== 'said' || !held.closing) return false;
  const labels = [phrase(scene, 'choice.settled'), phrase(scene, 'choice.reopen')];
  return readPick(simplify(event.text), labels)?.[0] === 0;
}
