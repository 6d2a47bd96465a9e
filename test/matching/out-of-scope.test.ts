import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { match } from '../../src/core/matching/match.ts';
import { faq } from './faq.ts';

const outOfScope = [
  {
    id: 'cars',
    questions: { en: ['is there a car park', 'where can I leave my car', 'do you repair cars'], zh: ['哪里可以停车'] },
  },
];

test('a question about a topic out of scope is refused, and the topic is named', () => {
  const { verdict, outOfScope: topic } = match(buildIndex(faq, { outOfScope }), 'where can I leave my car');
  expect({ verdict, topic }).toEqual({ verdict: 'none', topic: 'cars' });
});

test('a topic out of scope is never a candidate', () => {
  const index = buildIndex(faq, { outOfScope });
  for (const text of ['is there a car park', 'is there a printer', '哪里可以停车', 'cars']) {
    expect(match(index, text).candidates.map(({ entry }) => entry)).not.toContain('cars');
  }
});

test('what the entries answer is still answered', () => {
  expect(match(buildIndex(faq, { outOfScope }), 'is there a printer').entry).toBe('printing');
});
