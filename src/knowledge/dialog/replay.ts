import type { Effect } from '../../core/conversation/effect.ts';
import type { Consultant, Event } from '../../core/conversation/event.ts';
import { newState, type State } from '../../core/conversation/state.ts';
import { turn } from '../../core/conversation/turn.ts';
import type { Knowledge } from '../../core/knowledge/knowledge.ts';
import { detectLanguage } from '../../core/language.ts';
import type { MatchIndex } from '../../core/matching/build-index.ts';
import { understand } from '../../core/matching/understand.ts';
import type { Action, Dialog, Transcript } from './dialog.ts';
import { outcomeLines } from './lines.ts';

/** When every dialog begins, ms; and how long each action takes. */
const beginning = Date.UTC(2027, 0, 4, 9);
const pace = 10_000;

/** Plays a dialog with this knowledge. The same dialog always goes the same way: time and ids are counted. */
export function replay(knowledge: Knowledge, index: MatchIndex, dialog: Dialog): Transcript {
  let state = firstState(dialog);
  let at = beginning;
  let count = 0;
  let consultant: Consultant = { id: 'desk', name: 'desk' };
  const timers = new Map<string, number>();

  const happen = (event: Event): readonly Effect[] => {
    const [next, effects] = turn(knowledge, state, event);
    state = next;
    for (const effect of effects) {
      if (effect.type === 'forget') timers.clear();
      if (effect.type === 'set-timer') timers.set(effect.name, effect.at);
      if (effect.type === 'clear-timer') timers.delete(effect.name);
    }
    return effects;
  };
  const base = () => ({ id: `e${++count}`, at });

  const wait = (until: number): readonly Effect[] => {
    const effects: Effect[] = [];
    for (;;) {
      const [due] = [...timers].filter(([, time]) => time <= until).sort(([, one], [, other]) => one - other);
      if (!due) break;
      const [name, time] = due;
      timers.delete(name);
      at = time;
      effects.push(...happen({ ...base(), type: 'timer', name }));
    }
    at = until;
    return effects;
  };

  const play = (action: Action): readonly Effect[] => {
    if (action.type === 'waits') return wait(at + action.ms);
    const passed = wait(at + pace);
    if (action.type === 'desk' && action.name) consultant = { id: action.name, name: action.name };
    return [...passed, ...happen({ ...base(), ...eventOf(action, index, state, consultant) })];
  };

  return dialog.exchanges.map(({ action }) => {
    try {
      return outcomeLines(play(action));
    } catch (error) {
      return [`the turn fails: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

function firstState({ exchanges }: Dialog): State {
  for (const { action } of exchanges) {
    if (action.type === 'arrives') return newState(action.language ?? 'en', action.script);
    if (action.type !== 'says') continue;
    const { language, script } = detectLanguage(action.text);
    return newState(language ?? 'en', script);
  }
  return newState('en');
}

type Happening = Event extends infer E ? (E extends Event ? Omit<E, 'id' | 'at'> : never) : never;

function eventOf(
  action: Exclude<Action, { type: 'waits' }>,
  index: MatchIndex,
  state: State,
  consultant: Consultant,
): Happening {
  switch (action.type) {
    case 'says': {
      const context = state.topic === undefined ? {} : { topic: state.topic };
      return { type: 'said', text: action.text, matches: understand(index, action.text, context) };
    }
    case 'picks':
      return { type: 'chose', choices: action.ids.map((id) => wholeId(state, id)) };
    case 'sends':
      return { type: 'sent', media: action.media, ...(action.name && { named: action.name }) };
    case 'arrives': {
      const { language, script } = action;
      return { type: 'arrived', ...(language && { language }), ...(script && { script }) };
    }
    case 'fails':
      return { type: 'failed' };
    case 'desk':
      return deskEvent(action, consultant);
  }
}

function deskEvent({ does, text }: Action & { readonly type: 'desk' }, consultant: Consultant): Happening {
  switch (does) {
    case 'claims':
      return { type: 'claimed', consultant };
    case 'says':
      return { type: 'consultant-said', consultant, text };
    case 'releases':
      return { type: 'released', consultant };
    case 'resolves':
      return { type: 'resolved', consultant };
  }
}

/** The id of a choice shown last, given in full or by its last part. */
function wholeId({ menu }: State, id: string): string {
  const ids = (menu?.choices ?? []).map((choice) => choice.id);
  const ending = ids.filter((whole) => whole.endsWith(`:${id}`));
  return ids.includes(id) || ending.length !== 1 ? id : (ending[0] ?? id);
}
