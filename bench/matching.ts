import Fuse from 'fuse.js';
import type { Knowledge } from '../src/core/knowledge/knowledge.ts';
import { buildIndex, type MatchableEntry } from '../src/core/matching/build-index.ts';
import { match } from '../src/core/matching/match.ts';
import { type Figure, percentile } from './figures.ts';

/** Time to match a question and to build the index, on the shipped knowledge and on larger ones made from it. */
export function measureMatching(knowledge: Knowledge): readonly Figure[] {
  const entries = [...knowledge.entries.values()];
  const index = buildIndex(entries);
  const texts = entries.flatMap(({ questions }) => [...questions.en, ...questions.zh]).map((text) => `${text} please`);
  for (const text of texts.slice(0, 500)) match(index, text);
  const times = texts.filter((_, at) => at % 3 === 0).map((text) => timeOf(() => match(index, text)));
  const built = [60, 1_000, 10_000].map((size): Figure => {
    const made = multiplied(entries, size);
    return { what: `index of ${size} entries, ten questions each`, value: timeOf(() => buildIndex(made)), unit: 'ms' };
  });
  const fuse = new Fuse(entries, { keys: ['questions.en', 'questions.zh'], includeScore: true });
  const alone = texts.filter((_, at) => at % 300 === 0).map((text) => timeOf(() => fuse.search(text, { limit: 5 })));
  return [
    { what: 'for comparison: fuse.js alone, p50', value: percentile(alone, 0.5), unit: 'ms' },
    {
      what: `index of the shipped knowledge (${texts.length} questions)`,
      value: timeOf(() => buildIndex(entries)),
      unit: 'ms',
      goal: '600',
    },
    { what: 'match, p50', value: percentile(times, 0.5), unit: 'ms', goal: '0.5' },
    { what: 'match, p99', value: percentile(times, 0.99), unit: 'ms' },
    ...built,
  ];
}

function timeOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Other entries of the same kind: the questions of the shipped ones, each with words of its own. */
function multiplied(entries: readonly MatchableEntry[], size: number): readonly MatchableEntry[] {
  return Array.from({ length: size }, (_, at) => {
    const { questions } = entries[at % entries.length] ?? { questions: { en: [], zh: [] } };
    const own = (text: string) => `${text} ${(at * 7919).toString(36)}x ${(at * 104_729).toString(36)}y`;
    return {
      id: `entry-${at}`,
      questions: { en: questions.en.slice(0, 5).map(own), zh: questions.zh.slice(0, 5).map(own) },
    };
  });
}
