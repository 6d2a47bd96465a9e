import type { Entry } from '../knowledge/entry.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type PhraseKey, phraseKeys } from '../knowledge/phrases.ts';
import type { Choice, Language, Outgoing } from '../message.ts';
import type { Effect } from './effect.ts';
import type { State } from './state.ts';

/** The outcome of a turn: the new state, and what should happen. */
export type Turn = readonly [State, readonly Effect[]];

/** What a turn is played with: the knowledge, the state so far, and the id and time (ms) of the event. */
export interface Scene {
  readonly knowledge: Knowledge;
  readonly state: State;
  readonly id: string;
  readonly at: number;
  /** The visitor can be reached after they left. */
  readonly reachable?: true;
}

/** A piece of a message, with the reference that says where its words come from. */
export interface Piece {
  readonly ref: string;
  readonly text: string;
}

/** A phrase of the bot in the visitor's language, its placeholders filled. */
export function phrase({ knowledge, state }: Scene, key: PhraseKey, values: Record<string, string> = {}): string {
  const text = knowledge.phrases[state.language].say[key];
  const names: readonly string[] = phraseKeys[key];
  return names.reduce((filled, name) => filled.replaceAll(`{${name}}`, () => values[name] ?? ''), text);
}

/** Words of a person inside a message of the bot: no sign in them is Markdown. */
export function literal(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, '\\$&');
}

/** A phrase as a piece of a message. */
export function spoken(scene: Scene, key: PhraseKey, values: Record<string, string> = {}): Piece {
  return { ref: key, text: phrase(scene, key, values) };
}

/** A choice whose label is a phrase. */
export function choice(scene: Scene, id: string, key: PhraseKey, values: Record<string, string> = {}): Choice {
  return { id, label: phrase(scene, key, values) };
}

/** A control: a choice that is shown less prominently. */
export function control(scene: Scene, id: string, key: PhraseKey): Choice {
  return { id, label: phrase(scene, key), quiet: true };
}

/** Puts pieces together into one message. */
export function message(
  { state }: Scene,
  pieces: readonly Piece[],
  extra: Pick<Outgoing, 'choices' | 'multiple' | 'source' | 'feedback'> = {},
): Outgoing {
  const { choices = [], ...rest } = extra;
  return {
    text: pieces.map(({ text }) => text.trim()).join('\n\n'),
    language: state.language === 'en' ? 'en' : 'zh-Hans',
    refs: pieces.map(({ ref }) => ref),
    ...rest,
    ...(choices.length > 0 && { choices }),
  };
}

/** The effect of saying these pieces. */
export function say(scene: Scene, pieces: readonly Piece[], extra: Parameters<typeof message>[2] = {}): Effect {
  return { type: 'say', message: message(scene, pieces, extra) };
}

/** The text in the visitor's language, or in the other one where it is missing. */
export function inLanguage(
  text: { readonly en?: string | undefined; readonly zh?: string | undefined },
  language: Language,
) {
  return language === 'en' ? (text.en ?? text.zh) : (text.zh ?? text.en);
}

/** The short label of an entry in the visitor's language: its title, or its first question. */
export function titleOf({ state }: Pick<Scene, 'state'>, entry: Entry): string {
  const questions = { en: entry.questions.en[0], zh: entry.questions.zh[0] };
  return inLanguage(entry.title, state.language) ?? inLanguage(questions, state.language) ?? entry.id;
}

/** A choice that shows an entry. */
export function entryChoice(scene: Scene, entry: Entry): Choice {
  return { id: `entry:${entry.id}`, label: titleOf(scene, entry) };
}
