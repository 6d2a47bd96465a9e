import { titleOf } from '../core/conversation/scene.ts';
import { inScript } from '../core/conversation/script.ts';
import type { State } from '../core/conversation/state.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { PhraseKey } from '../core/knowledge/phrases.ts';

/** Choices that a visitor can pick when they are not among those shown last: in an earlier message, or in the page. */
const phrases: Readonly<Record<string, PhraseKey>> = {
  'rate:yes': 'choice.yes-helpful',
  'rate:no': 'choice.not-helpful',
  'feedback:yes': 'choice.yes-helpful',
  'feedback:no': 'choice.not-helpful',
  'language:en': 'choice.english',
  'language:zh': 'choice.chinese',
  'language:zh-hant': 'choice.traditional',
  consultant: 'choice.consultant',
  menu: 'choice.menu',
  questionnaire: 'choice.questionnaire',
  back: 'choice.back',
  cancel: 'choice.cancel',
  restart: 'choice.restart',
  resume: 'choice.resume',
  none: 'choice.none',
  withdraw: 'choice.withdraw',
  skip: 'choice.skip',
  close: 'choice.settled',
  keep: 'choice.reopen',
  reopen: 'choice.reopen',
};

/** The words of a choice as the visitor read them; the bare id when nothing is known of it any more. */
export function labelOf(knowledge: Knowledge, state: State, choice: string): string {
  const shown = state.menu?.choices.find(({ id }) => id === choice);
  return shown?.label ?? written(state, known(knowledge, state, choice) ?? choice);
}

function known(knowledge: Knowledge, state: State, choice: string): string | undefined {
  const [kind = '', first = '', second = '', third = ''] = choice.split(':');
  if (kind === 'option') {
    const step = knowledge.questionnaires.get(first)?.steps.find(({ id }) => id === second);
    return step?.options.find(({ id }) => id === third)?.label[state.language];
  }
  const entry = kind === 'entry' ? knowledge.entries.get(first) : undefined;
  if (entry) return titleOf({ state }, entry);
  const { say, topics } = knowledge.phrases[state.language];
  const phrase = phrases[kind] ?? phrases[`${kind}:${first}`] ?? phrases[`${kind}:${second}`];
  return phrase ? say[phrase] : kind === 'topic' ? topics[first] : undefined;
}

function written(state: State, text: string): string {
  const spoken = inScript({ type: 'say', message: { text, language: 'zh-Hans', refs: [] } }, state);
  return spoken.type === 'say' ? spoken.message.text : text;
}
