import { createInterface } from 'node:readline/promises';
import { expect, test } from 'vitest';
import { folderOf } from '../knowledge/folder.ts';
import { startWenda, wenda } from './wenda.ts';

const faq = {
  'opening.yaml': `id: opening
questions:
  en: [when are you open?, what are your opening hours, are you open on sunday]
  zh: [你们几点开门, 营业时间, 周日开门吗]
answer: what else stands in the file does not matter here
`,
  'parking.yaml': `id: parking
questions:
  en: [where can I park my car?, is there a car park, do you have parking spaces]
  zh: [哪里可以停车, 有停车场吗, 停车怎么收费]
`,
};

const keys = ['text', 'language', 'verdict', 'entry', 'confidence', 'candidates', 'ms'];

async function matched(input: string | Buffer) {
  const { code, out, err } = await wenda(['match', '--json', '--knowledge', folderOf(faq)], { input });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('one line of JSON for each message, in order, with exactly the keys that are fixed', async () => {
  const lines = await matched('When are you open\n有停车场吗\n');
  expect(lines.map((line) => Object.keys(line))).toEqual([keys, keys]);
  expect(lines.map(({ text, language, verdict, entry }) => ({ text, language, verdict, entry }))).toEqual([
    { text: 'When are you open', language: 'en', verdict: 'answer', entry: 'opening' },
    { text: '有停车场吗', language: 'zh', verdict: 'answer', entry: 'parking' },
  ]);
  for (const { confidence, candidates, ms, entry } of lines) {
    expect(candidates[0]).toEqual({ entry, confidence });
    expect(Object.keys(candidates[0])).toEqual(['entry', 'confidence']);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
    expect(ms).toBeGreaterThanOrEqual(0);
  }
});

test('a message may be raw text or a JSON string; every line gets its line, also an empty one', async () => {
  const input = [
    '"when are you open?\\nI would come on \\"sunday\\""',
    '"quoted" but no JSON string',
    '',
    '   ',
    '"\\u505c\\u8f66\\u573a"',
    '123',
    'a\u2028b',
    'carriage return\r',
    'the last line, without an end',
  ].join('\n');
  const lines = await matched(input);
  expect(lines.map(({ text }) => text)).toEqual([
    'when are you open?\nI would come on "sunday"',
    '"quoted" but no JSON string',
    '',
    '   ',
    '停车场',
    '123',
    'a\u2028b',
    'carriage return',
    'the last line, without an end',
  ]);
  for (const empty of [lines[2], lines[3]]) {
    expect({ ...empty, ms: 0, language: '' }).toEqual({
      text: empty.text,
      language: '',
      verdict: 'none',
      entry: null,
      confidence: 0,
      candidates: [],
      ms: 0,
    });
  }
});

test('no character inside a message can end its line of output', async () => {
  const { out } = await wenda(['match', '--json', '--knowledge', folderOf(faq)], {
    input: '"a\\u2028b\\u2029c\\u0085d"\n',
  });
  expect(out.match(/[\u0085\u2028\u2029]/)).toBeNull();
  expect(JSON.parse(out).text).toBe('a\u2028b\u2029c\u0085d');
});

test('input that is not UTF-8 and lines of any length do no harm', async () => {
  const long = 'where can I park '.repeat(5_000);
  const lines = await matched(Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(`${long}\n`)]));
  expect(lines.map(({ text }) => text)).toEqual(['\uFFFD\uFFFD', long]);
});

test('thousands of lines come back in order', async () => {
  const messages = Array.from({ length: 3_000 }, (_, number) => `question ${number}: is there a car park?`);
  const lines = await matched(messages.join('\n'));
  expect(lines.map(({ text }) => text)).toEqual(messages);
});

test('each line is answered before the next one is written', async () => {
  const child = startWenda(['match', '--json', '--knowledge', folderOf(faq)]);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  for (const message of ['when are you open?', '哪里可以停车', 'goodbye']) {
    child.stdin.write(`${message}\n`);
    const { value } = await answers.next();
    expect(JSON.parse(String(value)).text).toBe(message);
  }
  child.stdin.end();
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
});

test('without --json a line is for reading', async () => {
  const { out } = await wenda(['match', '--knowledge', folderOf(faq)], { input: 'when are you open?\n' });
  expect(out).toMatch(/^answer {2}when are you open\? {2}-> {2}opening \d+%\n$/);
});

test('a reader that goes away ends it quietly', async () => {
  const child = startWenda(['match', '--json', '--knowledge', folderOf(faq)]);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdout.destroy();
  child.stdin.end('when are you open?\n'.repeat(20_000));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('what is wrong with the entries goes to standard error with file and line, and nothing is matched', async () => {
  const dir = folderOf({ 'entries/a.yaml': 'id: a\nquestions:\n  en: text\n', 'entries/b.yaml': 'id: b b\n' });
  const { code, out, err } = await wenda(['match', '--json', '--knowledge', dir], { input: 'hello\n' });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.replaceAll(`${dir}/`, '')).toBe(
    [
      'entries/a.yaml:3: error: questions.en is not a list; write a list: one item a line, each after a hyphen',
      'entries/b.yaml:1: error: id is not written as expected; write kebab-case: letters, digits and hyphens',
      'entries/b.yaml:1: error: questions is missing; add it: a group of keys',
      '',
    ].join('\n'),
  );
});

test('with --explain each message gets a block that says why; figures stand below one another', async () => {
  const { code, out, err } = await wenda(['match', '--explain', '--knowledge', folderOf(faq)], {
    input: 'when are you open?\nqqq\n',
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [first = '', second = ''] = out.split('\n\n');
  expect(first).toMatch(/^when are you open\?\n {2}verdict {7}answer opening 100\.0%\n/);
  expect(first).toMatch(/\n {2}rule {10}exact question of the knowledge\n/);
  expect(first).toMatch(/\n {2}nearest {7}"when are you open\?" \(opening, 1\.000\)\n/);
  const table = first.split('\n').filter((line) => /^ {2}scores|^ {16}\w/.test(line));
  expect(table).toHaveLength(3);
  expect(new Set(table.map((line) => line.length)).size).toBe(1);
  expect(second).toMatch(/^qqq\n {2}verdict {7}none 0\.0%\n {2}rule {10}nothing known/);
});

test('--explain --json is one line each, with a part for every question of the message', async () => {
  const { out } = await wenda(['match', '--explain', '--json', '--knowledge', folderOf(faq)], {
    input: '"when are you open? And is there a car\\u2028park?"\n停车场\n',
  });
  const lines = out.split('\n').slice(0, -1);
  expect(out).not.toMatch(/\u2028/);
  const [both, one] = lines.map((line) => JSON.parse(line));
  expect(both.parts.map(({ match }: { match: { entry: string } }) => match.entry)).toEqual(['opening', 'parking']);
  expect([one.text, one.parts.length, one.parts[0].normalized]).toEqual(['停车场', 1, '停车场']);
});
