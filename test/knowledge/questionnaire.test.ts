import { expect, test } from 'vitest';
import { checkQuestionnaire } from '../../src/core/knowledge/check-questionnaire.ts';
import { questionnaireSchema } from '../../src/core/knowledge/questionnaire.ts';

const words = { en: 'words', zh: '文字' };

function step(id: string, options: readonly string[], next: readonly unknown[], extra: object = {}) {
  return {
    id,
    ask: words,
    label: words,
    options: options.map((option) => ({ id: option, label: words })),
    next,
    ...extra,
  };
}

const result = (id: string) => ({ id, title: words, text: words });

/** Size, then (for large ones) colour, then extras; four results' worth of rules. */
const sound = {
  id: 'order',
  title: words,
  intro: words,
  as_of: '2026-11-24',
  start: 'size',
  facts: { large: { size: ['l', 'xl'] }, dear: [{ large: true, colour: ['gold'] }, { extras: ['box', 'card'] }] },
  steps: [
    step('size', ['s', 'l', 'xl'], [{ when: { large: true }, go: 'colour' }, { go: 'extras' }]),
    step('colour', ['gold', 'grey'], [{ when: { extras: ['unanswered'] }, go: 'extras' }, { go: 'result' }]),
    step(
      'extras',
      ['box', 'card', 'none'],
      [{ when: { colour: ['unanswered'], size: ['s'] }, go: 'colour' }, { go: 'result' }],
      {
        kind: 'multiple',
      },
    ),
  ],
  results: [result('cheap'), result('pricey')],
  reasons: { shine: words },
  decide: [{ when: { dear: true }, result: 'pricey', reason: 'shine' }, { result: 'cheap' }],
  adders: [{ id: 'small', when: { size: ['s'] }, results: ['cheap'], text: words }],
};

function faults(change: object, entries?: ReadonlySet<string>) {
  const value = questionnaireSchema.parse({ ...structuredClone(sound), ...change });
  return checkQuestionnaire({ file: 'order.yaml', value }, entries).map(
    ({ level, path, message }) => `${level} ${path.join('.')}: ${message}`,
  );
}

test('a questionnaire whose ways all end, and that uses everything it defines, is sound', () => {
  expect(faults({})).toEqual([]);
});

test('names that lead nowhere are told, wherever they stand', () => {
  const change = {
    start: 'begin',
    facts: { large: { size: ['huge'], weight: ['1'] } },
    steps: [step('size', ['s', 'l'], [{ when: { tiny: true }, go: 'nowhere' }, { go: 'result' }])],
    results: [{ ...result('cheap'), entries: ['known', 'unknown'] }],
    decide: [{ when: [{ size: ['s'] }, { size: ['m'] }], result: 'free', reason: 'luck' }, { result: 'cheap' }],
    adders: [{ id: 'small', when: { size: ['s'] }, results: ['gone'], text: words }],
  };
  expect(faults(change, new Set(['known']))).toEqual([
    'error start: there is no step "begin"',
    'error steps.0.next.0.go: there is no step "nowhere"',
    'error decide.0.result: there is no result "free"',
    'error decide.0.reason: there is no reason "luck"',
    'error adders.0.results.0: there is no result "gone"',
    'error results.0.entries.1: no entry has the id "unknown"',
    'error facts.large.size.0: the step "size" has no option "huge"',
    'error facts.large.weight: there is no step "weight"',
    'error steps.0.next.0.when.tiny: there is no fact "tiny"',
    'error decide.0.when.1.size.0: the step "size" has no option "m"',
  ]);
});

test('ids that stand twice and facts that go in a circle are told', () => {
  const change = {
    facts: { large: { dear: true }, dear: { large: true } },
    steps: [...sound.steps, step('size', ['s', 's'], [{ go: 'result' }])],
    results: [result('cheap'), result('pricey'), result('cheap')],
  };
  expect(faults(change)).toEqual([
    'error steps.3.id: the id "size" stands twice in this list',
    'error results.2.id: the id "cheap" stands twice in this list',
    'error steps.3.options.1.id: the id "s" stands twice in this list',
    'error facts.large: the fact "large" refers to itself',
    'error facts.dear: the fact "dear" refers to itself',
  ]);
});

