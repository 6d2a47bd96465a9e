import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { type Explanation, explain, type Weighed } from '../../src/core/matching/explain.ts';
import { match } from '../../src/core/matching/match.ts';
import { faq } from './faq.ts';

const index = buildIndex(faq, {
  outOfScope: [
    { id: 'hotel', questions: { en: ['can you book me a hotel room', 'is there a hotel near'], zh: ['订酒店'] } },
  ],
  concepts: { duration: { en: ['how long', 'for how many days'], zh: ['多久'] } },
});

function only(text: string): Explanation {
  const parts = explain(index, text);
  expect(parts).toHaveLength(1);
  const [part] = parts;
  if (!part) throw new Error('no explanation');
  return part;
}

function figures(text: string): Weighed {
  const { weighed } = only(text);
  if (!weighed) throw new Error('nothing was weighed');
  return weighed;
}

const texts = [
  'when are you open?',
  'is there a pritner',
  'how do I prolong what I borrowed',
  '怎麼辦借書證',
  'zenme ban jieshuzheng',
  'can you book me a hotel room',
  'wifi',
  'xqzt vbrr',
  '',
];

test.each(texts)('explains exactly what is matched: %s', (text) => {
  expect(only(text).match).toEqual(match(index, text));
});

test('names the rule that decided', () => {
  const rules = {
    'when are you open?': 'exact',
    'can you book me a hotel room': 'exact-out-of-scope',
    '★': 'nothing-known',
  };
  expect(Object.fromEntries(Object.keys(rules).map((text) => [text, only(text).rule]))).toEqual(rules);
  for (const text of texts) {
    const { rule, match: found, calibration } = only(text);
    const { verdict, confidence } = found;
    if (rule === 'over-answer') expect(confidence).toBeGreaterThanOrEqual(calibration.answer);
    if (rule === 'between') expect(confidence).toBeGreaterThanOrEqual(calibration.choose);
    if (rule === 'between' || rule === 'subject') expect(verdict).toBe('choose');
    if (rule === 'under-choose') expect(confidence).toBeLessThan(calibration.choose);
  }
});

test('tells how the text was read: normalised, by sound, repaired, with its concepts', () => {
  const typo = only('FOR HOW MANY DAYS is there a pritner?');
  expect(typo.normalized).toBe('for how many days is there a pritner');
  expect(typo.repaired).toEqual([{ written: 'pritner', read: 'printer' }]);
  expect(typo.concepts).toEqual(['duration']);
  expect(typo.bySound).toBeUndefined();
  const pinyin = only('zenme ban jieshuzheng');
  expect(pinyin.bySound).toBe('怎么办借书证');
  expect(pinyin.match.language).toBe('zh');
});

test('scores, strength and probability fit together', () => {
  const { entries, strength, p, margin } = figures('is there a place to print');
  const { offset, slope } = index.calibration;
  expect(p).toBeCloseTo(1 / (1 + Math.exp(-(offset + slope * strength))), 10);
  expect(entries.length).toBeLessThanOrEqual(5);
  expect(margin).toBeCloseTo((entries[0]?.total ?? 0) - (entries[1]?.total ?? 0), 10);
  for (const { lexical, head, total } of entries) expect(total).toBeCloseTo(lexical + 0.3 * (head ?? 0), 6);
});

test('the nearest question is one of the knowledge, word for word', () => {
  const { nearest } = figures('when is it that you are open');
  const entry = faq.find(({ id }) => id === nearest.entry);
  expect([...(entry?.questions.en ?? []), ...(entry?.questions.zh ?? [])]).toContain(nearest.question);
  expect(figures('can you book a hotel room for me').nearest.entry).toBe('hotel');
});

test('the features that counted most come first and are parts of one whole', () => {
  const few = figures('wifi 密码').features;
  expect(few.map(({ share }) => share)).toEqual(few.map(({ share }) => share).toSorted((one, other) => other - one));
  expect(few[0]?.share).toBeGreaterThan(0);
  // A text of two characters has three features, all shown.
  const all = figures('密码').features;
  expect(all.map(({ name }) => name).toSorted()).toEqual(['密', '密码', '码'].toSorted());
  expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
});

test('a topic out of scope is shown beside the entries', () => {
  const { outOfScope, entries } = figures('can you book a hotel room for me');
  expect(outOfScope?.entry).toBe('hotel');
  expect(outOfScope?.total).toBeGreaterThan(entries[0]?.total ?? 1);
});

test('of a message with several questions each is explained', () => {
  const text = 'When are you open? And is there a printer?';
  const parts = explain(index, text).map(({ match: found, inMessage }) => [found.text, (inMessage ?? found).entry]);
  expect(parts).toEqual([
    ['When are you open?', 'opening'],
    ['And is there a printer?', 'printing'],
  ]);
});

test('what a question means in its message is told where that is something else than alone', () => {
  const parts = explain(index, 'When are you open? And is there a printer?');
  expect(parts.map(({ match: alone, inMessage }) => [alone.entry, inMessage?.entry])).toEqual([
    ['opening', undefined],
    [null, 'printing'],
  ]);
});
