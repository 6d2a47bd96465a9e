import { expect, test } from 'vitest';
import { partsOf } from '../../src/core/matching/sentences.ts';

const seen = (text: string) => partsOf(text).map(({ kind, text: part, lead }) => [kind, part, ...(lead ? [lead] : [])]);

test('a sentence that asks is a question, with what is told before it', () => {
  expect(seen('Our shop is in Seoul. Nobody in China can open it. Why is that?')).toEqual([
    ['question', 'Why is that?', 'Our shop is in Seoul.\nNobody in China can open it.'],
  ]);
});

test('a sentence that asks twice falls into clauses', () => {
  expect(seen('what does it cost, how long does it take and is it renewed?')).toEqual([
    ['clause', 'what does it cost'],
    ['clause', 'how long does it take'],
    ['clause', 'is it renewed?'],
  ]);
});

test('"also" sets apart what it stands between, asking or not', () => {
  expect(seen('CDN billing. Also, does it need a filing?')).toEqual([
    ['statement', 'CDN billing.'],
    ['question', 'does it need a filing?', 'CDN billing.'],
  ]);
  expect(seen('百度搜不到我们，另外你们怎么收费')).toEqual([
    ['statement', '百度搜不到我们'],
    ['question', '你们怎么收费', '百度搜不到我们'],
  ]);
  expect(seen('要备案吗？对了，小程序。顺便问一下，多少钱')).toEqual([
    ['question', '要备案吗？'],
    ['statement', '小程序。'],
    ['question', '多少钱', '小程序。'],
  ]);
});

test('words that only look like "also" set nothing apart', () => {
  expect(seen('网站还有小程序都要备案吗')).toEqual([['question', '网站还有小程序都要备案吗']]);
  expect(seen('域名，另外一个，也要备案吗')).toEqual([['question', '域名，另外一个，也要备案吗']]);
  expect(seen('还有三天到期，怎么办')).toEqual([['question', '还有三天到期，怎么办']]);
  expect(seen('we also have a shop, is it covered?')).toEqual([['question', 'we also have a shop, is it covered?']]);
});

test('Chinese asks in many ways', () => {
  for (const text of ['行不', '有用没', '备案几天下来', '咋弄', '是包月还是按流量', '能否备案', '想了解一下费用'])
    expect(seen(text), text).toEqual([['question', text]]);
  expect(seen('我们的网站在德国')).toEqual([]);
});
