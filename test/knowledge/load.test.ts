import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { problemLine } from '../../src/knowledge/problem.ts';
import { loadQuestions } from '../../src/knowledge/questions.ts';
import { folderOf, phraseFiles, problemsOf, somePhrases } from './folder.ts';

const now = Date.UTC(2027, 0, 4);

const tea = `id: tea
questions:
  en: [what tea do you have?, which teas are there, is there green tea]
  zh: [有什么茶, 茶有哪些, 有绿茶吗]
answer: {en: Black and green., zh: 红茶和绿茶。}
`;

test('a sound folder becomes knowledge without problems', async () => {
  const dir = folderOf({ 'entries/tea.yaml': tea, ...phraseFiles, 'questionnaires/.keep': '' });
  const { knowledge, problems } = await loadKnowledge(dir, now);
  expect(problems).toEqual([]);
  expect(knowledge?.entries.get('tea')).toEqual({
    id: 'tea',
    topic: 'other',
    status: 'answered',
    title: {},
    questions: {
      en: ['what tea do you have?', 'which teas are there', 'is there green tea'],
      zh: ['有什么茶', '茶有哪些', '有绿茶吗'],
    },
    answer: { en: 'Black and green.', zh: '红茶和绿茶。' },
    sources: [],
    handoff: 'offer',
    related: [],
  });
  expect(knowledge?.phrases.zh.say.greeting).toBe('greeting');
});

test('every problem of every file is told at once, with its line, what is wrong and how to mend it', async () => {
  const broken = {
    'entries/broken.yaml': 'id: broken\nquestions:\n  en: [a: b: c\n',
    'entries/twice.yaml': 'id: twice\nid: again\nquestions: {en: [x]}\n',
    'entries/wrong.yaml': `id: wrong
statuss: answered
status: finished
questions:
  en:
    - one
    - 2
answer:
  en: ""
sources:
  - kind: article
  - {kind: rumour, title: Heard}
related: [a, b, c, d]
as_of: soon
`,
    'entries/none.yaml': 'id: none\n',
    'entries/empty.yaml': '',
    'phrases/en.yaml': {
      ...somePhrases('en'),
      say: { ...somePhrases('en').say, greeting: 'Hi {name}', 'menu.topic': 'About' },
    },
    'phrases/zh.yaml': 'say: {}\ntopics: {}\ncommands: {}\n',
    'questionnaires/.keep': '',
  };
  const lines = await problemsOf(broken);
  expect(lines.filter((line) => !line.startsWith('phrases/zh.yaml'))).toEqual([
    'entries/broken.yaml:3: error: Block collections are not allowed within flow collections; correct the YAML: mind indentation, and put quotes around texts with special characters',
    'entries/broken.yaml:4: error: Flow sequence in block collection must be sufficiently indented and end with a ]; correct the YAML: mind indentation, and put quotes around texts with special characters',
    'entries/empty.yaml:1: error: the file is empty; add it: a group of keys',
    'entries/none.yaml:1: error: questions is missing; add it: a group of keys',
    'entries/twice.yaml:2: error: Map keys must be unique; keep one of the two keys',
    'entries/wrong.yaml:2: error: "statuss" is not known here; correct its name, or delete it',
    'entries/wrong.yaml:3: error: status is none of the values that are allowed; use answered, partial, open, supplement, meta',
    'entries/wrong.yaml:7: error: questions.en[2] is not a text; write a text; put quotes around one that looks like a number',
    'entries/wrong.yaml:9: error: answer.en is empty; write a text, or delete the key',
    'entries/wrong.yaml:11: error: sources[1].title is missing; add it: a text',
    'entries/wrong.yaml:12: error: sources[2].kind is none of the values that are allowed; use article, comment, reader, public',
    'entries/wrong.yaml:13: error: related has too many items; keep 3 at most',
    'entries/wrong.yaml:14: error: as_of is not written as expected; write a date: YYYY, YYYY-MM or YYYY-MM-DD',
    'phrases/en.yaml:4: error: say.greeting is wrong; contains a placeholder that this phrase does not have',
    'phrases/en.yaml:6: error: say.menu.topic is wrong; must contain {topic}',
  ]);
  expect(lines.filter((line) => line.startsWith('phrases/zh.yaml')).length).toBeGreaterThan(90);
  expect(lines).toContain('phrases/zh.yaml:1: error: say.greeting is missing; add it: a text');
  expect(lines).toContain('phrases/zh.yaml:3: error: commands.back is missing; add it: a list');
});

