import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { newState } from '../../src/core/conversation/state.ts';
import type { Channel, Receive, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { echo, keptLog } from './echo.ts';

let store: Store;
let now: number;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
  now = 1_800_000_000_000;
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await store.close();
});

/** A bot whose clock the test moves; it looks at its timers when it starts. */
async function startBot() {
  const sent: string[] = [];
  const waiting: { text: string; resolve(): void }[] = [];
  const started = Promise.withResolvers<Receive>();
  const channel: Channel = {
    name: 'test',
    start: async (receive) => started.resolve(receive),
    send: async ({ conversation, message }) => {
      sent.push(`${conversation} ${message.text}`);
      for (const { text, resolve } of waiting) if (sent.includes(text)) resolve();
    },
    stop: async () => {},
    health: () => ({ ready: true, detail: '' }),
  };
  const { log, lines } = keptLog('info');
  const metrics = createMetrics({ version: '1', counts: store.counts });
  const app = createApp({ store, core: echo, channels: [channel], clock: () => now, log, metrics });
  await app.start();
  stops.push(app.stop);
  const receive = await started.promise;
  return {
    sent,
    log: lines,
    idle: app.idle,
    stop: app.stop,
    hear: (number: number, text: string, at = now) =>
      receive({ key: `test:ann:${number}`, conversation: 'test:ann', at, body: { kind: 'text', text } }),
    /** Resolves when these words have been sent. */
    until: (text: string) =>
      new Promise<void>((resolve) => {
        if (sent.includes(text)) resolve();
        else waiting.push({ text, resolve });
      }),
  };
}

/** Sets a timer that is due one second after now. */
async function setTimer(conversation: string, name: string, at = now + 1000): Promise<void> {
  await store.transact({ key: `${conversation}:${name}`, conversation, at: now }, () => ({
    state: newState('en'),
    event: {},
    effects: [{ type: 'set-timer', name, at }],
  }));
}

test('a timer goes off once, also when the program was down at that time', async () => {
  const before = await startBot();
  await before.hear(1, 'remind me');
  await before.idle();
  await before.stop();
  expect(before.sent).toEqual(['test:ann said remind me']);
  now += 61_000;
  const bot = await startBot();
  await bot.until('test:ann timer');
  await bot.stop();
  expect(bot.sent).toEqual(['test:ann timer']);
  expect(await store.counts()).toEqual({ outbox: 0, oldestOutboxAt: null, timers: 0, waitingCases: 0 });
  const after = await startBot();
  await after.idle();
  expect(after.sent).toEqual([]);
});

test('a timer that is set while the program runs goes off at its time', async () => {
  const bot = await startBot();
  // The timer is one minute ahead of the message, which happened almost a minute ago.
  await bot.hear(1, 'remind me', now - 60_000 + 30);
  now += 30;
  await bot.until('test:ann timer');
});

test('a timer whose turn fails is dropped without a word to the visitor, and logged', async () => {
  await setTimer('test:ann', 'break');
  await setTimer('test:bob', 'nudge');
  now += 2000;
  const bot = await startBot();
  await bot.until('test:bob timer');
  await bot.idle();
  expect(bot.sent).toEqual(['test:bob timer']);
  expect((await store.counts()).timers).toBe(0);
  expect(bot.log.map(({ level, conversation, msg }) => [level, conversation, msg])).toEqual([
    ['error', 'test:ann', 'a turn failed three times and was not applied'],
  ]);
});

test('more timers than are taken at once all go off', async () => {
  for (let number = 0; number < 120; number++) await setTimer(`test:${number}`, 'nudge', now + number);
  now += 1000;
  const bot = await startBot();
  await bot.until('test:119 timer');
  await bot.idle();
  expect(new Set(bot.sent).size).toBe(120);
});

test('keys of events are forgotten after seven days', async () => {
  const bot = await startBot();
  await bot.hear(1, 'hello');
  await bot.stop();
  now += 6 * 86_400_000;
  const second = await startBot();
  await second.idle();
  expect(await second.hear(1, 'hello')).toBe('seen');
  await second.stop();
  now += 2 * 86_400_000;
  const third = await startBot();
  await third.stop();
  const fourth = await startBot();
  expect(await fourth.hear(1, 'hello')).toBe('applied');
});
