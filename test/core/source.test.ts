import { describe, expect, test } from 'vitest';
import { dateInWords, sourceLine } from '../../src/core/conversation/source.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { type Entry, entrySchema } from '../../src/core/knowledge/entry.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { shipped } from './knowledge.ts';
import { teahouse } from './teahouse.ts';

const { knowledge } = await shipped();

/** An entry about tea with these sources and dates. */
const tea = (more: object): Entry => entrySchema.parse({ id: 'tea', questions: { en: ['tea?'] }, ...more });
const scene = (language: 'en' | 'zh', known: Knowledge = knowledge) => ({
  knowledge: known,
  state: newState(language),
  id: '',
  at: 0,
});
const line = (...entries: readonly Entry[]) => sourceLine(scene('en'), entries);

const article = { kind: 'article', title: 'Tea' };
const comment = { kind: 'comment', title: 'On tea', date: '2015' };

describe('the line below an answer', () => {
  test('names each kind of source once, articles with their dates in order, and the oldest check', () => {
    expect(
      line(
        tea({ sources: [{ ...article, date: '2016-03-09' }, comment], as_of: '2026-11-24' }),
        tea({
          sources: [
            { ...article, date: '2014-08' },
            { ...article, date: '2014-08' },
          ],
          as_of: '2026-10',
        }),
        tea({ sources: [{ ...article, date: '2012' }, article] }),
      ),
    ).toBe(
      'Source: our article (2012, August 2014 and 9 March 2016), replies below our article · checked October 2026 · general information, not legal advice',
    );
  });

  test('leaves out what is not known: sources, or when the facts were checked', () => {
    expect(line(tea({ as_of: '2026' }))).toBe('checked 2026 · general information, not legal advice');
    expect(line(tea({ sources: [article] }))).toBe('Source: our article · general information, not legal advice');
  });

  test('is absent where nothing is known, and for what the bot says about itself', () => {
    expect(line(tea({}))).toBeUndefined();
    expect(line(tea({ status: 'meta', sources: [article], as_of: '2026' }))).toBeUndefined();
  });
});

test('a date is as exact as it was written', () => {
  const told = (language: 'en' | 'zh') =>
    ['2014', '2014-08', '2014-08-08'].map((date) => dateInWords(scene(language), date));
  expect(told('en')).toEqual(['2014', 'August 2014', '8 August 2014']);
  expect(told('zh')).toEqual(['2014', '2014年8月', '2014年8月8日']);
});

test('a month that the phrases do not name is written as a number', () => {
  expect(dateInWords(scene('en', teahouse()), '2014-08')).toBe('date.month 08 2014');
});
