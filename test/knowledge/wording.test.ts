import { expect, test } from 'vitest';
import { checkWording } from '../../src/core/knowledge/check-wording.ts';
import { phraseFiles, problemsOf, somePhrases } from './folder.ts';

const said = (text: string) =>
  checkWording({ file: 'x', path: [], [/\p{Script=Han}/u.test(text) ? 'zh' : 'en']: text })
    .filter(({ level }) => level === 'error')
    .map(({ quote }) => quote);

test.each([
  ['We guarantee it.', 'guarantee'],
  ['It is guaranteed', 'guaranteed'],
  ['Do not worry, we guarantee it', 'guarantee'],
  ['It is not free. Success guaranteed', 'guaranteed'],
  ['There is no guarantee. With us it is guaranteed.', 'guaranteed'],
  ['我们保证通过', '保证'],
  ['您不用担心，我们保证通过', '保证'],
  ['备案包过', '包过'],
  ['Use a VPN', 'VPN'],
  ['可以翻墙访问', '翻墙'],
  ['how to bypass the firewall', 'bypass the firewall'],
])('%s says %s', (text, word) => {
  expect(said(text)).toEqual([word]);
});

test.each([
  'There is no guarantee.',
  'Nobody can guarantee that; we cannot guarantee it either.',
  'It comes without any guarantee',
  "we don't advise on VPNs",
  '不保证通过',
  '谁也不能保证，我们也无法保证',
  '不作任何形式的保证',
  '要交保证金',
  '我们不提供VPN方面的建议',
])('%s is allowed', (text) => {
  expect(said(text)).toEqual([]);
});

test('phrases and questionnaires are held to the same words', async () => {
  const zh = somePhrases('zh');
  const lines = await problemsOf({
    'phrases/en.yaml': phraseFiles['phrases/en.yaml'],
    'phrases/zh.yaml': { ...zh, say: { ...zh.say, greeting: '我们保证成功' } },
    'entries/one.yaml': 'id: one\nquestions: {en: [a, b, c], zh: [甲, 乙, 丙]}\nanswer: {en: A., zh: 甲。}\n',
    'questionnaires/ask.yaml': {
      id: 'ask',
      title: { en: 'Ask', zh: '问' },
      intro: { en: 'See http://example.com', zh: '见http://example.com' },
      as_of: '2026-01-01',
      start: 'one',
      steps: [
        {
          id: 'one',
          ask: { en: 'Which?', zh: '哪个？' },
          label: { en: 'Which', zh: '哪个' },
          options: [
            { id: 'a', label: { en: 'A', zh: '甲' } },
            { id: 'b', label: { en: 'B', zh: '乙' } },
          ],
          next: [{ go: 'result' }],
        },
      ],
      results: [{ id: 'yes', title: { en: 'Yes', zh: '是' }, text: { en: 'Within 20 days.', zh: '30天内。' } }],
      reasons: {},
      decide: [{ result: 'yes' }],
    },
  });
  expect(lines.map((line) => line.replace(/:\d+:/, ':').replace(/;.*/, ''))).toEqual([
    'phrases/zh.yaml: error: the text says "保证"',
    'questionnaires/ask.yaml: error: the link "http://example.com" is neither https nor mailto',
    'questionnaires/ask.yaml: error: the link "http://example.com" is neither https nor mailto',
    'questionnaires/ask.yaml: warning: figures differ between the languages: "20 days" in English only, "30天" in Chinese only',
  ]);
});
