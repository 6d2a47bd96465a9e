import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startWenda, wenda } from '../cli/wenda.ts';

let folder: string;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wenda-start-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  await rm(folder, { recursive: true });
});

const settings = (more: Record<string, string> = {}) => ({ PORT: '0', DATA_DIR: join(folder, 'data'), ...more });

/** The program with what it wrote so far. */
async function start(more: Record<string, string> = {}) {
  const child = startWenda(['start'], { env: settings(more) });
  children.add(child);
  const written = { out: '', err: '' };
  const waiting = new Set<() => void>();
  for (const [stream, name] of [
    [child.stdout, 'out'],
    [child.stderr, 'err'],
  ] as const) {
    stream.on('data', (chunk) => {
      written[name] += String(chunk);
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const seen = (name: 'out' | 'err', sought: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = sought.exec(written[name])?.[0];
        if (found !== undefined) resolve(found);
      };
      waiting.add(look);
      look();
      ended.then(() => reject(new Error(`ended without ${sought}: ${written.err}`)), reject);
    });
  const url = await seen('out', /http:\/\/\S+/);
  return { child, url, ended, seen, written };
}

async function openSession(url: string): Promise<string> {
  const response = await fetch(`${url}/api/chat/session`, { method: 'POST' });
  const { token } = z.object({ token: z.string() }).parse(await response.json());
  return token;
}

async function ask(url: string, token: string, client: string, text: string): Promise<number> {
  const response = await fetch(`${url}/api/chat/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: client, kind: 'text', text }),
  });
  await response.text();
  return response.status;
}

test('it says what is on, serves the chat, and on SIGTERM ends with 0 and its streams ended', async () => {
  const program = await start();
  const { url } = program;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/`)).status).toBe(200);
  const token = await openSession(url);
  const stream = await fetch(`${url}/api/chat/stream`, { headers: { authorization: `Bearer ${token}` } });
  program.child.kill('SIGTERM');
  await stream.text();
  expect(await program.ended).toEqual({ code: 0, signal: null });
  expect(program.written.out).toBe(`Wenda is ready: ${url}\n`);
  const said = program.written.err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).msg);
  expect(said).toEqual([
    `Web chat: on, ${url}`,
    expect.stringMatching(/^Web desk: on, http:\/\/127\.0\.0\.1:\d+\/desk\?key=[\w-]{20,} \(DESK_PASSWORD/),
    `Database: SQLite in ${join(folder, 'data')}/ (DATABASE_URL turns PostgreSQL on)`,
    expect.stringMatching(/^Knowledge: answers \d+, questionnaires \d+, from knowledge\/$/),
    'Slack: off (SLACK_BOT_TOKEN and SLACK_APP_TOKEN turn it on; docs/slack.md)',
    'Slack desk: off (SLACK_DESK_CHANNEL turns it on, with Slack)',
    'WeChat service account: off (WECHAT_APP_ID and WECHAT_TOKEN turn it on; docs/wechat.md)',
    'WeChat 微信客服: off (WECOM_CORP_ID and WECOM_KF_SECRET turn it on; docs/wechat.md)',
    'WeChat personal account: off (WECHATY_PUPPET turns it on; docs/wechat.md)',
    'SIGTERM: stopping',
    'stopped',
  ]);
});

test('a second signal ends it at once', async () => {
  const program = await start();
  const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n', () => resolve()));
  // The server must have begun to read, or it would close the connection as idle.
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  program.child.kill('SIGINT');
  await program.seen('err', /SIGINT: stopping/);
  program.child.kill('SIGINT');
  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(program.written.err).not.toContain('"stopped"');
  socket.destroy();
});

test('an unexpected fault is logged and ends it with 1', async () => {
  const hook = "process.on('SIGUSR2', () => { Promise.reject(new Error('boom')) })";
  const program = await start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` });
  program.child.kill('SIGUSR2');
  expect(await program.ended).toEqual({ code: 1, signal: null });
  const { level, msg, err } = JSON.parse(program.written.err.trim().split('\n').at(-1) ?? '');
  expect([level, msg, err.message]).toEqual(['fatal', 'an unexpected fault: the program ends, start it again', 'boom']);
});

test('a port that is taken is one sentence, and it ends with 1', async () => {
  const { url } = await start();
  const { port } = new URL(url);
  const { code, out, err } = await wenda(['start'], { env: settings({ PORT: port, LOG_LEVEL: 'warn' }) });
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: `Port ${port} is already in use: stop the other program, or set PORT to a free one.\n`,
  });
});

test('wrong settings are told all at once, and nothing is started', async () => {
  const { code, out, err } = await wenda(['start'], { env: settings({ PORT: 'x', LOG_LEVEL: 'loud' }) });
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: [
      'The settings need attention (environment or .env):',
      '  PORT: use a number from 0 to 65535',
      '  LOG_LEVEL: use fatal, error, warn, info, debug or silent',
      '',
    ].join('\n'),
  });
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('wrong knowledge is told with file and line, and nothing is started', async () => {
  const entries = { 'one.yaml': 'id: one\n', 'two.yaml': 'id: two\nquestions: 5\n' };
  for (const [name, text] of Object.entries(entries)) await writeFile(join(folder, name), text);
  const { code, out, err } = await wenda(['start'], { env: settings({ KNOWLEDGE_DIR: folder }) });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  const places = err
    .trim()
    .split('\n')
    .map((line) => line.replace(/: error: .*/, ''));
  expect(places).toEqual([join(folder, 'one.yaml:1'), join(folder, 'two.yaml:2')]);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('what was said before a restart is still there after it', async () => {
  const first = await start();
  const token = await openSession(first.url);
  expect(await ask(first.url, token, 'client-1', 'how much does an ICP filing cost?')).toBe(202);
  first.child.kill('SIGTERM');
  await first.ended;
  const second = await start();
  expect(await ask(second.url, token, 'client-1', 'how much does an ICP filing cost?')).toBe(202);
  const counted = await (await fetch(`${second.url}/metrics`)).text();
  expect(counted).toContain('wenda_messages_received_total{channel="web",verdict="repeated"} 1\n');
});
