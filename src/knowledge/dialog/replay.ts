import type { Effect } from '../../core/conversation/effect.ts';
import type { Event } from '../../core/conversation/event.ts';
import { newState, type State } from '../../core/conversation/state.ts';
import { turn } from '../../core/conversation/turn.ts';
import type { Knowledge } from '../../core/knowledge/knowledge.ts';
import { detectLanguage } from '../../core/language.ts';
import type { MatchIndex } from '../../core/matching/build-index.ts';
import type { Action, Dialog, Transcript } from './dialog.ts';
import { createDesk, happening } from './happening.ts';
import { outcomeLines } from './lines.ts';

/** When every dialog begins, ms; and how long each action takes. */
const beginning = Date.UTC(2027, 0, 4, 9);
const pace = 10_000;

/** Plays a dialog with this knowledge. The same dialog always goes the same way: time and ids are counted. */
export function replay(knowledge: Knowledge, index: MatchIndex, dialog: Dialog): Transcript {
  let state = firstState(dialog);
  let at = beginning;
  let count = 0;
  const desk = createDesk();
  const onPage = dialog.exchanges.some(({ action }) => action.type === 'arrives' && action.web);
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
  const base = () => ({ id: `e${++count}`, at, ...(!onPage && { reachable: true as const }) });

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
    const event = base();
    const happened = action.type === 'desk' ? desk(action, event) : happening(action, index, state);
    return [...passed, ...happen({ ...event, ...happened })];
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
