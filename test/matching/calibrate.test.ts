import { expect, test } from 'vitest';
import { buildIndex, type MatchableEntry } from '../../src/core/matching/build-index.ts';
import { calibrate } from '../../src/core/matching/calibrate.ts';
import { match } from '../../src/core/matching/match.ts';
import { buildScorer } from '../../src/core/matching/scorer.ts';
import { learnFeatures, vectorOf } from '../../src/core/matching/vector.ts';
import { faq } from './faq.ts';

/** A made-up knowledge of 12 subjects with 8 questions each, large enough to calibrate on. */
const subjects = [
  'boat',
  'train',
  'bicycle',
  'museum',
  'garden',
  'ticket',
  'hotel',
  'bridge',
  'market',
  'school',
  'theatre',
  'airport',
];
const frames = [
  (word: string) => `where is the ${word}`,
  (word: string) => `how do I get to the ${word}`,
  (word: string) => `tell me about the ${word}`,
  (word: string) => `is the ${word} far from here`,
  (word: string) => `I am looking for a ${word}`,
  (word: string) => `which ${word} is the best`,
  (word: string) => `show me the ${word} please`,
  (word: string) => `a good ${word} nearby`,
];
const town: readonly MatchableEntry[] = subjects.map((word) => ({
  id: word,
  questions: { en: frames.map((frame) => frame(word)), zh: [] },
}));

test('knowledge that tells its entries apart answers its own questions when they are left out', () => {
  const right = town.flatMap(({ id, questions }, position) =>
    questions.en.filter((question) => {
      const rest = town.map((entry, at) =>
        at === position ? { id, questions: { en: questions.en.filter((other) => other !== question), zh: [] } } : entry,
      );
      return match(buildIndex(rest), question).entry === id;
    }),
  );
  expect(right.length / (subjects.length * frames.length)).toBeGreaterThan(0.9);
});

test('a question of an entry that is not there is hardly ever answered, however it is framed', () => {
  const index = buildIndex(town);
  const verdicts = frames.map((frame) => match(index, frame('dentist')).verdict);
  expect(verdicts.filter((verdict) => verdict === 'answer').length).toBeLessThanOrEqual(1);
});

test('thresholds are ordered probabilities, on large and on small knowledge', () => {
  for (const entries of [town, faq, faq.slice(0, 1), []]) {
    const { answer, choose } = buildIndex(entries).calibration;
    expect(0 <= choose && choose <= answer && answer <= 1).toBe(true);
  }
});

test('two entries of three questions are enough to work with', () => {
  const index = buildIndex(
    faq.slice(0, 2).map(({ id, questions }) => ({ id, questions: { en: questions.en.slice(0, 3), zh: [] } })),
  );
  expect(match(index, 'when do you open').candidates[0]?.entry).toBe('opening');
  expect(match(index, 'my dog likes cheese').verdict).toBe('none');
});

/** The questions that are held out of entries of so many questions each, by entry and place. */
function heldOut(sizes: readonly number[]): ReadonlySet<string> {
  const { features, matrix } = learnFeatures(
    sizes.map((size, e) => Array.from({ length: size }, (_, q) => [`${e}`, `q${q}`])),
  );
  const places = sizes.flatMap((size, entry) => Array.from({ length: size }, (_, place) => `${entry}:${place}`));
  const entryOf = Int32Array.from(sizes.flatMap((size, entry) => Array.from({ length: size }, () => entry)));
  const classOf = Int32Array.from(sizes.keys());
  let kept = new Set<string>();
  calibrate({
    entryOf,
    entries: sizes.length,
    answering: sizes.length,
    learn(rows) {
      kept = new Set([...rows].map((row) => places[row] ?? ''));
      return buildScorer(
        features,
        matrix,
        rows,
        rows.map((row) => entryOf[row] ?? 0),
        classOf,
        false,
      );
    },
    vector: (row) => vectorOf(features, matrix, row),
  });
  return new Set(places.filter((place) => !kept.has(place)));
}

test('a question more in one entry does not change which questions of the others are held out', () => {
  const sizes = Array.from({ length: 60 }, () => 36);
  const before = heldOut(sizes);
  const after = heldOut(sizes.with(7, 37));
  const isElsewhere = (place: string) => !place.startsWith('7:');
  expect([...after].filter(isElsewhere)).toEqual([...before].filter(isElsewhere));
  // A tenth of the questions, and a tenth of the entries.
  expect(before.size / (60 * 36)).toBeCloseTo(0.19, 2);
});
