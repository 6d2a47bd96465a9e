import type { Entry } from '../knowledge/entry.ts';
import type { Choice } from '../message.ts';
import { reask, resumeChoice, startQuestionnaire } from './ask.ts';
import { openCaseOf } from './case.ts';
import { openCase } from './handoff.ts';
import { topics } from './menu.ts';
import {
  choice,
  entryChoice,
  inLanguage,
  type Piece,
  phrase,
  type Scene,
  say,
  spoken,
  type Turn,
  titleOf,
} from './scene.ts';
import { askForget, askLanguage } from './service.ts';
import { sourceLine } from './source.ts';
import { askingOf, type State, settled, withAsking } from './state.ts';

/** Answers with up to three entries in one message; an entry with an action then does what it is for. */
export function answer(scene: Scene, entries: readonly Entry[]): Turn {
  const acting = entries.find((entry) => entry.action);
  const told = entries.filter((entry) => !entry.action);
  const state: State = { ...settled(scene.state), misses: 0, ...topicOf(entries) };
  const here = { ...scene, state };
  if (!acting?.action) {
    const calls = told.some(({ handoff }) => handoff === 'always') && openCaseOf(state) === undefined;
    return calls ? tellAndCall(here, told) : tell(here, told);
  }
  if (told.length === 0) return act(here, acting, acting.action);
  const [after, effects] = tell(here, told);
  const [last, more] = act({ ...here, state: after }, acting, acting.action);
  return [last, [...effects, ...more]];
}

/** An entry that only a person can complete: the answer, and a case. A questionnaire under way can be resumed. */
function tellAndCall(here: Scene, entries: readonly Entry[]): Turn {
  const { state } = here;
  const asking = askingOf(state);
  const free = { ...here, state: asking ? withAsking({ ...state, paused: asking }, undefined) : state };
  const [after, effects] = tell(free, entries);
  const [last, more] = openCase({ ...here, state: after }, 'entry');
  return [last, [...effects, ...more]];
}

function tell(here: Scene, entries: readonly Entry[]): Turn {
  const { state } = here;
  const pieces = entries.flatMap((entry) => answerPieces(here, entry, entries.length > 1));
  const asking = askingOf(state);
  const source = sourceLine(here, entries);
  const spokenOf = entries.filter((entry) => entry.status !== 'meta');
  const said = say(here, pieces, {
    ...(source && { source }),
    ...(spokenOf.length === 1 && { feedback: feedbackOn(here, spokenOf) }),
    choices: asking ? [] : nextChoices(here, entries),
  });
  if (!asking) return [state, [said]];
  const [next, effects] = reask(here);
  return [next, [said, ...effects]];
}

function topicOf(entries: readonly Entry[]): Pick<State, 'topic'> {
  const told = entries.findLast((entry) => entry.status !== 'meta');
  return told ? { topic: told.id } : {};
}

function answerPieces(scene: Scene, entry: Entry, titled: boolean): readonly Piece[] {
  const { language } = scene.state;
  const text = inLanguage(entry.answer, language);
  if (!text) return [spoken(scene, 'answer.missing', { title: titleOf(scene, entry) })];
  const told = { ref: `answer:${entry.id}`, text: titled ? `**${titleOf(scene, entry)}**\n\n${text}` : text };
  return entry.answer[language] ? [told] : [spoken(scene, 'answer.other-language'), told];
}

function feedbackOn(scene: Scene, [entry]: readonly Entry[]) {
  return {
    ask: phrase(scene, 'feedback.ask'),
    yes: choice(scene, `feedback:yes:${entry?.id}`, 'choice.yes-helpful'),
    no: choice(scene, `feedback:no:${entry?.id}`, 'choice.not-helpful'),
  };
}

function nextChoices(scene: Scene, entries: readonly Entry[]): readonly Choice[] {
  if (entries.every((entry) => entry.status === 'meta')) {
    const opening = entries.some((entry) => entry.id === 'greeting');
    return opening ? topics(scene) : offers(scene, entries);
  }
  const shown = new Set(entries.map((entry) => entry.id));
  const related = entries
    .flatMap((entry) => entry.related)
    .filter((id, position, all) => all.indexOf(id) === position && !shown.has(id))
    .flatMap((id) => scene.knowledge.entries.get(id) ?? [])
    .slice(0, 3)
    .map((entry) => entryChoice(scene, entry));
  return [...related, ...offers(scene, entries)];
}

function offers(scene: Scene, entries: readonly Entry[]): readonly Choice[] {
  const offered = entries.some((entry) => entry.handoff === 'offer') && scene.state.activity.at !== 'waiting';
  return [...resumeChoice(scene), ...(offered ? [choice(scene, 'consultant', 'choice.consultant')] : [])];
}

function act(scene: Scene, entry: Entry, action: NonNullable<Entry['action']>): Turn {
  const lead = answerPieces(scene, entry, false);
  switch (action) {
    case 'questionnaire':
      return startQuestionnaire(scene);
    case 'handoff':
      return openCase(scene, 'asked');
    case 'forget':
      return askForget(scene, lead);
    case 'language':
      return askLanguage(scene, lead);
    case 'menu':
      return [scene.state, [say(scene, lead, { choices: topics(scene) })]];
  }
}
