import { expect, test } from 'vitest';
import { createLog } from '../../src/app/log.ts';

function written(options: { isTTY?: boolean; level?: string; secrets?: readonly string[] } = {}) {
  const { isTTY = false, level = 'info', secrets = [] } = options;
  const lines: string[] = [];
  const log = createLog({ level, secrets, output: { isTTY, write: (line) => lines.push(line) } });
  return { log, lines };
}

test('a line is one JSON object with its level in words and its time', () => {
  const { log, lines } = written();
  log.info({ channel: 'web' }, 'started');
  log.debug('not at this level');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{"level":"info","time":"\d{4}-\d\d-\d\dT[\d:.]+Z","channel":"web","msg":"started"\}\n$/);
});

test('a person at a terminal reads time, level, words and facts', () => {
  const { log, lines } = written({ isTTY: true });
  log.warn({ channel: 'web', attempts: 2 }, 'not sent yet');
  expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d WARN {2}not sent yet channel=web attempts=2\n$/)]);
});

test('a person at a terminal reads where an error came from, and its causes', () => {
  const { log, lines } = written({ isTTY: true });
  log.error({ err: new TypeError('outer', { cause: new RangeError('inner') }) }, 'failed');
  const text = lines.join('');
  expect(text).toMatch(/ERROR failed\n {6}TypeError: outer\n {10}at /);
  expect(text).toMatch(/\n {6}caused by:\n {6}RangeError: inner\n/);
});

test('of an error only name, message, code, stack and causes are kept: database errors carry rows with them', () => {
  const { log, lines } = written();
  const error = Object.assign(new Error('duplicate', { cause: 'the server' }), {
    code: '23505',
    detail: 'Key (text)=(my secret) already exists.',
    stack: 'Error: duplicate',
  });
  log.error({ err: error }, 'failed');
  expect(JSON.parse(lines.join('')).err).toEqual({
    type: 'Error',
    message: 'duplicate',
    code: '23505',
    stack: 'Error: duplicate',
    cause: { message: 'the server' },
  });
});

test('a secret is cut out wherever it stands: raw, in JSON and in a URL', () => {
  const { log, lines } = written({ secrets: ['pa"ss wörd', ''] });
  log.warn({ url: 'postgres://wenda:pa%22ss%20w%C3%B6rd@db/wenda', words: 'pa"ss wörd' }, 'as pa"ss wörd');
  const { time: _, ...rest } = JSON.parse(lines.join(''));
  expect(rest).toEqual({ level: 'warn', url: 'postgres://wenda:***@db/wenda', words: '***', msg: 'as ***' });
});
