import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, phraseFiles } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

const files = {
  ...phraseFiles,
  'questionnaires/.keep': '',
  'entries/tea.yaml': {
    id: 'tea',
    questions: { en: ['what tea do you have?'], zh: ['有什么茶'] },
    answer: { en: 'Black and green.', zh: '红茶和绿茶。' },
  },
};

const right = '# in Chinese\nvisitor: 有什么茶\nbot zh: answer:tea (feedback)\n  1 consultant\n';
const bare = '# in English\n// nothing expected yet\nvisitor: what tea do you have?\n';
const written = `${bare}bot en: answer:tea (feedback)\n  1 consultant\n`;

test('what goes otherwise is shown; nothing is written', async () => {
  const dir = folderOf({ ...files, 'dialogs/a.txt': right, 'dialogs/b.txt': bare });
  const { code, out, err } = await wenda(['dialogs', '--knowledge', dir]);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out.replaceAll(`${dir}/`, '')).toBe(
    'dialogs/b.txt:3: visitor: what tea do you have?\n' +
      '  + bot en: answer:tea (feedback)\n' +
      '  +   1 consultant\n' +
      '2 dialogs, 1 goes otherwise\n',
  );
  expect(readFileSync(join(dir, 'dialogs/b.txt'), 'utf8')).toBe(bare);
});

test('--update writes what happens now, into the named files only', async () => {
  const wrong = right.replace('answer:tea', 'answer:coffee');
  const dir = folderOf({ ...files, 'dialogs/a.txt': wrong, 'dialogs/b.txt': bare });
  const { code, out } = await wenda(['dialogs', '--update', '--knowledge', dir, join(dir, 'dialogs/b.txt')]);
  expect(code).toBe(0);
  expect(out).toContain('1 dialog, 1 updated\n');
  expect(readFileSync(join(dir, 'dialogs/a.txt'), 'utf8')).toBe(wrong);
  expect(readFileSync(join(dir, 'dialogs/b.txt'), 'utf8')).toBe(written);
});

test('dialogs that cannot be read, and files that are not there, are told and nothing is written', async () => {
  const dir = folderOf({ ...files, 'dialogs/a.txt': `${bare}bott en: hello\n` });
  const broken = await wenda(['dialogs', '--update', '--knowledge', dir]);
  expect(broken.code).toBe(1);
  expect(broken.err.replaceAll(`${dir}/`, '')).toMatch(
    /^dialogs\/a\.txt:4: error: "bott en: hello" is no line of a dialog; /,
  );
  expect(readFileSync(join(dir, 'dialogs/a.txt'), 'utf8')).toBe(`${bare}bott en: hello\n`);
  const missing = await wenda(['dialogs', '--knowledge', dir, 'no-such.txt']);
  expect(missing).toEqual({
    code: 1,
    out: '',
    err: 'no-such.txt:1: error: the file cannot be read; correct its name\n',
  });
});
