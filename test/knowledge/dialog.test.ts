import { expect, test } from 'vitest';
import { differenceProblem, differences, differenceText, rewritten } from '../../src/knowledge/dialog/compare.ts';
import { outcomeLines } from '../../src/knowledge/dialog/lines.ts';
import { readDialogs } from '../../src/knowledge/dialog/read.ts';

const text = `// all dialogs on filings

# asking for the cost
visitor arrives: zh-hant
bot zh-hant: greeting
  1 consultant

// the second question
visitor: Hello,
  > what does it cost?
  >
bot en: answer:icp-cost (source, feedback)
  1 entry:icp-renewal
  2 consultant
visitor picks: icp-renewal + consultant
# at the desk
visitor sends: file price list.pdf
visitor sends: sticker
visitor arrives
wait: 90m
message fails
desk claims: A
desk says (B): I: hello
desk says: and more
desk releases
desk resolves (B):
visitor:

// end
`;

test('a file of dialogs is read with its actions, what must follow, and remarks', () => {
  const { dialogs, below, problems } = readDialogs('a.txt', text);
  expect(problems).toEqual([]);
  expect(below).toEqual(['', '// end']);
  expect(dialogs.map(({ title, line, above }) => ({ title, line, above }))).toEqual([
    { title: 'asking for the cost', line: 3, above: ['// all dialogs on filings', ''] },
    { title: 'at the desk', line: 16, above: [] },
  ]);
  expect(dialogs[0]?.exchanges).toEqual([
    {
      above: [],
      written: ['visitor arrives: zh-hant'],
      line: 4,
      action: { type: 'arrives', language: 'zh', script: 'traditional' },
      expected: [
        { line: 5, text: 'bot zh-hant: greeting' },
        { line: 6, text: '  1 consultant' },
      ],
    },
    {
      above: ['', '// the second question'],
      written: ['visitor: Hello,', '  > what does it cost?', '  >'],
      line: 9,
      action: { type: 'says', text: 'Hello,\nwhat does it cost?\n' },
      expected: [
        { line: 12, text: 'bot en: answer:icp-cost (source, feedback)' },
        { line: 13, text: '  1 entry:icp-renewal' },
        { line: 14, text: '  2 consultant' },
      ],
    },
    {
      above: [],
      written: ['visitor picks: icp-renewal + consultant'],
      line: 15,
      action: { type: 'picks', ids: ['icp-renewal', 'consultant'] },
      expected: [],
    },
  ]);
  expect(dialogs[1]?.exchanges.map(({ action }) => action)).toEqual([
    { type: 'sends', media: 'file', name: 'price list.pdf' },
    { type: 'sends', media: 'sticker' },
    { type: 'arrives' },
    { type: 'waits', ms: 5_400_000 },
    { type: 'fails' },
    { type: 'desk', does: 'claims', name: 'A', text: '' },
    { type: 'desk', does: 'says', name: 'B', text: 'I: hello' },
    { type: 'desk', does: 'says', text: 'and more' },
    { type: 'desk', does: 'releases', text: '' },
    { type: 'desk', does: 'resolves', name: 'B', text: '' },
    { type: 'says', text: '' },
  ]);
});

test('lines that mean nothing are told with their line', () => {
  const wrong = [
    'visitor: too early',
    '# first',
    'visiter: hello',
    'wait: soon',
    'visitor sends: parrot',
    'visitor arrives: fr',
    'desk claims:',
    '# second',
    'bot en: greeting',
    'visitor: hello',
    'bot fr: bonjour',
  ].join('\n');
  const { problems } = readDialogs('a.txt', wrong);
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '1 this line stands before the first dialog',
    '3 "visiter: hello" is no line of a dialog',
    '4 "wait: soon" is no line of a dialog',
    '5 "visitor sends: parrot" is no line of a dialog',
    '6 "visitor arrives: fr" is no line of a dialog',
    '7 "desk claims:" is no line of a dialog',
    '9 "bot en: greeting" is no line of a dialog',
    '11 "bot fr: bonjour" is no line of a dialog',
    '2 the dialog "first" is empty',
  ]);
});

test('a dialog that goes as written has no differences; indentation does not count', () => {
  const [dialog] = readDialogs(
    'a.txt',
    '# one\nvisitor: hi\nbot en: greeting\n 1  menu\nvisitor: bye\nsilence',
  ).dialogs;
  expect(dialog && differences(dialog, [['bot en: greeting', '  1 menu'], ['silence']])).toEqual([]);
});

