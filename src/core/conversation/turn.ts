import type { Knowledge } from '../knowledge/knowledge.ts';
import { reask, resumeChoice } from './ask.ts';
import { chose } from './chose.ts';
import { atDesk } from './desk.ts';
import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import { heard, whileHeld } from './held.ts';
import { journalled } from './journal.ts';
import { topics } from './menu.ts';
import { due, endedTimers } from './patience.ts';
import { choosingTime } from './respond.ts';
import { said } from './said.ts';
import { choice, type Scene, say, spoken, type Turn } from './scene.ts';
import { inScript } from './script.ts';
import { received } from './service.ts';
import { askingOf, type State, withAsking } from './state.ts';
import { witnessed } from './witness.ts';

/** After this time without a word a questionnaire is put aside; it can be resumed. ms */
const pauseAfter = 2 * 60 * 60_000;

/** One event applied to one conversation. Pure: the same input always gives the same outcome. */
export function turn(knowledge: Knowledge, state: State, event: Event): Turn {
  const { id, at, reachable } = event;
  const scene: Scene = { knowledge, state: witnessed(state, event), id, at, ...(reachable && { reachable }) };
  const [next, effects] = play(scene, event);
  const timers = event.type === 'timer' ? [] : pauseTimer(state, next, at);
  const shown = effects.map((effect) => inScript(effect, next));
  return [
    { ...next, ...menuOf(shown, at) },
    // What was set on the way out is not to be left behind either.
    [...journalled(state, next, event, shown), ...endedTimers(state, next), ...timers],
  ];
}

function play(scene: Scene, event: Event): Turn {
  const { state } = scene;
  const { activity } = state;
  switch (event.type) {
    case 'claimed':
    case 'released':
    case 'resolved':
    case 'transferred':
    case 'snoozed':
    case 'consultant-said':
    case 'consultant-edited':
    case 'noted':
      return atDesk(scene, event);
    case 'timer':
      return event.name === 'pause' ? pause(state) : due(scene, event.name);
    case 'arrived':
      return activity.at === 'with-consultant' ? [state, []] : arrived(scene, event);
    case 'failed':
      return activity.at === 'with-consultant' ? [state, []] : apologise(scene);
    case 'edited':
      return [state, []];
    case 'said':
    case 'chose':
    case 'sent':
      return activity.at === 'with-consultant' ? whileHeld(scene, activity, event) : fromVisitor(scene, event);
  }
}

function fromVisitor(scene: Scene, event: Event & { readonly type: 'said' | 'chose' | 'sent' }): Turn {
  const [state, noticed] = heard(scene);
  const [next, effects] = answered({ ...scene, state }, event);
  return [next, [...noticed, ...effects]];
}

function answered(scene: Scene, event: Event & { readonly type: 'said' | 'chose' | 'sent' }): Turn {
  switch (event.type) {
    case 'said':
      return said(scene, event.text, event.matches);
    case 'chose':
      return chose(scene, event.choices);
    case 'sent':
      return received(scene, event.media);
  }
}

function arrived(scene: Scene, event: Event & { readonly type: 'arrived' }): Turn {
  const { language, script } = event;
  const fits = language && !scene.state.languageChosen;
  const state = fits ? { ...scene.state, language, ...(script && { script }) } : scene.state;
  const here = { ...scene, state };
  if (askingOf(state)) return reask(here);
  return [state, [say(here, [spoken(here, 'greeting')], { choices: topics(here) })]];
}

function apologise(scene: Scene): Turn {
  const choices = [...resumeChoice(scene), choice(scene, 'consultant', 'choice.consultant')];
  return [scene.state, [say(scene, [spoken(scene, 'apology')], { choices })]];
}

function pause(state: State): Turn {
  const asking = askingOf(state);
  if (!asking) return [state, []];
  const { menu: _, ...rest } = state;
  return [withAsking({ ...rest, paused: asking }, undefined), []];
}

function pauseTimer(before: State, after: State, at: number): readonly Effect[] {
  if (askingOf(after)) return [{ type: 'set-timer', name: 'pause', at: at + pauseAfter }];
  return askingOf(before) ? [{ type: 'clear-timer', name: 'pause' }] : [];
}

/** The menu that a number means from now on: the choices shown last. */
function menuOf(effects: readonly Effect[], at: number): Pick<State, 'menu'> {
  const last = effects.findLast(offers);
  if (!last) return {};
  const { choices = [], multiple = false } = last.message;
  return { menu: { choices: choices.map(({ id, label }) => ({ id, label })), multiple, until: at + choosingTime } };
}

/** Also what is said for a consultant may offer choices. */
function offers(effect: Effect): effect is Effect & { readonly type: 'say' | 'relay' } {
  return (effect.type === 'say' || effect.type === 'relay') && effect.message.choices !== undefined;
}
