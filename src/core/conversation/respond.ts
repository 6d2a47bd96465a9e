import type { Match } from '../matching/types.ts';
import { answer } from './answer.ts';
import { reask } from './ask.ts';
import { reopenableCase } from './case.ts';
import { openCase, reopenCase } from './handoff.ts';
import { topics } from './menu.ts';
import { choice, entryChoice, literal, type Piece, type Scene, say, spoken, type Turn } from './scene.ts';
import { askingOf, type State, settled } from './state.ts';

/** How many candidates are offered when the matcher is unsure. */
const offeredCandidates = 3;

/** From this length (characters) on, a message that could not be matched is called long. */
const longText = 1_000;

/** The third miss in a row calls a consultant; further ones are not counted. */
const mostMisses = 3;

/** How long a choice between candidates stays open, ms. */
export const choosingTime = 10 * 60_000;

/** Answers what was asked, asks when unsure, and says so when it does not know. At most three questions. */
export function respond(scene: Scene, matches: readonly Match[], text: string): Turn {
  const sure = matches.flatMap((match) => (match.verdict === 'answer' && match.entry ? [match.entry] : []));
  const known = [...new Set(sure)].flatMap((id) => scene.knowledge.entries.get(id) ?? []);
  const unsure = matches.find((match) => match.verdict === 'choose');
  const unknown = matches.find((match) => match.verdict === 'none');
  if (known.length === 0) {
    return unsure && scene.state.activity.at !== 'waiting' ? choose(scene, unsure) : miss(scene, text, unknown);
  }
  const [state, effects] = answer(scene, known);
  if (unsure && state.activity.at !== 'waiting' && state.activity.at !== 'asking') {
    const [chosen, more] = choose({ ...scene, state }, unsure, [
      spoken(scene, 'choose.part', { text: literal(unsure.text) }),
    ]);
    return [chosen, [...effects, ...more]];
  }
  if (!unknown) return [state, effects];
  return [state, [...effects, say({ ...scene, state }, [spoken(scene, 'miss.part', { text: literal(unknown.text) })])]];
}

/** Asks which of the candidates is meant; `before` comes first. */
function choose(scene: Scene, match: Match, before: readonly Piece[] = []): Turn {
  const entries = match.candidates
    .flatMap(({ entry }) => scene.knowledge.entries.get(entry) ?? [])
    .slice(0, offeredCandidates);
  if (entries.length === 0) return miss(scene, match.text, match);
  const choices = [
    ...entries.map((entry) => entryChoice(scene, entry)),
    choice(scene, 'none', 'choice.none'),
    choice(scene, 'consultant', 'choice.consultant'),
  ];
  const asking = askingOf(scene.state);
  const state: State = {
    ...scene.state,
    activity: {
      at: 'choosing',
      options: entries.map(({ id }) => id),
      until: scene.at + choosingTime,
      ...(asking && { asking }),
    },
  };
  return [state, [say(scene, [...before, spoken(scene, 'choose.ask')], { choices })]];
}

/**
 * Nothing fits. The first time in a row the bot says so and shows what it knows; the second time it offers the
 * questionnaire or a person; the third time a consultant is called. Inside a questionnaire the question is asked again.
 */
function miss(scene: Scene, text: string, match?: Match): Turn {
  const { activity } = scene.state;
  const misses = Math.min(mostMisses, scene.state.misses + 1);
  const state = { ...settled(scene.state), misses };
  const here = { ...scene, state };
  if (askingOf(state)) return reask(here, [spoken(scene, misses > 1 ? 'asking.stuck' : 'asking.unclear')]);
  if (activity.at === 'waiting') return [state, [say(here, [spoken(here, 'handoff.added')])]];
  const closed = reopenableCase(state, scene.at);
  if (closed) return reopenCase(here, closed);
  if (misses === mostMisses) return openCase(here, 'misses');
  if (misses === 1) {
    const topic = match?.outOfScope && scene.knowledge.outOfScope.get(match.outOfScope)?.name?.[state.language];
    const piece = topic
      ? spoken(here, 'miss.outside', { topic })
      : spoken(here, text.length > longText ? 'huge' : 'miss.first');
    return [state, [say(here, [piece], { choices: topics(here) })]];
  }
  return [state, [say(here, [spoken(here, 'miss.second')], { choices: waysOn(here) })]];
}

/** None of the offered candidates was meant. */
export function noneOfThese(scene: Scene): Turn {
  const state = { ...settled(scene.state), misses: Math.min(mostMisses, Math.max(2, scene.state.misses + 1)) };
  const here = { ...scene, state };
  if (askingOf(state)) return reask(here, [spoken(scene, 'asking.stuck')]);
  return [state, [say(here, [spoken(here, 'miss.none')], { choices: waysOn(here) })]];
}

function waysOn(scene: Scene) {
  const [first] = [...scene.knowledge.questionnaires.values()];
  return [
    ...(first ? [choice(scene, `questionnaire:${first.id}`, 'choice.questionnaire')] : []),
    choice(scene, 'consultant', 'choice.consultant'),
  ];
}
