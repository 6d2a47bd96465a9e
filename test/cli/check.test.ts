import { expect, test } from 'vitest';
import { annotation } from '../../src/cli/check/annotation.ts';
import { folderOf, phraseFiles, somePhrases } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

const tea = `id: tea
questions:
  en: [what tea do you have?, which teas are there, is there green tea]
  zh: [有什么茶, 茶有哪些, 有绿茶吗]
answer: {en: Black and green., zh: 红茶和绿茶。}
`;

const sound = { 'entries/tea.yaml': tea, ...phraseFiles, 'questionnaires/.keep': '' };

const dialog = `# asking for tea
visitor: what tea do you have?
bot en: answer:tea (feedback)
  1 consultant
visitor: 1
case opened: asked
  question: what tea do you have?
  topic: tea
desk visitor: 1
bot en: details.intro + details.domain
  1 skip
  2 withdraw
`;

async function check(files: Readonly<Record<string, unknown>>, ...args: readonly string[]) {
  const dir = folderOf(files);
  const { code, out, err } = await wenda(['check', '--knowledge', dir, ...args]);
  const bare = (text: string) => text.replaceAll(`${dir}/`, '');
  return { code, out: bare(out), err: bare(err) };
}

test('sound knowledge with dialogs that go as written passes', async () => {
  expect(await check({ ...sound, 'dialogs/tea.txt': dialog })).toEqual({
    code: 0,
    out: '0 errors, 0 warnings; 1 entry, 1 dialog\n',
    err: '',
  });
});

test('warnings are listed and do no harm', async () => {
  const warned = await check({ ...sound, 'entries/tea.yaml': tea.replace(/^answer.*\n/m, '') });
  expect(warned).toEqual({
    code: 0,
    out:
      'entries/tea.yaml:1: warning: there is no answer; write one under `answer: en:` and `answer: zh:`\n' +
      '0 errors, 1 warning; 1 entry, 0 dialogs\n',
    err: '',
  });
});

test('every problem of a broken folder is listed at once, with exit code 1', async () => {
  const broken = {
    'entries/one.yaml': 'id: one\nquestions:\n  en: [what is it?]\nanswer: {en: It., zh: 它。}\nrelated:\n  - tow\n',
    'entries/two.yaml': 'id: two\nstatus: unsure\nquestions: {en: [what is it]}\n',
    'phrases/en.yaml': somePhrases('en'),
    'phrases/zh.yaml': 'say: {a: b\n',
    'questionnaires/ask.yaml': 'id: ask\nid: ask\n',
    'dialogs/one.txt': '# one\nvisitor: what is it?\nbott en: answer:one\n',
  };
  const { code, out, err } = await check(broken);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out.split('\n').map((line) => /^(\S+:\d+: \w+|.*)/.exec(line)?.[0])).toEqual([
    'dialogs/one.txt:3: error',
    'entries/one.yaml:2: warning',
    'entries/one.yaml:3: warning',
    'entries/one.yaml:6: error',
    'entries/two.yaml:2: error',
    'phrases/zh.yaml:2: error',
    'questionnaires/ask.yaml:2: error',
    '5 errors, 2 warnings; the knowledge cannot be used',
    '',
  ]);
});

test('a dialog that goes otherwise is an error with the line where it does', async () => {
  const { code, out } = await check({ ...sound, 'dialogs/tea.txt': dialog.replace('answer:tea', 'answer:coffee') });
  expect(code).toBe(1);
  expect(out).toBe(
    'dialogs/tea.txt:3: error: after "visitor: what tea do you have?" comes "bot en: answer:tea (feedback)" instead of ' +
      '"bot en: answer:coffee (feedback)"; mend the knowledge, or accept it: npm run wenda -- dialogs --update dialogs/tea.txt\n' +
      '1 error, 0 warnings; 1 entry, 1 dialog\n',
  );
});

test('--json tells the same to programs', async () => {
  const { code, out } = await check({ ...sound, 'entries/tea.yaml': `${tea}review: never\n` }, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    entries: null,
    dialogs: 0,
    errors: 1,
    warnings: 0,
    problems: [
      {
        file: 'entries/tea.yaml',
        line: 6,
        level: 'error',
        message: '"review" is not known here',
        remedy: 'correct its name, or delete it',
      },
    ],
  });
});

test('in GitHub Actions each problem is an annotation too', async () => {
  const dir = folderOf({ ...sound, 'entries/tea.yaml': `${tea}review: never\n` });
  const { err } = await wenda(['check', '--knowledge', dir], { env: { GITHUB_ACTIONS: 'true' } });
  expect(err.replaceAll(`${dir}/`, '')).toBe(
    '::error file=entries/tea.yaml,line=6::"review" is not known here; correct its name, or delete it\n',
  );
  expect(annotation({ file: 'a,b:c', line: 1, level: 'warning', message: '100%\nsure', remedy: 'no' })).toBe(
    '::warning file=a%2Cb%3Ac,line=1::100%25%0Asure; no',
  );
});

test('--github does so elsewhere', async () => {
  const { out, err } = await check({ ...sound, 'entries/tea.yaml': `${tea}review: never\n` }, '--github');
  expect(err).toBe(
    '::error file=entries/tea.yaml,line=6::"review" is not known here; correct its name, or delete it\n',
  );
  expect(out).toContain('1 error, 0 warnings');
});

test('--collisions lists each question that its own entry would not win, in JSON too', async () => {
  const files = {
    ...sound,
    'entries/bread.yaml': `id: bread
questions:
  en: [which bread do you bake, is the bread fresh, is there green tea today]
  zh: [有什么面包, 面包新鲜吗, 面包几点出炉]
answer: {en: Rye., zh: 黑麦面包。}
`,
  };
  const { out } = await check(files, '--collisions');
  expect(out).toMatch(/^entries\/bread\.yaml:3: "is there green tea today": \w+ tea \d+%$/m);
  const { out: json } = await check(files, '--collisions', '--json');
  expect(JSON.parse(json).collisions).toContainEqual({
    file: 'entries/bread.yaml',
    line: 3,
    question: 'is there green tea today',
    entry: 'bread',
    winner: 'tea',
    verdict: expect.any(String),
    confidence: expect.any(Number),
    decided: expect.any(Boolean),
  });
});

test('a folder that is not there is told in one line', async () => {
  const { code, out } = await wenda(['check', '--knowledge', 'no/such/folder']);
  expect(code).toBe(1);
  expect(out).toBe(
    'no/such/folder:1: error: there is no such folder; give the folder of the knowledge: --knowledge DIR, or the setting KNOWLEDGE_DIR\n' +
      '1 error, 0 warnings; the knowledge cannot be used\n',
  );
});
