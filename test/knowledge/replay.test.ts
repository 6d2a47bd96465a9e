import { expect, test } from 'vitest';
import { indexKnowledge } from '../../src/core/knowledge/index-knowledge.ts';
import { rewritten } from '../../src/knowledge/dialog/compare.ts';
import { readDialogs } from '../../src/knowledge/dialog/read.ts';
import { replay } from '../../src/knowledge/dialog/replay.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { folderOf, phraseFiles } from './folder.ts';

const words = { en: 'words', zh: '文字' };

const files = {
  ...phraseFiles,
  'entries/tea.yaml': {
    id: 'tea',
    questions: { en: ['what tea do you have?', 'which teas are there'], zh: ['有什么茶', '茶有哪些'] },
    answer: { en: 'Black and green.', zh: '红茶和绿茶。' },
  },
  'entries/forget.yaml': {
    id: 'forget',
    status: 'meta',
    action: 'forget',
    questions: { en: ['forget everything about me', 'delete my data'] },
  },
  'questionnaires/order.yaml': {
    id: 'order',
    title: words,
    intro: words,
    as_of: '2026-11-24',
    start: 'size',
    steps: [
      {
        id: 'size',
        ask: words,
        label: words,
        options: [
          { id: 'small', label: { en: 'Small pot', zh: '小壶' } },
          { id: 'large', label: { en: 'Large pot', zh: '大壶' } },
        ],
        next: [{ go: 'extras' }],
      },
      {
        id: 'extras',
        kind: 'multiple',
        ask: words,
        label: words,
        options: [
          { id: 'milk', label: { en: 'Milk', zh: '牛奶' } },
          { id: 'sugar', label: { en: 'Sugar', zh: '糖' } },
        ],
        next: [{ go: 'result' }],
      },
    ],
    results: [{ id: 'served', title: words, text: words }],
    reasons: {},
    decide: [{ result: 'served' }],
  },
};

/** Plays a dialog and gives it back with what happened. */
async function played(text: string): Promise<string> {
  const { knowledge, problems } = await loadKnowledge(folderOf(files), Date.UTC(2027, 0, 4));
  const file = readDialogs('a.txt', text);
  expect([...problems, ...file.problems].filter(({ level }) => level === 'error')).toEqual([]);
  if (!knowledge) return '';
  const index = indexKnowledge(knowledge);
  return rewritten(
    file,
    file.dialogs.map((dialog) => replay(knowledge, index, dialog)),
  );
}

test('the first words decide the language; picks may be the last part of an id; feedback is told', async () => {
  const dialog = `# tea in Chinese
visitor: 有什么茶
bot zh: answer:tea (feedback)
  1 consultant
visitor picks: feedback:yes:tea
feedback: tea yes
bot zh: feedback.thanks
visitor picks: consultant
case opened: asked
  question: 有什么茶
  topic: tea
bot zh: handoff.opened
  1 withdraw
`;
  expect(await played(dialog)).toBe(dialog);
});

test('at the desk the first claim wins, silence follows, and only the holder can speak', async () => {
  const dialog = `# two consultants
visitor arrives: zh-hant
bot zh-hant: greeting
  1 questionnaire:order
  2 topic:other
  3 consultant
visitor: 3
case opened: asked
bot zh-hant: handoff.opened
  1 withdraw
desk claims: A
case claimed: A
to visitor (A): [handoff.joined]
desk claims: B
claim refused: B, held by A
desk says (B): hello
silence
desk says (A): good day
to visitor (A): good day
visitor: which teas are there
silence
desk releases (A)
case waiting
bot zh-hant: handoff.released
desk claims: B
case claimed: B
to visitor (B): [handoff.joined]
desk resolves
case resolved: B
bot zh-hant: handoff.resolved
`;
  expect(await played(dialog)).toBe(dialog);
});

test('time passes: what comes due happens in its order, and what was cleared does not', async () => {
  const dialog = `# a pause
visitor picks: questionnaire:order
bot en: intro:order + ask:order/size
  1 option:order:size:small
  2 option:order:size:large
  3 cancel
wait: 1h
silence
visitor picks: large
bot en: ask:order/extras (multiple)
  1 option:order:extras:milk
  2 option:order:extras:sugar
  3 back
  4 cancel
wait: 119m
silence
wait: 2h
silence
visitor: en-resume
bot en: asking.resumed + ask:order/extras (multiple)
  1 option:order:extras:milk
  2 option:order:extras:sugar
  3 back
  4 cancel
`;
  expect(await played(dialog)).toBe(dialog);
});

test('a dialog begins from nothing each time, and forgetting erases within one', async () => {
  const dialog = `# forgotten
visitor: delete my data
bot en: answer.missing + forget.ask
  1 forget:yes
  2 forget:no
visitor: 1
erased
bot en: forget.done

# the next one
visitor picks: forget:no
bot en: forget.kept
`;
  expect(await played(dialog)).toBe(dialog);
});
