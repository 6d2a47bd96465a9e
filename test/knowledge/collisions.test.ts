import { expect, test } from 'vitest';
import { checkCollisions, placeQuestions } from '../../src/core/knowledge/check-collisions.ts';
import { buildIndex } from '../../src/core/matching/build-index.ts';
import { holdOutEach, questionVectors } from '../../src/core/matching/hold-out.ts';
import { nearPairs } from '../../src/core/matching/near.ts';

/** Questions about a subject: each of the forms with the word in it. */
const about = (word: string, forms: readonly string[]) => forms.map((form) => form.replace('_', word));
const forms = [
  'what is _',
  'how much is _',
  'where can I buy _ today',
  'tell me about _ please',
  'is _ good for children',
  'who sells _ nearby',
  'do you have fresh _',
  'why is _ so expensive',
  'when does _ arrive',
];
const chineseForms = [
  '_是什么',
  '_多少钱',
  '在哪里买_',
  '请介绍一下_',
  '_适合孩子吗',
  '附近谁卖_',
  '有新鲜_吗',
  '_为什么这么贵',
  '_几时到货',
];

const entry = (id: string, en: readonly string[], zh: readonly string[]) => ({
  file: `${id}.yaml`,
  value: { id, questions: { en: [...en], zh: [...zh] } },
});

function check(
  entries: readonly ReturnType<typeof entry>[],
  topics: readonly { id: string; questions: { en: string[]; zh: string[] } }[] = [],
) {
  const index = buildIndex(
    entries.map(({ value }) => value),
    { outOfScope: topics },
  );
  return checkCollisions(index, placeQuestions(entries, [{ file: 'out.yaml', value: topics }]));
}

const tea = entry('tea', about('tea', forms), about('茶叶', chineseForms));
const bread = entry('bread', about('bread', forms), about('面包', chineseForms));
const shoes = entry('shoes', about('shoes', forms), about('皮鞋', chineseForms));

test('entries that speak of different things have no findings', () => {
  expect(check([tea, bread, shoes])).toEqual({ findings: [], collisions: [] });
});

test('questions that another entry takes are told with it, once for the pair, at the first of them', () => {
  const stray = ['what is bread exactly', 'how much is bread now', 'do you have fresh bread now'];
  const { findings, collisions } = check([
    entry('tea', [...tea.value.questions.en, ...stray], tea.value.questions.zh),
    bread,
    shoes,
  ]);
  const taken = collisions.filter(({ entry, decided }) => entry === 'tea' && decided);
  expect(taken.map(({ question, winner, verdict }) => [question.text, winner, verdict])).toEqual(
    stray.map((text) => [text, 'bread', 'answer']),
  );
  expect(findings).toContainEqual({
    file: 'tea.yaml',
    path: ['questions', 'en', 9],
    quote: stray[0],
    level: 'warning',
    message: `3 questions of tea would be answered with bread if they did not stand here, such as ${stray.map((text) => `"${text}"`).join(', ')}`,
    remedy: 'add questions that tell tea and bread apart, to both',
  });
});

test('nearly the same question in two entries, or in the other language of another entry, is told at the later one', () => {
  const { findings } = check([
    entry('tea', tea.value.questions.en, [
      ...tea.value.questions.zh,
      'does it pay to roast buns at home or to buy them',
    ]),
    entry(
      'bread',
      [...bread.value.questions.en, 'does it pay to roast buns at home, or to buy buns, or to buy them'],
      bread.value.questions.zh,
    ),
    shoes,
  ]);
  expect(findings.filter(({ message }) => message.includes('nearly'))).toEqual([
    {
      file: 'bread.yaml',
      path: ['questions', 'en', 9],
      quote: 'does it pay to roast buns at home, or to buy buns, or to buy them',
      level: 'warning',
      message:
        '"does it pay to roast buns at home, or to buy buns, or to buy them" is nearly the same as "does it pay to roast buns at home or to buy them" of tea',
      remedy: 'put one of the two so that it says what tells the entries apart, or delete it',
    },
  ]);
});

test('an entry that is found in one language only is told', () => {
  const strange = [
    '面包究竟是什么',
    '皮鞋要多少钱',
    '在哪里能买面包',
    '请介绍皮鞋',
    '面包适合小孩吗',
    '附近有谁卖皮鞋',
    '面包新鲜吗',
    '皮鞋为什么贵',
    '面包几时到',
  ];
  const { findings } = check([entry('tea', tea.value.questions.en, strange), bread, shoes]);
  expect(findings.map(({ file, path, message }) => [file, path, message.replace(/win \d/, 'win N')])).toContainEqual([
    'tea.yaml',
    ['questions', 'zh'],
    'tea is hard to find in Chinese: of its 9 questions it would win N if they did not stand here',
  ]);
});

