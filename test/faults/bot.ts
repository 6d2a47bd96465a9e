import { createApp } from '../../src/app/app.ts';
import type { Apply } from '../../src/app/apply.ts';
import { type Core, createCore } from '../../src/app/core.ts';
import { createLog } from '../../src/app/log.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { prepareKnowledge } from '../../src/knowledge/prepare.ts';
import type { Channel, Clock, Delivery, Incoming, Line, Receive, Store } from '../../src/ports.ts';

/**
 * A running bot of which the test is the platform: visitors are on the channel `test`, consultants are told of cases on
 * the channel `lane` where the store has that desk.
 */
export interface Bot {
  readonly receive: Receive;
  readonly apply: Apply;
  /** What was carried out, in order. */
  readonly sent: readonly Delivery[];
  /** What was logged, one JSON object a line. */
  readonly log: readonly string[];
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** The shipped knowledge, and the core with it. */
export async function shipped(): Promise<{ readonly core: Core; readonly knowledge: Knowledge }> {
  const prepared = await prepareKnowledge('knowledge');
  if (!prepared.knowledge) throw new Error(JSON.stringify(prepared.problems));
  return { core: createCore(prepared.knowledge, prepared.index), knowledge: prepared.knowledge };
}

/** The core with the shipped knowledge. */
export async function shippedCore(): Promise<Core> {
  return (await shipped()).core;
}

/** Starts a bot on a store. `send` stands for the platform; it takes everything at once unless given. */
export async function startBot(options: {
  readonly store: Store;
  readonly core: Core;
  readonly clock?: Clock;
  send?(delivery: Delivery): Promise<void>;
}): Promise<Bot> {
  const { store, core, clock = Date.now, send = async () => {} } = options;
  const sent: Delivery[] = [];
  const log: string[] = [];
  const started = Promise.withResolvers<Receive>();
  const channel = (name: string): Channel => ({
    name,
    start: async (receive) => started.resolve(receive),
    send: async (delivery) => {
      await send(delivery);
      sent.push(delivery);
    },
    stop: async () => {},
    health: () => ({ ready: true, detail: 'The test listens.' }),
  });
  const app = createApp({
    store,
    core,
    channels: [channel('test'), channel('lane')],
    clock,
    log: createLog({ level: 'info', output: { write: (line) => log.push(line) } }),
    metrics: createMetrics({ version: '0', counts: store.counts }),
  });
  await app.start();
  return { receive: await started.promise, apply: app.apply, sent, log, idle: app.idle, stop: app.stop };
}

/** A message of a visitor, which happened at a fixed time so that every run gives the same. */
export function text(conversation: string, number: number, words: string): Incoming {
  return {
    key: `test:${conversation}:${number}`,
    conversation: `test:${conversation}`,
    at: 1_800_000_000_000 + number * 1000,
    body: { kind: 'text', text: words },
  };
}

/** What a visitor sees: their own lines and the bot's, each in order. How the two interleave depends on the timing. */
export async function seen(store: Pick<Store, 'transcript'>, conversation: string) {
  const lines = await store.transcript(`test:${conversation}`, 0, 10_000);
  const of = (author: Line['author']) => lines.filter((line) => line.author === author).map((line) => line.text);
  return { visitor: of('visitor'), bot: of('bot') };
}