test('a fact that refers to one that is missing is told, once', () => {
  const facts = { ...sound.facts, large: { size: ['l', 'xl'], rare: true } };
  expect(faults({ facts })).toEqual(['error facts.large.rare: there is no fact "rare"']);
});

test('rules that leave answers open, and rules that can never apply, are told', () => {
  const [size, ...others] = sound.steps;
  const change = {
    steps: [{ ...size, next: [{ when: { size: ['s'] }, go: 'extras' }] }, ...others],
    decide: [{ result: 'cheap' }, { when: { dear: true }, result: 'pricey', reason: 'shine' }],
  };
  expect(faults(change)).toEqual([
    'error steps.0.next.0: the last rule has a condition, so some answers lead nowhere',
    'error decide.0: no rule below this one can apply, since it has no condition',
  ]);
});

test('a way that asks a step twice is told with the way, also when only some answers lead there', () => {
  const [size, colour, extras] = sound.steps;
  const change = {
    steps: [size, { ...colour, next: [{ when: { colour: ['grey'] }, go: 'size' }, { go: 'result' }] }, extras],
  };
  expect(faults(change)).toEqual(['error steps.0.id: the step "size" is asked twice on the way size, colour, size']);
});

test('a last rule that leads back is told even when every option has a rule of its own: steps to come are counted by it', () => {
  const [size, ...others] = sound.steps;
  const next = [{ when: { large: true }, go: 'colour' }, { when: { size: ['s'] }, go: 'extras' }, { go: 'size' }];
  expect(faults({ steps: [{ ...size, next }, ...others] })).toEqual([
    'error steps.0.id: the step "size" is asked twice on the way size, size',
  ]);
});

test('a step that no answers lead to is told', () => {
  const [size, colour, extras] = sound.steps;
  const change = { steps: [{ ...size, next: [{ go: 'extras' }] }, colour, { ...extras, next: [{ go: 'result' }] }] };
  expect(faults(change)).toEqual(['error steps.1.id: no way leads to the step "colour"']);
});

test('results, reasons, rules and adders that no answers lead to are told as warnings', () => {
  const change = {
    results: [...sound.results, result('free')],
    reasons: { ...sound.reasons, luck: words },
    decide: [
      { when: { dear: true }, result: 'pricey', reason: 'shine' },
      { when: { size: ['s'], colour: ['grey'], extras: ['box'] }, result: 'pricey' },
      { result: 'cheap' },
    ],
    adders: [
      ...sound.adders,
      { id: 'both', when: { extras: ['none'] }, text: words },
      { id: 'never', when: { extras: ['box'] }, results: ['cheap'], text: words },
    ],
  };
  expect(faults(change)).toEqual([
    'warning decide.1: no answers lead to this rule (pricey)',
    'warning adders.2: no answers lead to the adder "never"',
    'warning results.2: no rule leads to the result "free"',
    'warning reasons.luck: no rule gives the reason "luck"',
  ]);
});

test('several answers to a multiple step are tried together, except those that are picked alone', () => {
  const both = [{ extras: ['box'] }, { extras: ['none'] }];
  const decide = [
    { when: { extras: ['box'] }, result: 'pricey', reason: 'shine' },
    { when: { extras: ['card'] }, result: 'pricey' },
    { result: 'cheap' },
  ];
  const adder = { id: 'mixed', when: { boxed: true, carded: true }, text: words };
  const facts = { ...sound.facts, boxed: { extras: ['box'] }, carded: { extras: ['card'] } };
  expect(faults({ facts, decide, adders: [adder, { ...adder, id: 'odd', when: both }] })).toEqual([]);
  const steps = sound.steps.map((one) =>
    one.id === 'extras' ? { ...one, options: one.options.map((option) => ({ ...option, alone: true })) } : one,
  );
  expect(faults({ facts, steps, decide, adders: [adder] })).toEqual([
    'warning adders.0: no answers lead to the adder "mixed"',
  ]);
});
