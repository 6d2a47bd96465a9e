import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { folderOf } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

test('help names every command', async () => {
  const { code, out, err } = await wenda(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const named = [...out.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name]) => name);
  expect(named).toEqual(['start', 'chat', 'match', 'check', 'doctor', 'report', 'dialogs', 'schema']);
});

test.each(commands.map(({ name }) => name))('%s --help says what it takes', async (name) => {
  const { code, out, err } = await wenda([name, '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Usage: npm run wenda -- ${name}`);
  const { options } = commands.find((command) => command.name === name) ?? { options: {} };
  for (const option of Object.keys(options)) expect(out).toContain(`--${option}`);
});

test('no command at all shows the help and exits with 2', async () => {
  const { code, out } = await wenda([]);
  expect(code).toBe(2);
  expect(out).toContain('Usage: npm run wenda -- COMMAND');
});

test.each([
  [
    ['chekc'],
    'There is no command "chekc". There are: start, chat, match, check, doctor, report, dialogs, wechat-menu, schema.\n',
  ],
  [['check', '--jsn'], "Unknown option '--jsn'. See: npm run wenda -- check --help\n"],
  [['check', 'folder'], "Unexpected argument 'folder'. See: npm run wenda -- check --help\n"],
  [['match', '--knowledge'], "Option '--knowledge <value>' argument missing. See: npm run wenda -- match --help\n"],
  [['report', '--days', 'many'], '"many" is not a number of days. Give a whole number, such as --days 30.\n'],
])('%j is answered with a sentence and exit code 2', async (args, sentence) => {
  expect(await wenda(args)).toEqual({ code: 2, out: '', err: sentence });
});

test('settings come from .env in the working directory; the environment wins', async () => {
  const cwd = folderOf({
    '.env': 'KNOWLEDGE_DIR=faq\n',
    'faq/tea.yaml': 'id: tea\nquestions: {en: [what tea do you have?]}\n',
    'other/cake.yaml': 'id: cake\nquestions: {en: [what tea do you have?]}\n',
  });
  const entryWith = async (env: Record<string, string>) => {
    const { out } = await wenda(['match', '--json'], { cwd, env, input: 'what tea do you have?\n' });
    return JSON.parse(out).entry;
  };
  expect(await entryWith({})).toBe('tea');
  expect(await entryWith({ KNOWLEDGE_DIR: 'other' })).toBe('cake');
});
