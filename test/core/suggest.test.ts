import { beforeAll, describe, expect, test } from 'vitest';
import { indexKnowledge } from '../../src/core/knowledge/index-knowledge.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { Language, SuggestionPart } from '../../src/core/message.ts';
import { createSuggest, type Suggest } from '../../src/core/suggest.ts';
import { shipped } from './knowledge.ts';
import { teahouse } from './teahouse.ts';

let knowledge: Knowledge;
let suggest: Suggest;
beforeAll(async () => {
  const loaded = await shipped();
  knowledge = loaded.knowledge;
  suggest = createSuggest(knowledge, loaded.index);
});

const marked = (parts: readonly SuggestionPart[]) =>
  parts.map(({ text, found }) => (found ? `[${text}]` : text)).join('');
const ids = (text: string, language: Language = 'en') => suggest(text, language).map(({ entry }) => entry);

describe('Suggestions', () => {
  test('come from half a question, best first, at most five, each entry once', () => {
    expect(ids('how much does an ic')[0]).toBe('icp-cost');
    expect(ids('hosting in hong')).toContain('hosting-nearby');
    expect(ids('备案多少钱', 'zh')[0]).toBe('icp-cost');
    const all = ids('icp');
    expect(all.length).toBeLessThanOrEqual(5);
    expect(new Set(all).size).toBe(all.length);
  });

  test('highlight what is like the text, in the title or in the question that is most like it', () => {
    const [first] = suggest('备案多少', 'zh');
    expect(marked(first?.question ?? first?.title ?? [])).toMatch(/\[备案\].*\[多少\]/);
    const [typo] = suggest('wechat offical account', 'en');
    expect(marked(typo?.question ?? typo?.title ?? [])).toMatch(/\[wechat\].*\[official\]/i);
  });

  test('highlight nothing in the middle of a word', () => {
    const parts = suggest('can an icp', 'en').flatMap(({ title, question = [] }) => [marked(title), marked(question)]);
    expect(parts.join('\n')).not.toMatch(/[a-z]\[an\]/i);
    expect(parts.join('\n')).toMatch(/\[icp\]/i);
  });

  test('are texts of the knowledge, letter for letter', () => {
    for (const [text, language] of [
      ['how long does', 'en'],
      ['小程序', 'zh'],
      ['licence fee', 'en'],
    ] as const) {
      for (const { entry, title, question, ...found } of suggest(text, language)) {
        const { title: titles, questions } = knowledge.entries.get(entry) ?? {
          title: {},
          questions: { en: [], zh: [] },
        };
        const plain = (parts: readonly SuggestionPart[]) => parts.map((part) => part.text).join('');
        expect(titles[found.language]).toBe(plain(title));
        if (question) expect(questions[found.language]).toContain(plain(question));
      }
    }
  });

  test('are in the language that is written; a word of both in the language of the chat', () => {
    const languages = (text: string, language: Language) =>
      new Set(suggest(text, language).map((found) => found.language));
    expect(languages('备案多少钱', 'en')).toEqual(new Set(['zh']));
    expect(languages('icp', 'en')).toEqual(new Set(['en']));
    expect(languages('icp', 'zh')).toEqual(new Set(['zh']));
    expect(languages('how much does it', 'zh')).toEqual(new Set(['en']));
  });

  test('understand pinyin, and write traditional Chinese to whoever writes it', () => {
    expect(ids('beian duoshao qian')[0]).toBe('icp-cost');
    const [first] = suggest('備案多少', 'zh');
    expect(marked(first?.question ?? [])).toContain('[備案]');
  });

  test.each([
    '',
    'i',
    ' a ',
    'hello',
    'thank you',
    'a consultant please',
    'how do I get a VPN',
    'register a trademark',
    '★★',
    `icp ${'x'.repeat(100)}`,
  ])('stay away where there is nothing to suggest: %s', (text) => {
    expect(suggest(text, 'en')).toEqual([]);
  });

  test('name the entry of a question that is written out, also where no word of it is in its first questions', () => {
    const told = [...knowledge.entries.values()].filter(({ status }) => status !== 'meta');
    const missing = told.flatMap(({ id, questions }) =>
      [...questions.en.slice(-3), ...questions.zh.slice(-3)].filter(
        (text) => text.length <= 80 && !ids(text).includes(id),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('are in the one language that an entry has; in a title without letters nothing is highlighted', () => {
    const chinese = { id: 'cake', questions: { zh: ['有什么蛋糕？', '蛋糕多少钱？'] } };
    const signs = { id: 'stars', title: { en: '★★★' }, questions: { en: ['what do the stars mean?'] } };
    const house = teahouse({ entries: [chinese, signs] });
    const own = createSuggest(house, indexKnowledge(house));
    expect(own('蛋糕', 'en')).toMatchObject([{ entry: 'cake', language: 'zh' }]);
    const found = own('what do the stars', 'en').map(({ entry, title, question = [] }) => [
      entry,
      marked(title),
      marked(question),
    ]);
    expect(found).toEqual([['stars', '★★★', '[what] [do] [the] [stars] mean?']]);
  });

  test('take less than 15 ms of computing', () => {
    const texts = [...knowledge.entries.values()].flatMap(({ questions }) =>
      [questions.en[0], questions.zh[0]].flatMap((text) => (text ? [text.slice(0, Math.ceil(text.length * 0.6))] : [])),
    );
    for (const text of texts) suggest(text, 'en');
    const before = process.cpuUsage();
    for (const text of texts) suggest(text, 'en');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / texts.length).toBeLessThan(15);
  });
});