test('a difference shows only the lines that differ, from the first one on', () => {
  const file = readDialogs(
    'a.txt',
    '# one\nvisitor: hi\nbot en: greeting\n  1 menu\n  2 consultant\nvisitor: bye\nsilence\n',
  );
  const happened = [
    ['bot en: greeting', '  1 topics', '  2 consultant'],
    ['silence', 'erased'],
  ];
  const [dialog] = file.dialogs;
  const found = dialog ? differences(dialog, happened) : [];
  expect(found).toEqual([
    { line: 4, action: 'visitor: hi', expected: ['  1 menu'], actual: ['  1 topics'] },
    { line: 6, action: 'visitor: bye', expected: [], actual: ['erased'] },
  ]);
  expect(found.map((one) => differenceText('a.txt', one))).toEqual([
    'a.txt:4: visitor: hi\n  -   1 menu\n  +   1 topics',
    'a.txt:6: visitor: bye\n  + erased',
  ]);
  expect(found.map((one) => differenceProblem('a.txt', one).message)).toEqual([
    'after "visitor: hi" comes "1 topics" instead of "1 menu"',
    'after "visitor: bye" comes "erased" instead of nothing',
  ]);
});

test('rewriting replaces what must follow and keeps everything else', () => {
  const file = readDialogs('a.txt', text);
  const kept = file.dialogs.map(({ exchanges }) => exchanges.map(({ expected }) => expected.map((line) => line.text)));
  expect(rewritten(file, kept)).toBe(text);
  const replaced = file.dialogs.map(({ exchanges }) => exchanges.map(() => ['silence']));
  const lines = text.split('\n');
  expect(rewritten(file, replaced).split('\n').slice(0, 13)).toEqual([
    ...lines.slice(0, 4),
    'silence',
    ...lines.slice(6, 11),
    'silence',
    'visitor picks: icp-renewal + consultant',
    'silence',
  ]);
});

test('every effect has its lines', () => {
  const consultant = { id: 'desk:a', name: 'A' };
  const message = { text: 'x', language: 'zh-Hans', refs: ['answer:icp-cost', 'asking.resumed'] } as const;
  const yes = { id: 'yes', label: 'Yes' };
  expect(
    outcomeLines([
      {
        type: 'say',
        message: { ...message, source: 's', multiple: true, choices: [yes, { ...yes, id: 'back', quiet: true }] },
      },
      {
        type: 'say',
        message: { ...message, language: 'zh-Hant', refs: ['menu'], feedback: { ask: '?', yes, no: yes } },
      },
      { type: 'relay', consultant, message: { ...message, text: 'Good day.\n\nAsk me.', refs: ['consultant'] } },
      { type: 'relay', consultant, message: { ...message, refs: ['handoff.joined'] } },
      {
        type: 'open-case',
        case: {
          id: 'e1',
          reason: 'asked',
          question: 'one\ntwo',
          facts: {
            language: 'en',
            topic: 'icp-cost',
            questionnaire: { id: 'icp', answers: { what: ['app'], special: ['av', 'news'] } },
          },
        },
      },
      { type: 'open-case', case: { id: 'e2', reason: 'misses', question: '', facts: { language: 'en' } } },
      { type: 'update-case', case: 'e1', change: { status: 'claimed', consultant } },
      { type: 'update-case', case: 'e1', change: { status: 'withdrawn' } },
      {
        type: 'desk',
        case: 'e1',
        item: { kind: 'refused', why: 'held', to: { id: 'desk:b', name: 'B' }, holder: consultant },
      },
      { type: 'feedback', entry: 'icp-cost', helpful: false },
      { type: 'forget' },
      { type: 'set-timer', name: 'pause', at: 1 },
    ]),
  ).toEqual([
    'bot zh: answer:icp-cost + asking.resumed (source, multiple)',
    '  1 yes',
    '  2 back',
    'bot zh-hant: menu (feedback)',
    'to visitor (A): Good day. / Ask me.',
    'to visitor (A): [handoff.joined]',
    'case opened: asked',
    '  question: one / two',
    '  topic: icp-cost',
    '  questionnaire: icp what=app special=av+news',
    'case opened: misses',
    'case claimed: A',
    'case withdrawn',
    'desk refuses (B): held, A has it',
    'feedback: icp-cost no',
    'erased',
  ]);
  expect(outcomeLines([{ type: 'clear-timer', name: 'pause' }])).toEqual(['silence']);
});
