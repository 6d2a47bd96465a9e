import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { buildLexicon, conceptsIn } from '../../src/core/matching/lexicon.ts';
import { match } from '../../src/core/matching/match.ts';
import { normalize } from '../../src/core/matching/normalize.ts';
import { tokenize } from '../../src/core/matching/tokenize.ts';

const concepts = {
  cost: { en: ['cost', 'how much', 'fee'], zh: ['多少钱', '费用'] },
  free: { en: ['free of charge'], zh: ['免费'] },
  without: { en: ['without'], zh: ['没有'] },
  license: { en: ['license', 'free license'], zh: ['许可证'] },
};

function found(text: string): readonly string[] {
  return conceptsIn(buildLexicon(concepts), tokenize(normalize(text)));
}

test('words, phrases and Chinese terms are found, each once for each time it stands there', () => {
  expect(found('How much is the fee, and is the licence free of charge?')).toEqual(['cost', 'cost', 'license', 'free']);
  expect(found('许可证费用多少钱')).toEqual(['license', 'cost', 'cost']);
});

test('of terms that overlap the longest counts', () => {
  expect(found('a free license')).toEqual(['license']);
  expect(found('free of charge license')).toEqual(['free', 'license']);
});

test('a concept within a wider one counts as both', () => {
  const places = {
    abroad: { en: ['abroad'], zh: ['国外'] },
    europe: { en: ['vienna'], zh: ['维也纳'], within: 'abroad' },
  };
  const spoken = (text: string) => conceptsIn(buildLexicon(places), tokenize(normalize(text)));
  expect(spoken('a server in Vienna')).toEqual(['europe', 'abroad']);
  expect(spoken('服务器在国外，在维也纳')).toEqual(['abroad', 'europe', 'abroad']);
});

test('parts of words are no terms', () => {
  expect(found('costly feed')).toEqual([]);
});

test('a text in other words, and in the other language, ranks the entry that speaks of the same', () => {
  const entries = [
    { id: 'price', questions: { en: ['how much is a card', 'card cost'], zh: [] } },
    { id: 'hours', questions: { en: ['when are you open', 'opening hours'], zh: [] } },
  ];
  const first = (text: string, options: Parameters<typeof buildIndex>[1]) =>
    match(buildIndex(entries, options), text).candidates[0]?.entry;
  expect(first('费用', { concepts })).toBe('price');
  expect(first('费用', { concepts, without: ['lexicon'] })).toBeUndefined();
});
