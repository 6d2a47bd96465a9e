import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLanguage } from '../../src/core/language.ts';
import { normalize } from '../../src/core/matching/normalize.ts';
import { buildVocabulary, repair } from '../../src/core/matching/repair.ts';
import { tokenize } from '../../src/core/matching/tokenize.ts';

test.each([
  ['what is 备案?', { language: 'en' }],
  ['我们的website hosted in HK要备案吗', { language: 'zh' }],
  ['ICP licence 多少钱', { language: 'zh' }],
  ['ICP备案', { language: 'zh' }],
  ['有什么茶', { language: 'zh' }],
  ['著名', { language: 'zh' }],
  ['WeChat', { language: 'en' }],
  ['我想註冊公眾號', { language: 'zh', script: 'traditional' }],
  ['hello [微笑]', { language: 'en' }],
  ['[微笑]', {}],
  ['😀👍', {}],
  ['12:30?', {}],
  ['', {}],
  ['привет, как дела', {}],
  ['한국어', {}],
])('%j is written in %j', (text, language) => {
  expect(detectLanguage(text)).toEqual(language);
});

test.each([
  ['ＩＣＰ　Ｌｉｃｅｎｃｅ', 'icp license'],
  ['Café', 'cafe'],
  ['網站備案', '网站备案'],
  ['軟體', '软件'],
  ['ni\u200Bhao', 'nihao'],
  ['a\u2005b', 'a b'],
  ["don't", 'do not'],
  ["what's that, i'm new and can’t find it", 'what is that, i am new and can not find it'],
  ["dont know why it isnt there, we've looked", 'do not know why it is not there, we have looked'],
  ["its price, the well of the agency's shed", 'its price, the well of the agencys shed'],
  ['organisation', 'organization'],
  ['e-shop', 'eshop'],
  ['[微笑]你好/::)', '你好'],
  ['/::)你好', '你好'],
  ['[ICP] cost', '[icp] cost'],
  ['see https://example.com/a?b=c please', 'see please'],
  ['> earlier\nnow', 'now'],
])('%j is compared as %j', (text, normalized) => {
  expect(normalize(text)).toBe(normalized);
});

test('words of the mainland keep their meaning, and meet those that Taiwan has for them', () => {
  expect(normalize('小程序要什么文件')).toBe('小程序要什么文件');
  expect(normalize('小程式')).toBe(normalize('小程序'));
  expect(normalize('要備案麼')).toBe('要备案么');
  expect(normalize('要备案么')).toBe('要备案么');
});

test('normalizing twice is normalizing once, for plain words of both languages', () => {
  const word = fc.constantFrom('Licence', '網站', 'Wi-Fi', '備案', 'Ça', '１２', 'colour', '?');
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const once = normalize(words.join(' '));
      expect(normalize(once)).toBe(once);
    }),
  );
});

test('tokens are words, and runs of Han characters', () => {
  expect(tokenize('icp备案 how-to 2')).toEqual([
    { text: 'icp', han: false },
    { text: '备案', han: true },
    { text: 'how', han: false },
    { text: 'to', han: false },
    { text: '2', han: false },
  ]);
});

test('only long unknown words one edit away are repaired, to the most frequent word', () => {
  const vocabulary = buildVocabulary(
    ['hosting hosting posting hosting posting', 'site site', 'cost cost'].map(tokenize),
  );
  const repaired = (text: string) =>
    repair(vocabulary, tokenize(text))
      .map((token) => token.text)
      .join(' ');
  expect(repaired('hostng')).toBe('hosting');
  expect(repaired('tosting')).toBe('hosting');
  expect(repaired('posting')).toBe('posting');
  expect(repaired('ohsting')).toBe('hosting');
  expect(repaired('hostngg')).toBe('hostngg');
  expect(repaired('sit')).toBe('sit');
  expect(repaired('cosst cots')).toBe('cost cost');
});

test('in short words only swapped letters are put right', () => {
  const vocabulary = buildVocabulary(['the law for you', 'if we do'].map(tokenize));
  const repaired = (text: string) => repair(vocabulary, tokenize(text)).map((token) => token.text);
  expect(repaired('hte alw fro yuo fi we od')).toEqual(['the', 'law', 'for', 'you', 'if', 'we', 'do']);
  expect(repaired('thee laww te x')).toEqual(['thee', 'laww', 'te', 'x']);
});

test('of several known words one edit away the one is meant that stands beside the same words elsewhere', () => {
  const vocabulary = buildVocabulary(['help help help help me', 'hello there', 'say hello'].map(tokenize));
  const repaired = (text: string) =>
    repair(vocabulary, tokenize(text))
      .map((token) => token.text)
      .join(' ');
  expect(repaired('helo')).toBe('help');
  expect(repaired('helo there')).toBe('hello there');
  expect(repaired('say helo')).toBe('say hello');
  expect(repaired('helo me')).toBe('help me');
});
