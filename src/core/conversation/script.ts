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
export function inScript(effect: Effect, { language, script }: State): Effect {
  if (language !== 'zh' || script !== 'traditional') return effect;
  if (effect.type === 'amend' && !effect.notice.refs.includes('consultant')) {
    return { ...effect, notice: traditional(effect.notice) };
  }
  const own = effect.type === 'say' || (effect.type === 'relay' && !effect.message.refs.includes('consultant'));
  return own ? { ...effect, message: traditional(effect.message) } : effect;
}

function traditional(message: Outgoing): Outgoing {
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
