import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { optionsIn } from '../../src/core/conversation/chose.ts';
import { contains } from '../../src/core/conversation/pick.ts';
import { decide, expectedSteps, route } from '../../src/core/conversation/route.ts';
import { checkQuestionnaire } from '../../src/core/knowledge/check-questionnaire.ts';
import { type Answers, questionnaireSchema } from '../../src/core/knowledge/questionnaire.ts';

const file = new URL('../../knowledge/questionnaires/icp-check.yaml', import.meta.url);
const questionnaire = questionnaireSchema.parse(parse(readFileSync(file, 'utf8')));
const steps = ['what', 'host', 'cdn', 'entity', 'special', 'baidu', 'wechat', 'have'] as const;

/** Answers in the order of `steps`; `-` is a step that this way must not ask. */
function answersOf(row: string): Answers {
  const values = row.split(' ');
  return Object.fromEntries(
    steps.flatMap((step, at) => {
      const value = values[at];
      return value && value !== '-' ? [[step, value.split('+')]] : [];
    }),
  );
}

test.each([
  [1, 'site_own_shop abroad no - none no none no', 'none R-OUTSIDE', ''],
  [2, 'site_own_shop hkmotw no - none no link no', 'none R-OUTSIDE', 'wechat-link'],
  [3, 'site_info abroad yes cn_foreign none no none no', 'filing R-INSIDE', 'public-security'],
  [4, 'site_info mainland - cn none no none no', 'filing R-INSIDE', 'public-security'],
  [
    5,
    'site_platform mainland - cn none no none filing',
    'commercial R-PAID',
    'filing-then-licence existing-number public-security',
  ],
  [6, 'site_own_shop mainland - cn none no none no', 'commercial R-SHOP', 'own-goods public-security'],
  [7, 'site_own_shop mainland - cn_foreign none no none no', 'consult R-ENTITY', 'public-security'],
  [8, 'site_info mainland - none none no none no', 'consult R-ENTITY', 'public-security'],
  [9, 'stream abroad - cn none', 'consult R-STREAM', ''],
  [10, 'site_own_shop hkmotw no cn health no own_mini filing', 'consult R-SPECIAL', 'existing-number'],
  [11, 'site_own_shop hkmotw no cn none no own_mini filing', 'filing R-MINI', 'existing-number'],
  [12, 'site_own_shop hkmotw no none none no own_mini no', 'consult R-MINI', ''],
  [13, 'site_info abroad no - none yes none no', 'none R-OUTSIDE', 'baidu-site-without-icp'],
  [14, 'site_info undecided no cn none no none no', 'consult R-HOST', ''],
  [15, 'site_info abroad unsure cn none no none no', 'consult R-HOST', ''],
  [16, 'app abroad no cn none no none no', 'filing R-APP', ''],
  [17, 'app abroad no none none no none no', 'consult R-ENTITY', ''],
  [18, 'download abroad - none none', 'consult R-DOWNLOAD', ''],
  [19, 'site_ugc abroad no - none no none no', 'none R-OUTSIDE', 'moderation'],
  [20, 'site_info mainland - person none no none no', 'filing R-INSIDE', 'public-security'],
  [21, 'site_info abroad yes none none no none no', 'consult R-ENTITY', 'public-security'],
])('path %i: %s leads to %s', (_, row, outcome, adders) => {
  const answers = answersOf(row);
  const { path, next } = route(questionnaire, answers);
  expect({ asked: path.map(({ id }) => id).toSorted(), next }).toEqual({
    asked: Object.keys(answers).toSorted(),
    next: undefined,
  });
  const decided = decide(questionnaire, answers);
  expect([decided.result.id, decided.reason, ...decided.adders.map(({ id }) => id)].join(' ')).toBe(
    [outcome, adders].filter(Boolean).join(' '),
  );
});

test('a streaming project goes to a consultant, whatever else is answered', () => {
  const found = new Set(
    everyWay({ what: ['stream'] }).map((answers) => {
      const { result, reason } = decide(questionnaire, answers);
      return `${result.id} ${reason}`;
    }),
  );
  expect([...found]).toEqual(['consult R-STREAM']);
});

