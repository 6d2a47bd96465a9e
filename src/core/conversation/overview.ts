import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Outgoing } from '../message.ts';
import { topics } from './menu.ts';
import { message, type Scene, spoken } from './scene.ts';
import { messageInScript } from './script.ts';
import { askingOf, type State } from './state.ts';

/** What a visitor can do next, to be shown beside the conversation: the greeting, and where to go on. Changes nothing. */
export function overview(knowledge: Knowledge, state: State): Outgoing {
  const asking = askingOf(state);
  const scene: Scene = { knowledge, state: asking ? { ...state, paused: asking } : state, id: '', at: 0 };
  return messageInScript(message(scene, [spoken(scene, 'greeting')], { choices: topics(scene) }), state);
}
