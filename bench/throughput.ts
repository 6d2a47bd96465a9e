import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app/app.ts';
import { createCore } from '../src/app/core.ts';
import { createLog } from '../src/app/log.ts';
import { createMetrics } from '../src/app/metrics.ts';
import type { Knowledge } from '../src/core/knowledge/knowledge.ts';
import type { Channel, Receive, Store } from '../src/ports.ts';
import { openStore } from '../src/store/open.ts';
import { startPostgres } from '../test/postgres.ts';
import { type Figure, percentile } from './figures.ts';

const questions = [
  'how much does an ICP filing cost?',
  '备案要多少钱',
  'may we use a CDN inside China?',
  '香港服务器要备案吗',
  'hello',
];
const conversations = 100;
const inAll = 3_000;
const pacedMessages = 1_000;

/** Messages a second through the whole app, and event to reply at 100 a second, on SQLite and PostgreSQL. */
export async function measureThroughput(knowledge: Knowledge): Promise<readonly Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'wenda-bench-'));
  const sqlite = await onStore('SQLite', '1,000', knowledge, await openStore({ dataDir: data }));
  rmSync(data, { recursive: true });
  const { url, connections, stop } = await startPostgres();
  const name = process.env['DATABASE_URL'] ? 'PostgreSQL' : 'PostgreSQL (embedded, one connection)';
  const postgres = await onStore(
    name,
    '500',
    knowledge,
    await openStore({ databaseUrl: url, dataDir: '', connections }),
  );
  await stop();
  return [...sqlite, ...postgres];
}

async function onStore(name: string, goal: string, knowledge: Knowledge, store: Store): Promise<readonly Figure[]> {
  const replied = new Map<string, (at: number) => void>();
  let receive: Receive = async () => 'seen';
  const channel: Channel = {
    name: 'bench',
    start: async (received) => {
      receive = received;
    },
    send: async ({ conversation }) => {
      replied.get(conversation)?.(performance.now());
    },
    stop: async () => undefined,
    health: () => ({ ready: true, detail: '' }),
  };
  const metrics = createMetrics({ version: 'bench', counts: store.counts });
  const log = createLog({ level: 'error', output: process.stderr });
  const app = createApp({ store, core: createCore(knowledge), channels: [channel], clock: Date.now, log, metrics });
  await app.start();
  let number = 0;
  const send = (conversation: string) =>
    receive({
      key: `bench:${++number}`,
      conversation,
      at: Date.now(),
      body: { kind: 'text', text: questions[number % questions.length] ?? '' },
    });

  const began = performance.now();
  await Promise.all(
    Array.from({ length: conversations }, async (_, at) => {
      for (let turn = 0; turn < inAll / conversations; turn++) await send(`bench:${at}`);
    }),
  );
  await app.idle();
  const rate = (inAll / (performance.now() - began)) * 1_000;

  const latencies: number[] = [];
  const paced = Array.from({ length: pacedMessages }, async (_, at) => {
    await new Promise((resolve) => setTimeout(resolve, at * 10));
    const conversation = `bench:paced-${at}`;
    const start = performance.now();
    const reply = new Promise<number>((resolve) => replied.set(conversation, resolve));
    await send(conversation);
    latencies.push((await reply) - start);
  });
  await Promise.all(paced);
  await app.stop();
  await store.close();
  return [
    { what: `${name}: sustained, received and replied`, value: rate, unit: 'messages/s', goal },
    { what: `${name}: event to reply, p50, 100 a second`, value: percentile(latencies, 0.5), unit: 'ms' },
    { what: `${name}: event to reply, p99, 100 a second`, value: percentile(latencies, 0.99), unit: 'ms', goal: '25' },
  ];
}
