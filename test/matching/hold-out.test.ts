import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { holdOutEach, questionVectors } from '../../src/core/matching/hold-out.ts';

test('a question that is held out is read with the words that mean the same', () => {
  const entries = [
    {
      id: 'cost',
      questions: { en: ['what does it cost', 'the cost of it', 'is the cost high', 'cost please'], zh: [] },
    },
    { id: 'time', questions: { en: ['how long is it', 'the length of it', 'is it long', 'length please'], zh: [] } },
  ];
  const stray = { id: 'fee', questions: { en: ['any fees'], zh: [] } };
  const winner = (concepts: object) => {
    const index = buildIndex([...entries, stray], {
      concepts: { money: { en: ['cost', 'fees'], zh: [] }, ...concepts },
    });
    return holdOutEach(index, questionVectors(index)).at(-1)?.winner;
  };
  expect(winner({})).toBe(0);
  expect(winner({ money: { en: ['length', 'fees'], zh: [] } })).toBe(1);
});
