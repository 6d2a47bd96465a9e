import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { match } from '../../src/core/matching/match.ts';
import { faq } from './faq.ts';

const index = buildIndex(faq);

/** Verdict and best entry. */
function judged(text: string): readonly [string, string | undefined] {
  const { verdict, candidates } = match(index, text);
  return [verdict, candidates[0]?.entry];
}

test('every question of the knowledge is answered by its own entry', () => {
  const wrong = faq.flatMap(({ id, questions }) =>
    [...questions.en, ...questions.zh].filter((question) => match(index, question).entry !== id),
  );
  expect(wrong).toEqual([]);
});

test('letter case, punctuation, width and emoji change nothing', () => {
  const texts = ['WHEN ARE YOU OPEN', 'when are you open?!', '［微笑］when  are you open 😀', 'ｗhen are you open'];
  expect(texts.map(judged)).toEqual(texts.map(() => ['answer', 'opening']));
});

test('traditional characters match exactly as simplified ones', () => {
  const { confidence, candidates, verdict } = match(index, '怎麼辦借書證');
  expect({ verdict, confidence, candidates }).toEqual(
    (({ verdict, confidence, candidates }) => ({ verdict, confidence, candidates }))(match(index, '怎么办借书证')),
  );
  expect(match(index, '怎麼辦借書證').script).toBe('traditional');
});

test('one wrong, missing, added or swapped letter is repaired', () => {
  const texts = ['is there a pronter', 'is there a priner', 'is there a prinnter', 'is there a pritner'];
  expect(texts.map(judged)).toEqual(texts.map(() => ['answer', 'printing']));
});

test('other words for the same thing rank the right entry first', () => {
  const asked = {
    'what are the opening times': 'opening',
    'could I extend my loan': 'renew',
    'do you have wifi': 'wifi',
    'where can I print something': 'printing',
    我想申请一个借书证: 'card',
    请问周日开放吗: 'opening',
    可以在这里打印吗: 'printing',
  };
  expect(Object.fromEntries(Object.keys(asked).map((text) => [text, judged(text)[1]]))).toEqual(asked);
});

test('a question in both languages at once is understood', () => {
  expect(judged('wifi password 是多少')[1]).toBe('wifi');
});

test('what the knowledge does not speak of is refused', () => {
  const texts = ['who won the football match yesterday', '明天天气怎么样', 'pizza delivery', 'xqzt vbrr', '苹果手机'];
  expect(texts.map((text) => match(index, text).verdict)).toEqual(texts.map(() => 'none'));
});

test('a subject alone is asked about rather than refused', () => {
  expect(match(index, 'card').verdict).not.toBe('none');
  expect(match(index, '打印').verdict).not.toBe('none');
});

test('a question that stands in two entries is never answered by one of them without a word of doubt', () => {
  const twice = buildIndex([
    { id: 'one', questions: { en: ['how much is it', 'price of one'], zh: [] } },
    { id: 'other', questions: { en: ['how much is it', 'price of the other'], zh: [] } },
  ]);
  const { verdict, candidates } = match(twice, 'how much is it');
  expect([verdict, candidates.map(({ entry }) => entry).sort()]).toEqual(['choose', ['one', 'other']]);
});

describe('whatever is written', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('card', '借书证', 'print', '?', 'wifi', '怎么', 'when', '\n', '[微笑]'), { maxLength: 30 })
      .map((words) => words.join(' ')),
  );

  test('confidence is a probability, candidates are sorted and few, and the verdict agrees with the entry', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const found = match(index, text);
        const confidences = found.candidates.map(({ confidence }) => confidence);
        expect(found.text).toBe(text);
        expect(found.confidence >= 0 && found.confidence <= 1).toBe(true);
        expect(confidences).toEqual(confidences.toSorted((one, other) => other - one));
        expect(confidences.length).toBeLessThanOrEqual(5);
        expect(found.confidence).toBe(confidences[0] ?? 0);
        expect(found.entry).toBe(found.verdict === 'answer' ? found.candidates[0]?.entry : null);
      }),
    );
  });

  test('the same text gets the same answer from an index built anew', () => {
    const again = buildIndex(faq);
    fc.assert(
      fc.property(anything, (text) => {
        expect(match(again, text)).toEqual(match(index, text));
      }),
      { numRuns: 30 },
    );
  });
});

test('no entries, entries without questions, and very long texts are no trouble', () => {
  const nothing = { text: 'hello', language: 'en', verdict: 'none', entry: null, confidence: 0, candidates: [] };
  expect(match(buildIndex([]), 'hello')).toEqual(nothing);
  expect(match(buildIndex([{ id: 'empty', questions: { en: [], zh: [] } }]), 'hello')).toEqual(nothing);
  expect(match(index, 'library '.repeat(100_000)).candidates.length).toBeLessThanOrEqual(5);
});

test('where nothing can be answered, everything is refused', () => {
  const none = { verdict: 'none', entry: null, candidates: [] };
  expect(match(buildIndex([]), 'when are you open')).toMatchObject(none);
  const topics = buildIndex([], { outOfScope: faq });
  expect(match(topics, 'when do you open')).toMatchObject(none);
});

test('without repair a word with a wrong letter is no word of the knowledge', () => {
  const known = match(index, 'is there a pronter').confidence;
  expect(match(buildIndex(faq, { without: ['repair'] }), 'is there a pronter').confidence).toBeLessThan(known);
});

test('what is set aside does not count, in traditional script either; the text stays as it was written', () => {
  for (const text of ['wifi先不說，借書證要多少錢', 'Not the wifi password, only what a card costs']) {
    const found = match(index, text);
    expect([found.candidates[0]?.entry, found.text]).toEqual(['card', text]);
  }
  expect(match(index, 'wifi先不說，借書證要多少錢')).toMatchObject({ language: 'zh', script: 'traditional' });
  expect(match(index, 'wifi先不說，借書證要多少錢').confidence).toBe(match(index, '借書證要多少錢').confidence);
});
