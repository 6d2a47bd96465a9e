import type { Hours, Patience } from '../knowledge/hours.ts';
import { afterOpenTime, alwaysOpen, isOpen, nextOpening } from '../knowledge/opening.ts';
import { changed, item } from './case.ts';
import { askWhetherSettled, closeCase } from './closing.ts';
import { page } from './details.ts';
import type { Effect } from './effect.ts';
import { phrase, type Scene, say, spoken, type Turn } from './scene.ts';
import type { Held, State, Waiting } from './state.ts';

/** How often a silent consultant is reminded of one unanswered message. */
const mostReminders = 3;

/** Timers by what they belong to: a case that waits, or one in a consultant's hands. */
const timers = {
  waiting: ['page', 'unclaimed', 'on-duty', 'opening', 'snooze'],
  'with-consultant': ['consultant', 'visitor', 'snooze'],
} as const;

function hoursOf({ knowledge }: Scene): Hours {
  return knowledge.hours ?? alwaysOpen;
}

/** How long each side is waited for. */
function patienceOf(scene: Scene): Patience {
  return hoursOf(scene).patience;
}

/** What reminds the desk of a case that nobody has claimed, from now on. */
export function waitingTimers(scene: Scene): readonly Effect[] {
  const { activity } = scene.state;
  if (activity.at === 'waiting' && activity.snoozed !== undefined) return [];
  const hours = hoursOf(scene);
  const { unclaimed } = hours.patience;
  const opening = isOpen(hours, scene.at) ? undefined : nextOpening(hours, scene.at);
  const due = {
    unclaimed: afterOpenTime(hours, scene.at, unclaimed),
    'on-duty': afterOpenTime(hours, scene.at, 2 * unclaimed),
    opening,
  };
  return Object.entries(due).flatMap(([name, at]) => (at === undefined ? [] : [{ type: 'set-timer', name, at }]));
}

/** What reminds a consultant of a visitor's message that is not answered yet. */
export function consultantTimer(scene: Scene): Effect {
  return { type: 'set-timer', name: 'consultant', at: scene.at + patienceOf(scene).consultant };
}

/** What asks a visitor who does not answer whether anything is still open. */
export function visitorTimer(scene: Scene): Effect {
  return { type: 'set-timer', name: 'visitor', at: scene.at + patienceOf(scene).visitor };
}

/** The timers of a case that is no longer what it was. */
export function endedTimers(before: State, after: State): readonly Effect[] {
  const { at } = before.activity;
  if ((at !== 'waiting' && at !== 'with-consultant') || after.activity.at === at) return [];
  return timers[at].map((name) => ({ type: 'clear-timer', name }));
}

/** A timer of a case is due. */
export function due(scene: Scene, name: string): Turn {
  const { state } = scene;
  const { activity } = state;
  if (name === 'snooze') return endSnooze(scene);
  if (activity.at === 'waiting') {
    if (name === 'page') return page(scene);
    if (name === 'opening') return [state, [item(activity.case, { kind: 'alert', alert: 'opening' })]];
    if (name === 'unclaimed') return [state, [item(activity.case, { kind: 'alert', alert: 'unclaimed' })]];
    return name === 'on-duty' ? callOnDuty(scene, activity) : [state, []];
  }
  if (activity.at !== 'with-consultant') return [state, []];
  if (name === 'consultant') return remindConsultant(scene, activity);
  if (name !== 'visitor') return [state, []];
  return activity.closing ? closeCase(scene, activity, 'expired') : askWhetherSettled(scene, activity);
}

/** Nobody claimed in twice the time: those on duty are called, and the visitor hears once that it takes longer. */
function callOnDuty(scene: Scene, waiting: Waiting): Turn {
  const { state } = scene;
  const mention = hoursOf(scene).onDuty.map((member) => `slack:${member}`);
  const called = item(waiting.case, { kind: 'alert', alert: 'on-duty', mention });
  if (waiting.informed) return [state, [called]];
  const late = spoken(scene, 'handoff.delay', { email: phrase(scene, 'agency.email') });
  return [{ ...state, activity: { ...waiting, at: 'waiting', informed: true } }, [called, say(scene, [late])]];
}

function remindConsultant(scene: Scene, held: Held): Turn {
  const { state } = scene;
  if (held.since === undefined) return [state, []];
  const reminded = (held.reminded ?? 0) + 1;
  const mention = [held.consultant.id];
  return [
    { ...state, activity: { ...held, at: 'with-consultant', reminded } },
    [
      item(held.case, { kind: 'alert', alert: 'consultant-silent', mention }),
      ...(reminded < mostReminders ? [consultantTimer(scene)] : []),
    ],
  ];
}

/** Nobody is to be reminded of the case before a moment. */
export function snooze(scene: Scene, until: number): Turn {
  const { state } = scene;
  const { activity } = state;
  if (activity.at !== 'waiting' && activity.at !== 'with-consultant') return [state, []];
  return [
    { ...state, activity: { ...activity, snoozed: until } },
    [
      changed(activity.case, { snoozedUntil: until }),
      ...timers[activity.at].filter((name) => name !== 'snooze' && name !== 'page').map(stop),
      { type: 'set-timer', name: 'snooze', at: until },
    ],
  ];
}

function stop(name: string): Effect {
  return { type: 'clear-timer', name };
}

/** The end of a snooze, by its time or because the visitor wrote: reminders begin anew. */
export function endSnooze(scene: Scene): Turn {
  const { activity } = scene.state;
  if ((activity.at !== 'waiting' && activity.at !== 'with-consultant') || activity.snoozed === undefined) {
    return [scene.state, []];
  }
  const { snoozed: _, ...rest } = activity;
  const here = { ...scene, state: { ...scene.state, activity: rest } };
  const awaited = activity.at === 'with-consultant' && activity.since === undefined ? visitorTimer : consultantTimer;
  const reminders = activity.at === 'waiting' ? waitingTimers(here) : [awaited(here)];
  return [
    here.state,
    [
      changed(activity.case, { snoozedUntil: null }),
      stop('snooze'),
      item(activity.case, { kind: 'alert', alert: 'snooze-over' }),
      ...reminders,
    ],
  ];
}
