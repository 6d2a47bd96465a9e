import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deniesWish, withoutAside } from '../../src/core/matching/aside.ts';

const left = (text: string) => withoutAside(text).replace(/\s+/g, ' ');

test('what a message names only to set it aside is left out', () => {
  expect(left('Shanghai rather than Dublin: what changes?')).toBe('Shanghai : what changes?');
  expect(left('The machine is in Poland, not in China. Is it reached?')).toBe(
    'The machine is in Poland . Is it reached?',
  );
  expect(left('Not the licence, only the filing: is there a fee?')).toBe('only the filing: is there a fee?');
  expect(left('Not the program itself but its domain')).toBe('but its domain');
  expect(left("It isn't just slow, it never loads")).toBe('it never loads');
  expect(left("I don't want to know if .cn is better, just whether we may own one")).toBe(
    'just whether we may own one',
  );
  expect(left('许可证先不谈，单说备案')).toBe('单说备案');
  expect(left('服务器在德国而不是中国，百度能收吗')).toBe('服务器在德国 百度能收吗');
  expect(left('不是问备案，问的是许可证')).toBe('问的是许可证');
  expect(left('不是网站，是小程序，要备案吗')).toBe('是小程序，要备案吗');
  expect(left('服务器在境外不在境内，要备案吗')).toBe('服务器在境外 ，要备案吗');
});

test('who does not want a person says so', () => {
  for (const text of [
    'I do not want to talk to a consultant',
    "I don't need the questionnaire",
    'please do not connect me to an agent',
    'no human please',
    '不要转人工',
    '我不想找顧問',
    '别打电话',
  ])
    expect(deniesWish(text), text).toBe(true);
  for (const text of [
    "why don't I get a human",
    "can't I talk to a person",
    'I want to talk to a person',
    "I don't want a bot, give me a human",
    '我不要机器人，转人工',
    '不用人工吗',
  ])
    expect(deniesWish(text), text).toBe(false);
  expect(left("I don't want to talk to a human, what does it cost?")).toBe('what does it cost?');
  expect(left('不要转人工，备案多少钱')).toBe('备案多少钱');
});

test('what a message denies of itself stays', () => {
  for (const text of [
    'Not being a Chinese company, may we apply?',
    'Not a company, may I apply?',
    'We are not registered in China, do we need an ICP?',
    'The shop is not in China. Does it work?',
    'Not only the site, also the app: both?',
    'why not',
    '不是中国公司，能备案吗',
    '网站不在大陆，可以吗',
    '不在网上卖东西，要备案吗',
    'I do not know if people in China can open our site',
    'We do not want people in China to wait, what helps?',
    '备案不是免费的吗',
    '服务器不在中国的网站会被封吗',
    '没有公司，能备案吗',
  ])
    expect(withoutAside(text), text).toBe(text);
});

test('something is always left', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('not the ', '不是问', ' rather than ', '先不谈，'),
      (text, aside) => {
        const rest = withoutAside(`${aside}${text}`);
        expect(rest === `${aside}${text}` || /[\p{L}\p{N}]/u.test(rest)).toBe(true);
      },
    ),
  );
});