test('every way ends: after four questions when the project needs a consultant anyway, else after seven or eight', () => {
  const short = new Set<number>();
  const full = new Set<number>();
  for (const answers of everyWay()) {
    const early = ['stream', 'download', 'unsure'].some((value) => answers['what']?.includes(value));
    (early ? short : full).add(Object.keys(answers).length);
  }
  expect([...short]).toEqual([4]);
  expect([...full].toSorted()).toEqual([7, 8]);
  expect(expectedSteps(questionnaire, {})).toBe(7);
});

test('Baidu ads change the title and bring the consultant forward only where the site needs no ICP', () => {
  const told = (row: string) =>
    decide(questionnaire, answersOf(row)).adders.map(({ id, title, consultant }) => ({
      id,
      title: title?.en,
      consultant,
    }));
  expect(told('site_info abroad no - none unsure none no')).toEqual([
    {
      id: 'baidu-site-without-icp',
      title: 'No ICP for the site itself, but Baidu ads may need one',
      consultant: true,
    },
  ]);
  expect(told('app abroad no cn none yes none no')).toEqual([{ id: 'baidu-ads', title: undefined, consultant: false }]);
});

test('every result says that it is likely, in both languages', () => {
  const sure = questionnaire.results.filter(({ text }) => !/\blikely\b/.test(text.en) || !text.zh.includes('很可能'));
  expect(sure).toEqual([]);
});

test.each([
  ['what', 'a company website', 'site_info'],
  ['what', '我们想开网店', 'site_own_shop'],
  ['what', '直播平台', 'stream'],
  ['what', 'iOS app', 'app'],
  ['host', 'HK', 'hkmotw'],
  ['host', 'aws frankfurt', 'abroad'],
  ['host', '在韩国', 'abroad'],
  ['host', '上海机房', 'mainland'],
  ['host', 'outside China', 'mainland abroad'],
  ['host', '不在大陆', 'mainland abroad'],
  ['host', "we don't know", 'unsure'],
  ['cdn', '不会用', 'no'],
  ['cdn', '不知道', 'unsure'],
  ['cdn', "no idea, don't know", 'unsure'],
  ['entity', 'our WFOE in Shanghai', 'cn_foreign'],
  ['entity', '合资企业', 'cn_foreign'],
  ['entity', '没有外资', 'cn cn_foreign'],
  ['entity', '香港公司', 'none'],
  ['special', 'medical devices and games', 'health av'],
  ['special', '没有', 'none'],
  ['baidu', '不打算投', 'no'],
  ['baidu', 'maybe later', 'unsure'],
  ['wechat', '做个小程序', 'own_mini'],
  ['wechat', 'no mini-program', 'none own_mini'],
  ['have', '没有备案', 'no'],
  ['have', '已备案', 'filing'],
  ['have', 'no licence', 'no licence'],
])('at %s, “%s” is read as %s', (step, text, options) => {
  const read = questionnaire.steps.filter(({ id }) => id === step).flatMap((asked) => optionsIn(asked, text, contains));
  expect(read.join(' ')).toBe(options);
});

test('a label or an answer like “not sure” fits one option of its step only', () => {
  const unsure = ['not sure', "I don't know", 'no idea', '不确定', '不清楚', '不知道'];
  const wrong = questionnaire.steps.flatMap((step) => {
    const typed = [
      ...step.options.flatMap(({ id, label }) => [label.en, label.zh].map((text) => ({ id, text }))),
      ...unsure.map((text) => ({ id: 'unsure', text })),
    ];
    return typed.flatMap(({ id, text }) => {
      const read = optionsIn(step, text, contains);
      return read.join(' ') === id ? [] : [{ step: step.id, text, read }];
    });
  });
  expect(wrong).toEqual([]);
});

test('no word stands at two options of a step', () => {
  const repeated = questionnaire.steps.flatMap((step) => {
    const all = step.options.flatMap(({ words }) => [...(words?.en ?? []), ...(words?.zh ?? [])]);
    return all.filter((word, at) => all.indexOf(word) !== at).map((word) => `${step.id}: ${word}`);
  });
  expect(repeated).toEqual([]);
});

test('the questionnaire is sound', () => {
  expect(checkQuestionnaire({ file: 'icp-check.yaml', value: questionnaire })).toEqual([]);
});

/** Every way through, one option picked at each step. */
function everyWay(answers: Answers = {}): readonly Answers[] {
  const { next } = route(questionnaire, answers);
  return next ? next.options.flatMap(({ id }) => everyWay({ ...answers, [next.id]: [id] })) : [answers];
}