test('entries that contradict one another are told with both files', async () => {
  const lines = await problemsOf({
    ...phraseFiles,
    'questionnaires/.keep': '',
    'entries/one.yaml': `${tea.replace('id: tea', 'id: one')}related: [two, nowhere, one]\n`,
    'entries/same.yaml': tea.replace('id: tea', 'id: one').replaceAll('茶', '水').replaceAll('tea', 'water'),
    'entries/two.yaml': `id: two
questions:
  en: [Is there GREEN tea?, "what water?", "What, water!"]
  zh: [有綠茶嗎, 水多少, 水在哪]
answer: {en: Yes., zh: 有。}
`,
  });
  expect(lines).toEqual([
    'entries/one.yaml:6: error: no entry has the id "nowhere"; correct the id, or take it out of `related`',
    'entries/one.yaml:6: error: refers to itself; correct the id, or take it out of `related`',
    'entries/same.yaml:1: error: the id "one" is also that of entries/one.yaml; give one of the two another id, or delete it',
    'entries/same.yaml:1: warning: the file is not named after its id "one"; rename the file to one.yaml, or change the id',
    'entries/two.yaml:3: error: "Is there GREEN tea?" is also a question of one (entries/one.yaml); keep it in the entry that answers it best',
    'entries/two.yaml:3: warning: "What, water!" stands twice; delete one',
    'entries/two.yaml:4: error: "有綠茶嗎" is also a question of one (entries/one.yaml); keep it in the entry that answers it best',
  ]);
});

test('what refers to an entry that cannot be read is not called wrong as well', async () => {
  const lines = await problemsOf({
    ...phraseFiles,
    'questionnaires/.keep': '',
    'entries/tea.yaml': `${tea}related: [broken, odd]\n`,
    'entries/broken.yaml': 'id: broken\n',
    'entries/odd.yaml': 'id: [\n',
  });
  expect(lines.filter((line) => line.startsWith('entries/tea.yaml'))).toEqual([]);
});

test('answers are checked for promises, links, Chinese typography and review dates', async () => {
  const lines = await problemsOf({
    ...phraseFiles,
    'questionnaires/.keep': '',
    'entries/tea.yaml': `${tea.split('answer')[0]}topic: drinks
title: {en: A title that is much too long to be shown on any button}
answer:
  en: |
    We guarantee it, with a VPN. See [here](http://example.com) or <https://example.com>, mail [us](mailto:a@example.com).
  zh: |
    我们保证,你放心。
review_by: 2026-12
`,
    'entries/old.yaml': 'id: old\nquestions: {en: [one old question]}\nanswer: {en: Old.}\nreview_by: 2026-08-31\n',
    'entries/half.yaml': 'id: half\nquestions: {en: [d, e, f], zh: [丁, 戊, 己]}\nanswer: {zh: 旧。}\n',
    'entries/bare.yaml': 'id: bare\nquestions: {en: [a, b, c], zh: [甲, 乙, 丙]}\n',
  });
  expect(lines).toEqual([
    'entries/bare.yaml:1: warning: there is no answer; write one under `answer: en:` and `answer: zh:`',
    'entries/half.yaml:3: warning: the English answer is missing; write it under `answer: en:`',
    'entries/old.yaml:2: warning: only 1 question in English; write at least 3, as different visitors would ask',
    'entries/old.yaml:2: warning: no questions in Chinese; write some under `questions: zh:`',
    'entries/old.yaml:3: warning: the Chinese answer is missing; write it under `answer: zh:`',
    'entries/old.yaml:4: error: the answer was to be reviewed by 2026-08-31; check the facts, then move `as_of` and `review_by`',
    'entries/tea.yaml:5: warning: the topic "drinks" has no name, so the menu does not show it; add it to `topics` in both phrases files',
    'entries/tea.yaml:6: warning: the English title has 55 characters and will not fit on a button; shorten it to 40 at most',
    'entries/tea.yaml:9: error: the text says "guarantee"; say what is usual or likely, without a promise',
    'entries/tea.yaml:9: error: the text says "VPN"; leave it out: no advice on ways around the law',
    'entries/tea.yaml:9: error: the link "http://example.com" is neither https nor mailto; use an https address',
    'entries/tea.yaml:9: warning: links differ between the languages: "http://example.com", "https://example.com", "mailto:a@example.com" in English only; make the two say the same',
    'entries/tea.yaml:11: error: the text says "保证"; say what is usual or likely, without a promise',
    'entries/tea.yaml:11: warning: "证," has half-width punctuation; use ，；：！？ in Chinese',
    'entries/tea.yaml:11: warning: the visitor is addressed with 你; use 您',
    'entries/tea.yaml:12: warning: the answer was to be reviewed by 2026-12; check the facts, then move `as_of` and `review_by`',
  ]);
});

