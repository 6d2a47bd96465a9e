import { configs } from 'opencc-js/preset/cn2t';
import { createConverter } from '../converter.ts';
import type { Outgoing } from '../message.ts';
import type { Effect } from './effect.ts';
import type { State } from './state.ts';

let converter: ((text: string) => string) | undefined;

/** The dictionaries take some 11 MB, so they are only unpacked for the first visitor who writes traditional Chinese. */
export function toTraditional(text: string): string {
  const convert = converter ?? createConverter(configs['s2twp']);
  converter = convert;
  return convert(text);
}

/** The effect in the visitor's script: what the bot says in Chinese is stored simplified and converted here. */
export function inScript(effect: Effect, state: State): Effect {
  if (effect.type === 'amend' && !effect.notice.refs.includes('consultant')) {
    return { ...effect, notice: messageInScript(effect.notice, state) };
  }
  const own = effect.type === 'say' || (effect.type === 'relay' && !effect.message.refs.includes('consultant'));
  return own ? { ...effect, message: messageInScript(effect.message, state) } : effect;
}

/** A message of the bot in the visitor's script. */
export function messageInScript(message: Outgoing, { language, script }: State): Outgoing {
  if (language !== 'zh' || script !== 'traditional') return message;
  const { text, source, choices, feedback } = message;
  const labelled = <T extends { readonly label: string }>(item: T): T => ({
    ...item,
    label: toTraditional(item.label),
  });
  return {
    ...message,
    language: 'zh-Hant',
    text: toTraditional(text),
    ...(source && { source: toTraditional(source) }),
    ...(choices && { choices: choices.map(labelled) }),
    ...(feedback && {
      feedback: { ask: toTraditional(feedback.ask), yes: labelled(feedback.yes), no: labelled(feedback.no) },
    }),
  };
}
