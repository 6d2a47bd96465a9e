import { expect, test } from 'vitest';
import { checkAgreement } from '../../src/core/knowledge/check-figures.ts';
import { figuresIn } from '../../src/core/knowledge/figures.ts';
import { phraseFiles, problemsOf } from './folder.ts';

test.each([
  ['a fine of RMB 10,000', '罚款1万元'],
  ['RMB 5,000–50,000', '5000至50000元'],
  ['RMB 1 million or more', '100万元以上'],
  ['1.5 million yuan', '人民币150万元'],
  ['US$99, 20 euros and HK$30', '99美元、20欧元和30港元'],
  ['3,000 yuan', '三千元'],
  ['¥300 to ¥500', '300到500元'],
  ['50% or 5 per cent', '50%或百分之五'],
  ['on 24 November 2026', '2026年11月24日'],
  ['on November 24, 2026', '2026年11月24号'],
  ['since 2026-11-24', '2026年11月24日起'],
  ['in September 2000, revised in 2011', '2000年9月发布，2011年修订'],
  ['from 1 April on', '4月1日起'],
  ['between January and March', '1月至3月'],
  ['1–2 working days', '1至2个工作日'],
  ['two to three weeks', '两到三周'],
  ['two or three days', '两三天'],
  ['a 30-day period', '30日内'],
  ['within 24 hours', '一天之内'],
  ['half a year', '半年'],
  ['230,000 yuan', '二十三万元'],
  ['23,500 people', '两万三千五百人'],
  ['1.2 billion users', '十二亿用户'],
  ['100,000,000 users', '一亿用户'],
  ['120 million users', '一亿二千万用户'],
  ['150 million users', '一亿五用户'],
  ['10,500 yuan', '一万零五百元'],
  ['10,005 people', '一万零五人'],
  ['15,000 yuan', '一万五元'],
  ['3,500 yuan', '三千五元'],
  ['3,005 people', '三千零五人'],
  ['250 people, or 15', '二百五十人，或者十五人'],
  ['250 yuan', '两百五元'],
  ['up to six months', '最长六个月'],
  ['twelve months', '十二个月'],
  ['two years', '两年'],
  ['Decree 292, Articles 3 and 4', '第292号令第3条和第4条'],
  ['the first 13 approvals', '首批13家'],
  ['about 30 kb/s', '约30kb/s'],
  ['two qualified staff', '两名专业人员'],
  ['once a year, one site, nobody', '每年一次，万一，一般统一'],
  ['30 (or 20) days', '30天或20天'],
  ['[2 pages](https://example.com/2026/03)', '[2页](https://example.com/2026/03)'],
  ['a site of ours in 2024, and more', '2024年我们的网站'],
])('%s = %s', (en, zh) => {
  expect(checkAgreement({ file: 'x', path: [], en, zh }).map(({ message }) => message)).toEqual([]);
});

test.each([
  ['20 working days', '20天', '"20 working days" in English only, "20天" in Chinese only'],
  ['RMB 10,000', '10万元', '"RMB 10,000" in English only, "10万元" in Chinese only'],
  ['RMB 99', '99美元', '"RMB 99" in English only, "99美元" in Chinese only'],
  ['24 November 2026', '2026年11月', '"24 November 2026" in English only'],
  ['three weeks', '三个月', '"three weeks" in English only, "三个月" in Chinese only'],
  ['50% of it', '百分之四十九', '"50%" in English only, "百分之四十九" in Chinese only'],
  ['Decree 291', '第292号令', '"291" in English only, "292" in Chinese only'],
  ['in March 2024', '2024年3月5日', '"2024年3月5日" in Chinese only'],
])('%s is not %s', (en, zh, told) => {
  expect(checkAgreement({ file: 'x', path: [], en, zh }).map(({ message }) => message)).toEqual([
    `figures differ between the languages: ${told}`,
  ]);
});

test('names and links count too; the language of a link does not', () => {
  const told = (en: string, zh: string) =>
    checkAgreement({ file: 'x', path: [], en, zh }).map(({ message }) => message.replace(' between the languages', ''));
  expect(told('mini-programs on AliCloud need B25', '小程序在Ali Cloud，需要B25')).toEqual([]);
  expect(told('apps on Alibaba Cloud need B25', '在Tencent上的App需要B21')).toEqual([
    'names differ: "B25" in English only, "Tencent", "B21" in Chinese only',
  ]);
  expect(told('see [this](https://example.com/en/a/)', '见[这里](https://example.com/zh/a)。')).toEqual([]);
  expect(told('see <https://example.com/a>', '见<https://example.org/a>')).toEqual([
    'links differ: "https://example.com/a" in English only, "https://example.org/a" in Chinese only',
  ]);
});

test('kinds of figures, and words that need not be meant as one', () => {
  const told = (text: string) => figuresIn(text).map(({ key, loose }) => `${key}${loose ? ' loosely' : ''}`);
  expect(told('A week or 3 years, US$ 1.2 million')).toEqual([
    'money USD 1200000',
    'period 10080 minutes loosely',
    'period 36 months',
  ]);
  expect(told('1. 两个 2,000 in May 2025')).toEqual(['date 2025-5', 'number 2 loosely', 'number 2000']);
});

const entry = (rest: string) => `id: one
questions: {en: [one, two, three], zh: [甲, 乙, 丙]}
answer:
  en: |
    It depends.
    It takes 20 days.
  zh: |
    看情况。
    要30天。
${rest}`;

test('an entry tells where its languages differ, and its figures without a source', async () => {
  const lines = await problemsOf({ ...phraseFiles, 'questionnaires/.keep': '', 'entries/one.yaml': entry('') });
  expect(lines).toEqual([
    'entries/one.yaml:6: warning: figures differ between the languages: "20 days" in English only, "30天" in Chinese only; make the two say the same',
    'entries/one.yaml:6: warning: the answer says "20 days" and the entry has no source; name where it is from under `sources`, or take it out',
    'entries/one.yaml:9: warning: the answer says "30天" and the entry has no source; name where it is from under `sources`, or take it out',
  ]);
});

test('with a source, or about the bot itself, figures may stand', async () => {
  const told = async (rest: string) => {
    const files = {
      ...phraseFiles,
      'questionnaires/.keep': '',
      'entries/one.yaml': entry(rest).replace('30天', '20天'),
    };
    return (await problemsOf(files)).filter((line) => line.includes('source'));
  };
  expect(await told('')).toHaveLength(2);
  expect(await told('sources: [{kind: public, title: A law}]')).toEqual([]);
  expect(await told('status: meta')).toEqual([]);
});