test('a command word with two meanings is an error in either language; topics are named in both', async () => {
  const en = somePhrases('en');
  const zh = somePhrases('zh');
  const lines = await problemsOf({
    'entries/tea.yaml': tea,
    'questionnaires/.keep': '',
    'phrases/en.yaml': { ...en, topics: { other: 'Other', drinks: 'Drinks' } },
    'phrases/zh.yaml': { ...zh, commands: { ...zh.commands, cancel: ['zh-cancel', 'EN-Back!'] } },
  });
  expect(lines.map((line) => line.replace(/:\d+:/, ':'))).toEqual([
    'phrases/en.yaml: warning: the topic "drinks" has no name in phrases/zh.yaml; name it there too',
    'phrases/zh.yaml: error: "EN-Back!" already means "back"; keep it with one of the two commands',
  ]);
});

test('a folder that is missing, empty or a file is told in a sentence', async () => {
  const dir = folderOf({ file: '' });
  const told = async (name: string) =>
    (await loadKnowledge(join(dir, name), now)).problems.map(({ message }) => message);
  expect(await told('')).toEqual(['there are no entries in this folder']);
  expect(await told('nowhere')).toEqual(['there is no such folder']);
  expect(await told('file')).toEqual(['this is not a folder']);
});

test('for matching, ids and questions are enough: the files may lie in the folder itself and hold anything else', async () => {
  const dir = folderOf({
    'b.yaml': 'id: b\nquestions:\n  zh: [营业时间]\nanswer: just a text\nprice: 3\n',
    'a.yml': 'id: A_1.x\nquestions: {en: [when are you open?]}\nstatus: meta\ntopic: 3\n',
  });
  expect(await loadQuestions(dir)).toEqual({
    options: { outOfScope: [], concepts: {} },
    entries: [
      { id: 'A_1.x', questions: { en: ['when are you open?'], zh: [] }, status: 'meta' },
      { id: 'b', questions: { en: [], zh: ['营业时间'] } },
    ],
    problems: [],
  });
});

test('for matching, entries without questions and shared ids are errors', async () => {
  const dir = folderOf({
    'a.yaml': 'id: a\nquestions: {en: []}\n',
    'b.yaml': 'id: b\nquestions: {en: [x]}\n',
    'c.yaml': '\nid: b\nquestions: {en: [y]}\n',
  });
  const { problems } = await loadQuestions(dir);
  expect(problems.map((problem) => problemLine(problem).replaceAll(`${dir}/`, ''))).toEqual([
    'a.yaml:2: error: questions is wrong; at least one question in one language',
    'c.yaml:2: error: the id "b" is also that of b.yaml; give one of the two another id, or delete it',
  ]);
});

test('topics out of scope and the lexicon are told apart from the entries and from one another, with their lines', async () => {
  const dir = folderOf({
    'entries/tea.yaml': tea,
    ...phraseFiles,
    'questionnaires/.keep': '',
    'out-of-scope.yaml': `- id: tea
  questions: {en: [what is the weather like]}
- id: weather
  questions:
    en:
      - Which teas are there?
      - what is the weather like
      - will it rain
      - Will it rain?
`,
    'lexicon.yaml': `concepts:
  cost:
    en: [price, fee]
    zh: [费用]
  charge:
    en:
      - charges
      - Fee
    zh: []
  rent:
    within: costs
    en: [rent]
  hire:
    within: rent
    en: [hire]
  toll:
    within: constructor
    en: [toll]
`,
  });
  const { knowledge, problems } = await loadKnowledge(dir, now);
  expect(knowledge).toBeUndefined();
  expect(problems.map(problemLine).map((line) => line.slice(dir.length + 1))).toEqual([
    'lexicon.yaml:8: error: "Fee" is also a word of the concept cost; keep it in one of the two',
    'lexicon.yaml:11: error: rent cannot stand within "costs"; name a concept of this file that stands within none itself',
    'lexicon.yaml:14: error: hire cannot stand within "rent"; name a concept of this file that stands within none itself',
    'lexicon.yaml:17: error: toll cannot stand within "constructor"; name a concept of this file that stands within none itself',
    `out-of-scope.yaml:1: error: the id "tea" is also that of ${join(dir, 'entries/tea.yaml')}; give the topic another id`,
    'out-of-scope.yaml:6: error: "Which teas are there?" is also a question of tea; keep it in one place',
    'out-of-scope.yaml:7: error: "what is the weather like" is also a question of tea; keep it in one place',
    'out-of-scope.yaml:9: error: "Will it rain?" is also a question of weather; keep it in one place',
  ]);
});
