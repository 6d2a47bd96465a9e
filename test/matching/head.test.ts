import { expect, test } from 'vitest';
import { probabilities, trainHead } from '../../src/core/matching/head.ts';
import { countFeatures, featuresOf, tokenize } from '../../src/core/matching/tokenize.ts';
import { learnFeatures, vectorize } from '../../src/core/matching/vector.ts';

const texts = [
  ['is the card free', 'free card please', 'card for free'],
  ['is the wifi free', 'free wifi please', 'wifi for free'],
];
const { features, matrix } = learnFeatures(texts.map((own) => own.map((text) => featuresOf(tokenize(text)))));
const rows = Int32Array.from([0, 1, 2, 3, 4, 5]);
const entryOf = Int32Array.from([0, 0, 0, 1, 1, 1]);
const classOf = Int32Array.from([0, 1]);

function asked(text: string, head = trainHead(features, matrix, rows, entryOf, classOf)) {
  if (!head) throw new Error('no head');
  return [...probabilities(head, vectorize(features, countFeatures(tokenize(text))))];
}

test('it learns which words tell entries apart', () => {
  const [card = 0, wifi = 0] = asked('card');
  expect(card).toBeGreaterThan(0.8);
  expect(card + wifi).toBeCloseTo(1);
  expect(asked('please, the wifi')[1]).toBeGreaterThan(0.8);
});

test('unknown words decide nothing', () => {
  expect(asked('zebra')[0]).toBeCloseTo(0.5);
});

test('it is the same each time', () => {
  expect(asked('is it free')).toEqual(asked('is it free'));
});

test('rows that are left out are not learnt', () => {
  const some = trainHead(features, matrix, Int32Array.from([0, 1, 3]), Int32Array.from([0, 0, 1]), classOf);
  expect(asked('for', some)[0]).toBeCloseTo(0.5);
});

test('there is none where it would not fit', () => {
  expect(trainHead(features, matrix, rows, entryOf, Int32Array.from([0, 10_000_000]))).toBeUndefined();
});

test('a question more does not change the order in which the others are learnt', () => {
  const words = (own: readonly string[]) => own.map((text) => featuresOf(tokenize(text)));
  const { marks } = learnFeatures([words(['an opening question', ...(texts[0] ?? [])]), words(texts[1] ?? [])]).matrix;
  expect([...marks.slice(1)]).toEqual([...matrix.marks]);
  expect(new Set(marks).size).toBe(7);
});
