import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Figure, percentile } from './figures.ts';

/** Sessions that talk at the same time under load, and messages of each. */
const sessions = 40;
const messages = 20;

/** So many messages, the first second of them, meet a program whose code is not compiled yet. */
const cold = 100;

/** Starts the real program and talks to it over HTTP: start to ready, memory, event to reply at about 100 messages a second. */
export async function measureProgram(): Promise<readonly Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'wenda-bench-'));
  const began = performance.now();
  const child = spawn(process.execPath, ['src/cli.js', 'start'], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: data, PORT: '0', LOG_LEVEL: 'error', TRUST_PROXY: 'on' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: [string] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ready = performance.now() - began;
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const atRest = memory();
  const latencies = await talk(url);
  const [first, later] = [latencies.slice(0, cold), latencies.slice(cold)];
  const underLoad = memory();
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(data, { recursive: true });
  return [
    { what: 'start to ready', value: ready, unit: 'ms', goal: '1,500' },
    { what: 'memory at rest', value: atRest, unit: 'MB', goal: '130' },
    { what: 'memory under load', value: underLoad, unit: 'MB' },
    { what: 'HTTP message to reply in the stream, first second, p99', value: percentile(first, 0.99), unit: 'ms' },
    { what: 'HTTP message to reply in the stream, p50, 100 a second', value: percentile(later, 0.5), unit: 'ms' },
    {
      what: 'HTTP message to reply in the stream, p99, 100 a second',
      value: percentile(later, 0.99),
      unit: 'ms',
      goal: '25',
    },
  ];
}

/** From message to reply, ms, in the order of the messages. */
async function talk(url: string): Promise<readonly number[]> {
  const asked: { readonly began: number; readonly took: number }[] = [];
  const visitors = await Promise.all(Array.from({ length: sessions }, (_, at) => openVisitor(url, at)));
  const pace = (1_000 / 100) * sessions;
  await Promise.all(
    visitors.map(async (visitor, at) => {
      await new Promise((resolve) => setTimeout(resolve, (at * pace) / sessions));
      for (let number = 0; number < messages; number++) {
        const began = performance.now();
        await visitor.ask('how much does an ICP filing cost?', number);
        asked.push({ began, took: performance.now() - began });
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, pace - (performance.now() - began))));
      }
      visitor.close();
    }),
  );
  return asked.toSorted((one, other) => one.began - other.began).map(({ took }) => took);
}

async function openVisitor(url: string, at: number) {
  const from = { 'x-forwarded-for': `10.0.0.${at}` };
  const opened = await fetch(`${url}/api/chat/session`, { method: 'POST', headers: from });
  const { token } = (await opened.json()) as { token: string };
  const headers = { ...from, authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const abort = new AbortController();
  const stream = await fetch(`${url}/api/chat/stream`, { headers, signal: abort.signal });
  const waiting = new Map<string, () => void>();
  const decoder = new TextDecoder();
  const follow = async () => {
    for await (const chunk of stream.body ?? []) {
      for (const [, id = ''] of decoder.decode(chunk).matchAll(/"id":"([^"]+)","author":"bot"/g)) waiting.get(id)?.();
    }
  };
  follow().catch(() => undefined);
  return {
    async ask(text: string, number: number): Promise<void> {
      const id = `bench-${at}-${number}-${'x'.repeat(8)}`;
      const answered = new Promise<void>((resolve) => waiting.set(id, resolve));
      const body = JSON.stringify({ id, kind: 'text', text });
      const taken = await fetch(`${url}/api/chat/messages`, { method: 'POST', headers, body });
      if (taken.status !== 202) throw new Error(`the message was refused: ${taken.status} ${await taken.text()}`);
      await answered;
    },
    close: () => abort.abort(),
  };
}