test('an entry whose English questions are those of others is told too', () => {
  const strange = [
    'bread, what is that',
    'how much are shoes',
    'where to buy bread',
    'tell me of shoes',
    'is bread good',
  ];
  const english = [
    ...strange,
    'who sells shoes',
    'do you have bread',
    'why are shoes expensive',
    'when does bread come',
  ];
  const { findings } = check([entry('tea', english, tea.value.questions.zh), bread, shoes]);
  expect(findings.map(({ file, path, message }) => [file, path, message.replace(/win \d/, 'win N')])).toContainEqual([
    'tea.yaml',
    ['questions', 'en'],
    'tea is hard to find in English: of its 9 questions it would win N if they did not stand here',
  ]);
});

test('nearly the same question in one entry is no finding', () => {
  const twice = [...tea.value.questions.en, 'does it pay to roast buns at home', 'does it pay to roast buns, at home'];
  const { findings } = check([entry('tea', twice, tea.value.questions.zh), bread, shoes]);
  expect(findings).toEqual([]);
});

test('a question of which nothing else has a word is won by nobody where words alone count', () => {
  const own = entry('tea', [...tea.value.questions.en, 'zyzzyva'], tea.value.questions.zh);
  const entries = [own, bread, shoes];
  const index = buildIndex(
    entries.map(({ value }) => value),
    { without: ['head'] },
  );
  expect(checkCollisions(index, placeQuestions(entries, [])).collisions).toEqual([
    {
      question: { file: 'tea.yaml', path: ['questions', 'en', 9], language: 'en', text: 'zyzzyva' },
      entry: 'tea',
      winner: null,
      verdict: 'none',
      confidence: expect.closeTo(0.08, 1),
      decided: false,
    },
  ]);
});

test('questions that would be refused as a topic out of scope are told with the topic', () => {
  const stray = ['rain snow wind', 'sunny weather', 'weather report'];
  const weather = [
    'will it rain',
    'will it snow',
    'is it sunny',
    'will it rain again',
    'will it snow again',
    'weather report today',
    'rain and snow and wind',
    'sunny weather today',
    'is the weather sunny',
  ];
  const { findings } = check(
    [entry('tea', [...tea.value.questions.en, ...stray], tea.value.questions.zh), bread, shoes],
    [{ id: 'weather', questions: { en: weather, zh: [] } }],
  );
  expect(findings.map(({ path, message }) => [path, message])).toEqual([
    [
      ['questions', 'en', 9],
      `3 questions of tea would be refused as weather if they did not stand here, such as ${stray.map((text) => `"${text}"`).join(', ')}`,
    ],
  ]);
});

test('questions of topics out of scope collide only when they would be answered', () => {
  const topic = { id: 'cakes', questions: { en: about('cake', forms), zh: about('蛋糕', chineseForms) } };
  expect(check([tea, bread, shoes], [topic]).collisions.filter(({ decided }) => decided)).toEqual([]);
  const asked = ['what is tea exactly', 'how much is tea now'];
  const stray = { id: 'stray', questions: { en: asked, zh: [] } };
  const found = check([tea, bread, shoes], [stray]).collisions.filter(({ entry }) => entry === 'stray');
  expect(found.map(({ question, verdict, winner }) => [question.text, verdict, winner])).toEqual(
    asked.map((text) => [text, 'answer', 'tea']),
  );
});

test('near pairs are exactly those of comparing all with all', () => {
  const index = buildIndex([tea, bread, shoes].map(({ value }) => value));
  const vectors = questionVectors(index);
  const dense = vectors.map(
    ({ features, weights }) => new Map(Array.from(features).map((feature, at) => [feature, weights[at] ?? 0])),
  );
  for (const least of [0.5, 0.7, 0.9]) {
    const all = dense.flatMap((one, row) =>
      dense.slice(0, row).flatMap((other, before) => {
        let cosine = 0;
        for (const [feature, weight] of one) cosine += weight * (other.get(feature) ?? 0);
        return cosine >= least ? [`${row} ${before}`] : [];
      }),
    );
    const found = nearPairs(index.scorer.questions, vectors, least).map(([row, other]) => `${row} ${other}`);
    expect(found.sort()).toEqual(all.sort());
    if (least === 0.5) expect(all.length).toBeGreaterThan(20);
  }
});

test('every question is held out once, in its place', () => {
  const index = buildIndex([tea, bread, shoes].map(({ value }) => value));
  const held = holdOutEach(index, questionVectors(index));
  expect(held.map(({ entry }) => entry)).toEqual([0, 1, 2].flatMap((at) => Array(18).fill(at)));
  expect(held.every(({ entry, winner }) => entry === winner)).toBe(true);
});
