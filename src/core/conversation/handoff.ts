import { reask } from './ask.ts';
import { changed, factsOf, item, openCaseOf, reopenableCase } from './case.ts';
import { afresh } from './closing.ts';
import { callNow, proceed } from './details.ts';
import type { CaseReason, Effect } from './effect.ts';
import { waitingTimers } from './patience.ts';
import { choice, control, phrase, type Scene, say, spoken, type Turn } from './scene.ts';
import { askingOf, type Closed, type State, type WaitingState, withAsking } from './state.ts';
import { whenAnswered } from './when.ts';

/**
 * Opens a case with everything said so far, after the visitor was asked for what is missing. Where one is open already
 * the rest of the questions is left out; one that was closed not long ago is opened again.
 */
export function openCase(scene: Scene, reason: CaseReason): Turn {
  const { state } = scene;
  if (state.activity.at === 'waiting') return state.activity.paged ? already(scene) : callNow(scene);
  const closed = reopenableCase(state, scene.at);
  if (closed) return reopenCase(scene, closed);
  const [next, opened] = newCase(scene, reason);
  const [after, effects] = proceed({ ...scene, state: next }, 'first');
  return [after, [...opened, ...effects]];
}

/** A case that waits, and what stores it; nothing is said. */
export function newCase(scene: Scene, reason: CaseReason): readonly [WaitingState, readonly Effect[]] {
  const { state } = scene;
  const asking = askingOf(state) ?? state.paused;
  const { menu: _menu, closed: _closed, recent: _recent, ...rest } = state;
  const next: WaitingState = {
    ...rest,
    misses: 0,
    activity: { at: 'waiting', case: scene.id, since: scene.at },
    ...(asking && { paused: asking }),
  };
  const opened = { id: scene.id, reason, question: state.question ?? '', facts: factsOf(next) };
  return [next, [{ type: 'open-case', case: opened }, changed(opened.id, { waitingSince: scene.at })]];
}

/** The consultants know of it: the visitor hears so, and when they will be answered. */
export function already(scene: Scene): Turn {
  const piece = spoken(scene, 'handoff.already', whereAndWhen(scene));
  return [scene.state, [say(scene, [piece], withdrawal(scene))]];
}

/** Where and when the visitor will be answered, for the sentences that say so. */
export function whereAndWhen(scene: Scene) {
  return { when: whenAnswered(scene), email: phrase(scene, 'agency.email') };
}

/** The way out for a visitor who waits. */
export function withdrawal(scene: Scene) {
  return { choices: [control(scene, 'withdraw', 'choice.withdraw')] };
}

/** The visitor came back to a closed case: it waits again, and whoever had it is told. */
export function reopenCase(scene: Scene, closed: Closed): Turn {
  const { closed: _closed, ...rest } = afresh(scene.state);
  const { question, matched } = closed;
  const asking = askingOf(rest);
  const state: State = {
    ...rest,
    misses: 0,
    activity: { at: 'waiting', case: closed.case, paged: true, since: scene.at },
    ...(asking && { paused: asking }),
    ...(question !== undefined && { question }),
    ...(matched && { matched }),
  };
  const here = { ...scene, state };
  return [
    state,
    [
      changed(closed.case, { status: 'waiting', consultant: null, waitingSince: scene.at, facts: factsOf(state) }),
      item(closed.case, { kind: 'reopened' }),
      ...(closed.consultant
        ? [item(closed.case, { kind: 'alert', alert: 'returned', mention: [closed.consultant.id] })]
        : []),
      say(here, [spoken(here, 'handoff.reopened', whereAndWhen(here))], withdrawal(here)),
      ...waitingTimers(here),
    ],
  ];
}

/** The visitor picked that a closed case is not settled after all. */
export function pickReopen(scene: Scene, id: string): Turn {
  const closed = reopenableCase(scene.state, scene.at);
  return closed?.case === id ? reopenCase(scene, closed) : openCase(scene, 'asked');
}

/** The visitor no longer needs a consultant. */
export function withdrawCase(scene: Scene): Turn {
  const { state } = scene;
  if (state.activity.at !== 'waiting') return [state, [say(scene, [spoken(scene, 'asking.nothing')])]];
  const { asking, case: id } = state.activity;
  const closed: Closed = { case: id, at: scene.at, withdrawn: true };
  const next = withAsking({ ...afresh(state), closed, activity: { at: 'idle' } }, asking);
  const here = { ...scene, state: next };
  const [after, effects] = reask(here);
  return [
    after,
    [
      changed(id, { status: 'withdrawn', waitingSince: null, snoozedUntil: null }),
      item(id, { kind: 'withdrawn' }),
      say(here, [spoken(here, 'handoff.withdrawn')]),
      ...effects,
    ],
  ];
}

/** What the visitor thinks of a case that was closed; it counts once. */
export function rateCase(scene: Scene, id: string, helpful: boolean): Turn | undefined {
  const { closed } = scene.state;
  if (closed?.case !== id || closed.withdrawn || openCaseOf(scene.state)) return undefined;
  const thanks = say(
    scene,
    [spoken(scene, helpful ? 'rate.thanks' : 'rate.sorry')],
    helpful ? {} : { choices: [choice(scene, `reopen:${id}`, 'choice.reopen')] },
  );
  if (closed.rated) return [scene.state, [thanks]];
  const rated: readonly Effect[] = [changed(id, { helpful }), item(id, { kind: 'rated', helpful })];
  return [{ ...scene.state, closed: { ...closed, rated: true } }, [...rated, thanks]];
}
