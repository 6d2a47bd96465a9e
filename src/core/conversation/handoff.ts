import { reask } from './ask.ts';
import type { CaseReason, NewCase } from './effect.ts';
import type { DeskEvent } from './event.ts';
import { control, literal, message, phrase, type Scene, say, spoken, type Turn } from './scene.ts';
import { askingOf, type State, withAsking } from './state.ts';

/** Opens a case with everything said so far, or says that one is open already. */
export function openCase(scene: Scene, reason: CaseReason): Turn {
  const { state } = scene;
  const email = phrase(scene, 'agency.email');
  if (state.activity.at === 'waiting') {
    return [state, [say(scene, [spoken(scene, 'handoff.already', { email })], withdrawal(scene))]];
  }
  const asking = askingOf(state) ?? state.paused;
  const opened: NewCase = {
    id: scene.id,
    reason,
    question: state.question ?? '',
    facts: {
      language: state.language === 'en' ? 'en' : state.script === 'traditional' ? 'zh-Hant' : 'zh-Hans',
      ...(state.topic && { topic: state.topic }),
      ...(asking && { questionnaire: { id: asking.questionnaire, answers: asking.answers } }),
    },
  };
  const { menu: _, ...rest } = state;
  const next: State = {
    ...rest,
    misses: 0,
    activity: { at: 'waiting', case: opened.id },
    ...(asking && { paused: asking }),
  };
  const here = { ...scene, state: next };
  return [
    next,
    [{ type: 'open-case', case: opened }, say(here, [spoken(here, 'handoff.opened', { email })], withdrawal(here))],
  ];
}

function withdrawal(scene: Scene) {
  return { choices: [control(scene, 'withdraw', 'choice.withdraw')] };
}

/** The visitor no longer needs a consultant. */
export function withdrawCase(scene: Scene): Turn {
  const { state } = scene;
  if (state.activity.at !== 'waiting') return [state, [say(scene, [spoken(scene, 'asking.nothing')])]];
  const { asking } = state.activity;
  const next = withAsking({ ...state, activity: { at: 'idle' } }, asking);
  const here = { ...scene, state: next };
  const [after, effects] = asking ? reask(here) : [next, []];
  return [
    after,
    [
      { type: 'update-case', case: state.activity.case, change: { status: 'withdrawn' } },
      say(here, [spoken(here, 'handoff.withdrawn')]),
      ...effects,
    ],
  ];
}

/**
 * What happens at the desk. A claim is a compare-and-set on the state: only a waiting case can be claimed, the second
 * claimer is told who holds it. Only the holder can release, resolve or speak.
 */
export function atDesk(scene: Scene, event: DeskEvent): Turn {
  const { state } = scene;
  const { activity } = state;
  const { consultant } = event;
  if (activity.at === 'waiting' && event.type === 'claimed') {
    const next: State = { ...state, activity: { at: 'with-consultant', case: activity.case, consultant } };
    const joined = message(scene, [spoken(scene, 'handoff.joined', { name: literal(consultant.name) })]);
    return [
      next,
      [
        { type: 'update-case', case: activity.case, change: { status: 'claimed', consultant } },
        { type: 'relay', consultant, message: joined },
      ],
    ];
  }
  if (activity.at !== 'with-consultant') return [state, []];
  const { case: id, consultant: holder } = activity;
  if (holder.id !== consultant.id) {
    return [
      state,
      event.type === 'claimed'
        ? [{ type: 'desk', case: id, item: { kind: 'refused', to: consultant, why: 'held', holder } }]
        : [],
    ];
  }
  switch (event.type) {
    case 'consultant-said': {
      const said = message(scene, [{ ref: 'consultant', text: event.text }]);
      return [state, [{ type: 'relay', consultant, message: said }]];
    }
    case 'released': {
      const next: State = { ...state, activity: { at: 'waiting', case: id } };
      return [
        next,
        [
          { type: 'update-case', case: id, change: { status: 'waiting', consultant: null } },
          say(scene, [spoken(scene, 'handoff.released')]),
        ],
      ];
    }
    case 'resolved': {
      const next: State = { ...state, activity: { at: 'idle' } };
      return [
        next,
        [
          { type: 'update-case', case: id, change: { status: 'resolved' } },
          say(scene, [spoken(scene, 'handoff.resolved')]),
        ],
      ];
    }
    default:
      return [state, []];
  }
}
