import { changed, item, openCaseOf } from './case.ts';
import { closeCase } from './closing.ts';
import type { Refusal } from './desk-item.ts';
import type { Effect } from './effect.ts';
import type { Consultant, DeskEvent } from './event.ts';
import { newCase } from './handoff.ts';
import { inert } from './inert.ts';
import { consultantTimer, snooze, waitingTimers } from './patience.ts';
import { changeReply, note, reply } from './reply.ts';
import { literal, message, type Scene, say, spoken, type Turn } from './scene.ts';
import type { Held, State, WaitingState } from './state.ts';

/**
 * What happens at the desk. A claim is a compare-and-set on the state: only a waiting case can be claimed, the second
 * claimer is told who holds it. Only the holder can release, resolve, transfer or speak; anybody can write a note.
 */
export function atDesk(scene: Scene, event: DeskEvent): Turn {
  const { activity } = scene.state;
  if (event.type === 'consultant-edited') return changeReply(scene, event);
  if (event.type === 'noted') return note(scene, event, inert(event.text));
  if (event.type === 'consultant-said') return reply(scene, event);
  const open = openCaseOf(scene.state);
  const { consultant } = event;
  if (event.type === 'claimed' && event.opens && open === undefined) return takeOver(scene, consultant);
  if (open === undefined || (event.case !== undefined && event.case !== open)) return refuse(scene, event, 'over');
  const held = activity.at === 'with-consultant' ? activity : undefined;
  const isHolder = held?.consultant.id === consultant.id;
  if (event.type === 'claimed') {
    if (activity.at === 'waiting') return claim({ ...scene, state: { ...scene.state, activity } }, consultant);
    return isHolder ? [scene.state, []] : refuse(scene, event, 'held');
  }
  if (event.type === 'snoozed') {
    if (held && !isHolder) return refuse(scene, event, 'not-held');
    if (event.until <= scene.at) return [scene.state, []];
    const [state, effects] = snooze(scene, event.until);
    return [state, [item(open, { kind: 'snoozed', consultant, until: event.until }), ...effects]];
  }
  if (!isHolder) return refuse(scene, event, 'not-held');
  switch (event.type) {
    case 'released':
      return release(scene, held, consultant);
    case 'resolved':
      return closeCase(scene, held, 'resolved');
    case 'transferred':
      return transfer(scene, held, consultant, event.to);
  }
}

/** Nothing changes, and whoever tried is told why. */
export function refuse(scene: Scene, event: DeskEvent, why: Refusal): Turn {
  const { activity, closed } = scene.state;
  const id = event.case ?? openCaseOf(scene.state) ?? closed?.case;
  if (id === undefined) return [scene.state, []];
  const isOf = activity.at === 'with-consultant' && activity.case === id && why !== 'confusing';
  const holder = isOf ? activity.consultant : undefined;
  const origin = 'origin' in event ? event.origin : undefined;
  const refused = { kind: 'refused', to: event.consultant, why } as const;
  return [scene.state, [item(id, { ...refused, ...(holder && { holder }), ...(origin && { origin }) })]];
}

function takeOver(scene: Scene, consultant: Consultant): Turn {
  const [state, opened] = newCase(scene, 'asked');
  const [after, effects] = claim({ ...scene, state }, consultant);
  return [after, [...opened, ...effects]];
}

function claim(scene: Scene & { readonly state: WaitingState }, consultant: Consultant): Turn {
  const { activity, menu: _menu, ...rest } = scene.state;
  const { case: id, asking, since, informed, paged, snoozed } = activity;
  const state: State = {
    ...rest,
    ...(asking && { paused: asking }),
    misses: 0,
    activity: {
      at: 'with-consultant',
      case: id,
      consultant,
      ...(since !== undefined && { since }),
      ...(informed && { informed }),
    },
  };
  const unpaged = paged ? {} : { paged: true as const };
  const awake = snoozed === undefined ? {} : { snoozedUntil: null };
  const joined = message(scene, [spoken(scene, 'handoff.joined', { name: literal(consultant.name) })]);
  return [
    state,
    [
      ...(paged ? [] : [item(id, { kind: 'paged' })]),
      changed(id, { status: 'claimed', consultant, ...unpaged, ...awake }),
      item(id, { kind: 'claimed', consultant }),
      { type: 'relay', consultant, message: joined },
      ...reminder({ ...scene, state }),
    ],
  ];
}

function reminder(scene: Scene): readonly Effect[] {
  const { activity } = scene.state;
  return activity.at === 'with-consultant' && activity.since !== undefined ? [consultantTimer(scene)] : [];
}

function release(scene: Scene, held: Held, consultant: Consultant): Turn {
  const { case: id, since, informed, snoozed } = held;
  const known = { ...(since !== undefined && { since }), ...(informed && { informed }) };
  const state: State = { ...scene.state, activity: { at: 'waiting', case: id, paged: true, ...known } };
  const here = { ...scene, state };
  const awake = snoozed === undefined ? {} : { snoozedUntil: null };
  return [
    state,
    [
      changed(id, { status: 'waiting', consultant: null, ...awake }),
      item(id, { kind: 'released', consultant }),
      say(here, [spoken(here, 'handoff.released')]),
      ...waitingTimers(here),
    ],
  ];
}

function transfer(scene: Scene, before: Held, consultant: Consultant, to: Consultant): Turn {
  if (to.id === consultant.id) return [scene.state, []];
  const { stopped: _stopped, reminded: _reminded, ...held } = before;
  const state: State = { ...scene.state, activity: { ...held, at: 'with-consultant', consultant: to } };
  const here = { ...scene, state };
  const told = message(here, [spoken(here, 'handoff.transferred', { name: literal(to.name) })]);
  return [
    state,
    [
      changed(held.case, { status: 'claimed', consultant: to }),
      item(held.case, { kind: 'transferred', consultant, to }),
      { type: 'relay', consultant: to, message: told },
      ...(held.snoozed === undefined ? reminder(here) : []),
    ],
  ];
}
