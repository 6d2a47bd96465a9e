import type { Entry } from '../knowledge/entry.ts';
import type { Choice } from '../message.ts';
import { resumeChoice } from './ask.ts';
import { choice, entryChoice, phrase, type Scene, say, spoken, type Turn } from './scene.ts';

/** How many entries of a topic are listed at once; a phone shows about this many buttons. */
const pageSize = 6;

/** What can be asked about: the questionnaire, the topics, a consultant. */
export function topics(scene: Scene): readonly Choice[] {
  const { knowledge, state } = scene;
  const used = new Set([...knowledge.entries.values()].filter(isListed).map((entry) => entry.topic));
  const named = Object.entries(knowledge.phrases[state.language].topics).filter(([topic]) => used.has(topic));
  return [
    ...resumeChoice(scene),
    ...[...knowledge.questionnaires.values()].map(({ id }) =>
      choice(scene, `questionnaire:${id}`, 'choice.questionnaire'),
    ),
    ...named.map(([topic, label]) => ({ id: `topic:${topic}`, label })),
    ...(state.activity.at === 'waiting' ? [] : [choice(scene, 'consultant', 'choice.consultant')]),
  ];
}

/** Shows what can be asked about. */
export function showMenu(scene: Scene): Turn {
  return [scene.state, [say(scene, [spoken(scene, 'menu')], { choices: topics(scene) })]];
}

/** Lists the entries of a topic, a page at a time. */
export function showTopic(scene: Scene, topic: string, from: number): Turn {
  const entries = [...scene.knowledge.entries.values()].filter((entry) => entry.topic === topic && isListed(entry));
  const page = entries.slice(from, from + pageSize);
  if (page.length === 0) return showMenu(scene);
  const label = scene.knowledge.phrases[scene.state.language].topics[topic] ?? topic;
  const more = from + pageSize < entries.length;
  const choices = [
    ...page.map((entry) => entryChoice(scene, entry)),
    ...(more
      ? [{ id: `topic:${topic}:${from + pageSize}`, label: phrase(scene, 'choice.more'), quiet: true as const }]
      : []),
    { id: 'menu', label: phrase(scene, 'choice.menu'), quiet: true as const },
  ];
  return [scene.state, [say(scene, [spoken(scene, 'menu.topic', { topic: label })], { choices })]];
}

function isListed(entry: Entry): boolean {
  return entry.status !== 'meta';
}
