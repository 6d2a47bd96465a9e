import type { Language, Script } from '../message.ts';
import { reask } from './ask.ts';
import { reopenableCase } from './case.ts';
import type { Media } from './event.ts';
import { reopenCase } from './handoff.ts';
import { topics } from './menu.ts';
import { choice, control, type Piece, type Scene, say, spoken, type Turn } from './scene.ts';
import { askingOf, newState, type State } from './state.ts';

/** Asks which language to go on in. */
export function askLanguage(scene: Scene, lead: readonly Piece[]): Turn {
  const choices = [
    choice(scene, 'language:en', 'choice.english'),
    choice(scene, 'language:zh', 'choice.chinese'),
    choice(scene, 'language:zh-hant', 'choice.traditional'),
  ];
  return [scene.state, [say(scene, [...lead, spoken(scene, 'language.ask')], { choices })]];
}

/** Goes on in a language that the visitor chose; a question under way is asked again in it. */
export function changeLanguage(scene: Scene, language: Language, script: Script): Turn {
  const state: State = { ...scene.state, language, script, languageChosen: true };
  const here = { ...scene, state };
  const said = say(here, [spoken(here, 'language.changed')]);
  if (!askingOf(state)) return [state, [said]];
  const [next, effects] = reask(here);
  return [next, [said, ...effects]];
}

/** Asks whether everything about this visitor should really be erased. */
export function askForget(scene: Scene, lead: readonly Piece[]): Turn {
  const choices = [choice(scene, 'forget:yes', 'choice.forget-yes'), choice(scene, 'forget:no', 'choice.forget-no')];
  return [scene.state, [say(scene, [...lead, spoken(scene, 'forget.ask')], { choices })]];
}

/** Erases everything about this visitor; only the language they read stays. */
export function forget(scene: Scene): Turn {
  const { language, script } = scene.state;
  const state = newState(language, script);
  const here = { ...scene, state };
  return [state, [{ type: 'forget' }, say(here, [spoken(here, 'forget.done')])]];
}

/** The visitor changed their mind about being forgotten. */
export function keep(scene: Scene): Turn {
  return [scene.state, [say(scene, [spoken(scene, 'forget.kept')])]];
}

/** What a visitor thinks of an answer. After a "no" a way on is offered. */
export function feedback(scene: Scene, entry: string, helpful: boolean): Turn {
  const { state } = scene;
  const choices =
    helpful || state.activity.at === 'waiting'
      ? []
      : [choice(scene, 'consultant:feedback', 'choice.consultant'), control(scene, 'menu', 'choice.menu')];
  return [
    state,
    [
      { type: 'feedback', entry, helpful },
      say(scene, [spoken(scene, helpful ? 'feedback.thanks' : 'feedback.sorry')], { choices }),
    ],
  ];
}

/** Something that is not text: acknowledged, and a question in words is asked for. */
export function received(scene: Scene, media: Media): Turn {
  const { state } = scene;
  if (state.activity.at === 'waiting' && media !== 'sticker') {
    return [state, [say(scene, [spoken(scene, 'handoff.added')])]];
  }
  const closed = media === 'sticker' ? undefined : reopenableCase(state, scene.at);
  if (closed) return reopenCase(scene, closed);
  const piece = spoken(scene, `media.${media}`);
  if (!askingOf(state)) return [state, [say(scene, [piece], { choices: topics(scene) })]];
  const [next, effects] = reask(scene);
  return [next, [say(scene, [piece]), ...effects]];
}
