import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { match } from '../../src/core/matching/match.ts';
import { normalize } from '../../src/core/matching/normalize.ts';
import { buildSounds, readBySound } from '../../src/core/matching/sound.ts';
import { tokenize } from '../../src/core/matching/tokenize.ts';

const known = [
  ...Array.from({ length: 40 }, () => '备案要多少钱'),
  ...['备案要多久', '网站怎么备案', '公众号怎么注册', '可以用微信支付吗', '绿色通道'],
  ...Array.from({ length: 20 }, () => 'what is the icp for'),
];
const sounds = buildSounds(known.map((text) => tokenize(normalize(text))));

function read(text: string): string | undefined {
  return readBySound(sounds, tokenize(normalize(text)))
    ?.map((token) => token.text)
    .join(' ');
}

test('pinyin is read as the characters that the knowledge uses, with spaces and without', () => {
  expect(read('beian yao duoshao qian')).toBe('备案要多少钱');
  expect(read('beianyaoduoshaoqian')).toBe('备案要多少钱');
  expect(read('gongzhonghao 怎么注册')).toBe('公众号 怎么注册');
  expect(read('lvse tongdao')).toBe('绿色通道');
});

test('words of the knowledge stay words, also when they are stuck to pinyin', () => {
  expect(read('icp zenme beian')).toBe('icp 怎么备案');
  expect(read('icpbeian')).toBe('icp 备案');
});

test('three words in a row that can all be pinyin are, though the knowledge writes some of them as words', () => {
  const mixed = buildSounds([...known, 'a beian ma', 'ban the website'].map((text) => tokenize(normalize(text))));
  const tokens = readBySound(mixed, tokenize(normalize('wangzhan zenme beian, gongzhonghao zenme beian')));
  expect(tokens?.map((token) => token.text).join(' ')).toBe('网站怎么备案公众号怎么备案');
  expect(readBySound(mixed, tokenize(normalize('ban a beian')))).toBeUndefined();
});

test('characters that make no known pair are read as others of the same sound', () => {
  expect(read('背案要多少前')).toBe('备案要多少钱');
});

test('what is right, English or nothing at all is left alone', () => {
  for (const text of ['备案要多少钱', 'what is the icp for', 'shenzhen', 'can we agenda', 'xyz', '', '123']) {
    expect(read(text)).toBeUndefined();
  }
});

test('any text is read, and what is read has no letter that no syllable or word explains', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const tokens = readBySound(sounds, tokenize(normalize(text))) ?? [];
      expect(tokens.every((token) => token.text.length > 0)).toBe(true);
    }),
  );
});

test('pinyin is a second try, told as Chinese; without it such a text finds nothing', () => {
  const entries = [{ id: 'cost', questions: { en: ['what is the cost'], zh: ['备案要多少钱'] } }];
  const judged = (without: readonly 'sound'[]) => {
    const { language, verdict } = match(buildIndex(entries, { without }), 'beian yao duoshao qian');
    return { language, verdict };
  };
  expect(judged([])).toEqual({ language: 'zh', verdict: 'answer' });
  expect(judged(['sound'])).toEqual({ language: 'en', verdict: 'none' });
});
