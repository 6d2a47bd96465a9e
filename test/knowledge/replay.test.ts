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
  'entries/party.yaml': {
    id: 'party',
    handoff: 'always',
    questions: { en: ['do you cater for parties of a hundred guests?'] },
    answer: { en: 'We do; a consultant plans it with you.' },
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
desk visitor: choice.consultant
bot zh: details.intro + details.domain
  1 skip
  2 withdraw
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
desk visitor: 3
bot zh-hant: details.intro + details.domain
  1 skip
  2 withdraw
visitor picks: skip
desk visitor: choice.skip
desk: paged
bot zh-hant: handoff.opened
  1 withdraw
desk claims: A
case claimed: A
to visitor (A): [handoff.joined]
desk claims: B
desk refuses (B): held, A has it
desk says (B): hello
desk note (B): hello
desk refuses (B): not-held, A has it
desk says (A): good day
to visitor (A): good day
desk edits (A): good evening
amended (A): good evening
desk edited (A): good evening
desk takes back (A)
amended (A): taken back
desk edited (A): taken back
desk notes (A): friendly
desk note (A): friendly
desk sends (A): menu.pdf
to visitor (A): menu.pdf
visitor: which teas are there
desk visitor: which teas are there
desk: details
visitor edits: which teas are there?
desk visitor edited: which teas are there?
visitor takes back
desk visitor edited: taken back
desk snoozes (A): 2h
desk: snoozed
desk releases (A)
case waiting
bot en: handoff.released
desk claims: B
case claimed: B
to visitor (B): [handoff.joined]
desk transfers (B): A
case claimed: A
to visitor (A): [handoff.transferred]
desk resolves
desk refuses (B): not-held, A has it
desk resolves (A)
case resolved
to visitor (A): [handoff.resolved]
  1 reopen
`;
  expect(await played(dialog)).toBe(dialog);
});

test('an entry that only a person can complete opens a case, once, also out of a questionnaire', async () => {
  const dialog = `# a party
visitor picks: questionnaire:order
bot en: intro:order + ask:order/size
  1 option:order:size:small
  2 option:order:size:large
  3 cancel
visitor: do you cater for parties of a hundred guests?
bot en: answer:party (feedback)
  1 resume
case opened: entry
  question: do you cater for parties of a hundred guests?
  topic: party
  questionnaire: order
bot en: details.intro + details.domain
  1 skip
  2 withdraw
visitor picks: skip
desk visitor: choice.skip
desk: paged
bot en: handoff.opened
  1 withdraw
visitor picks: skip
desk visitor: skip
bot en: handoff.already
  1 withdraw
visitor: do you cater for parties of a hundred guests?
desk visitor: do you cater for parties of a hundred guests?
bot en: answer:party (feedback)
  1 resume
visitor: en-resume
desk visitor: en-resume
bot en: asking.resumed + ask:order/size
  1 option:order:size:small
  2 option:order:size:large
  3 cancel
`;
  expect(await played(dialog)).toBe(dialog);
});

test('on a page the visitor is asked for an address; elsewhere they can be reached', async () => {
  const dialog = `# on a page
visitor arrives: en web
bot en: greeting
  1 questionnaire:order
  2 topic:other
  3 consultant
visitor: 3
case opened: asked
desk visitor: 3
bot en: details.intro + details.contact
  1 skip
  2 withdraw
visitor: amy@example.com
desk visitor: amy@example.com
bot en: details.domain
  1 skip
  2 withdraw
case details: contact amy@example.com
desk: details
wait: 29s
silence
wait: 1s
desk: paged
bot en: handoff.opened
  1 withdraw
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
