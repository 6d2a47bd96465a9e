import { expect, test } from 'vitest';
import { folderOf, phraseFiles } from '../knowledge/folder.ts';
import { wenda } from './wenda.ts';

const files = {
  ...phraseFiles,
  'questionnaires/.keep': '',
  'entries/tea.yaml': {
    id: 'tea',
    title: { en: 'Tea', zh: '茶' },
    questions: { en: ['what tea do you have?', 'which teas are there', 'is there green tea'], zh: ['茶有哪些'] },
    answer: { en: 'Black tea\n\n- and **green** tea', zh: '红茶和绿茶。' },
  },
};

async function chat(input: string, env: Record<string, string> = {}) {
  const { code, out, err } = await wenda(['chat'], {
    input,
    env: { KNOWLEDGE_DIR: folderOf(files), LOG_LEVEL: 'info', LC_ALL: 'C', ...env },
  });
  const lines = out.split('\n').filter((line) => line.trim() !== '');
  return { code, lines, logged: err.split('\n').filter((line) => line.includes('"level":"info"')) };
}

test('in a pipe each line is answered in turn, choices are picked by number, /quit ends it', async () => {
  const { code, lines, logged } = await chat('what tea do you have?\n1\n/quit\nwhich teas are there\n');
  expect({ code, logged }).toEqual({ code: 0, logged: [] });
  const at = (line: RegExp) => lines.findIndex((one) => line.test(one));
  expect(lines[0]).toBe('greeting');
  expect(at(/^Black tea$/)).toBeGreaterThan(0);
  expect(at(/and green tea$/)).toBeGreaterThan(at(/^Black tea$/));
  expect(at(/^details\.intro/)).toBeGreaterThan(at(/and green tea$/));
  expect(lines.filter((line) => line === 'Black tea')).toHaveLength(1);
});

test('the end of the input ends it too, after the last line was answered', async () => {
  const { code, lines } = await chat('茶有哪些');
  expect(code).toBe(0);
  expect(lines).toContain('红茶和绿茶。');
});

test('it begins in the language of the terminal', async () => {
  const phrases = structuredClone(phraseFiles);
  phrases['phrases/zh.yaml'].say['greeting'] = '您好';
  const { lines } = await chat('', { KNOWLEDGE_DIR: folderOf({ ...files, ...phrases }), LC_ALL: 'zh_CN.UTF-8' });
  expect(lines[0]).toBe('您好');
});

test('knowledge with errors is told in full, and no chat begins', async () => {
  const dir = folderOf({ ...files, 'entries/a.yaml': 'id: a\n', 'entries/b.yaml': 'id: [\n' });
  const { code, out, err } = await wenda(['chat'], { input: 'hello\n', env: { KNOWLEDGE_DIR: dir } });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(`${dir}/entries/a.yaml:1: error: questions is missing`);
  expect(err).toContain(`${dir}/entries/b.yaml:2: error:`);
});
