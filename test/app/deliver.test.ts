import { afterEach, beforeEach, expect, test } from 'vitest';
import { mostAttempts } from '../../src/app/backoff.ts';
import { createDelivery } from '../../src/app/deliver.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { type Channel, type Delivery, SendError, type Settlement, type Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { keptLog, say } from './echo.ts';

let store: Store;
let now: number;
let written: number;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
  now = 1_800_000_000_000;
  written = 0;
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await store.close();
});

const consultant = { id: 'c1', name: 'Consultant' };

/** Puts these words of the bot into the outbox, or other effects. */
async function write(conversation: string, ...said: readonly (string | Effect)[]): Promise<void> {
  written += 1;
  const key = `test:${written}`;
  await store.transact({ key, conversation, at: now }, (loaded) => ({
    state: loaded.state ?? newState('en'),
    event: {},
    effects: said.map((one) => (typeof one === 'string' ? { type: 'say', message: say(one) } : one)),
  }));
}

async function claimByConsultant(conversation: string): Promise<void> {
  await store.transact({ key: `claim:${conversation}`, conversation, at: now }, () => ({
    state: { ...newState('en'), activity: { at: 'with-consultant', case: 'case', consultant } },
    event: {},
    effects: [],
  }));
}

/** The outbox loop with the channel `test`. What it did to the store is kept. */
function open(options: { readonly store?: Partial<Store>; send?(delivery: Delivery): Promise<void> } = {}) {
  const attempts: string[] = [];
  const settlements: Settlement[] = [];
  const settled: string[] = [];
  const { log, lines } = keptLog('info');
  const channel: Channel = {
    name: 'test',
    start: async () => {},
    send: async (delivery) => {
      attempts.push(delivery.message.text);
      await options.send?.(delivery);
    },
    stop: async () => {},
    health: () => ({ ready: true, detail: '' }),
  };
  const metrics = createMetrics({ version: '1', counts: store.counts });
  const delivery = createDelivery({
    store: {
      ...store,
      settle: async (row, settlement, at) => {
        settlements.push(settlement);
        await store.settle(row, settlement, at);
      },
      ...options.store,
    },
    channels: [channel],
    clock: () => now,
    log,
    metrics,
    settled: (conversation) => settled.push(conversation),
  });
  stops.push(delivery.stop);
  return { delivery, attempts, settlements, settled, log: lines, metrics };
}

const shown = async (conversation: string) =>
  (await store.transcript(conversation, 0, 100)).map(({ text, status }) => [text, status]);

const words = (log: readonly Record<string, unknown>[]) => log.map(({ level, msg, reason }) => [level, msg, reason]);

test('what waits is sent in order, shown, and told of', async () => {
  const { delivery, attempts, settled } = open();
  await write('test:ann', 'one', 'two');
  await write('test:bob', 'three');
  delivery.start();
  await delivery.idle();
  expect(attempts.toSorted()).toEqual(['one', 'three', 'two']);
  expect(await shown('test:ann')).toEqual([
    ['one', 'shown'],
    ['two', 'shown'],
  ]);
  expect(settled.toSorted()).toEqual(['test:ann', 'test:ann', 'test:bob']);
});

test('what fails for now is sent later, and the next of its conversation waits for it', async () => {
  let down = true;
  const { delivery, attempts, settlements, log } = open({
    async send() {
      if (down) throw new Error('connection reset');
    },
  });
  await write('test:ann', 'one', 'two');
  await delivery.idle();
  expect(attempts).toEqual(['one']);
  const [later] = settlements;
  const pause = later?.as === 'later' ? later.at - now : 0;
  expect(settlements).toEqual([{ as: 'later', at: now + pause, reason: 'connection reset' }]);
  expect(pause).toBeGreaterThanOrEqual(500);
  expect(pause).toBeLessThanOrEqual(1000);
  expect(words(log)).toEqual([['warn', 'a message could not be sent yet', 'connection reset']]);
  down = false;
  await delivery.idle();
  expect(attempts).toEqual(['one']);
  now += 1000;
  await delivery.idle();
  expect(attempts).toEqual(['one', 'one', 'two']);
});

test('a platform that names a pause is left alone for so long', async () => {
  const { delivery, settlements } = open({
    send: () => Promise.reject(new SendError('retry', 'slow down', { retryAfter: 30_000 })),
  });
  await write('test:ann', 'one');
  await delivery.idle();
  expect(settlements).toEqual([{ as: 'later', at: now + 30_000, reason: 'slow down' }]);
});

test('after the last attempt a message is given up, which is logged with its key, and the next one goes', async () => {
  const { delivery, attempts, settlements, log } = open({
    async send({ message }) {
      if (message.text === 'one') throw new Error('connection reset');
    },
  });
  await write('test:ann', 'one', 'two');
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    await delivery.idle();
    now += 300_000;
  }
  expect(attempts).toEqual([...Array(mostAttempts).fill('one'), 'two']);
  expect(settlements.slice(-2)).toEqual([{ as: 'failed', reason: 'connection reset' }, { as: 'sent' }]);
  const [error] = log.filter(({ level }) => level === 'error');
  expect(error).toEqual({
    level: 'error',
    time: error?.['time'],
    key: expect.stringMatching(/^test:1#\d+$/),
    conversation: 'test:ann',
    attempts: mostAttempts,
    reason: 'connection reset',
    msg: 'a message was given up',
  });
  expect(await shown('test:ann')).toEqual([['two', 'shown']]);
});

test.each([
  ['refused', 'failed', 'a message was refused'],
  ['uncertain', 'uncertain', 'a message may or may not have arrived'],
] as const)('what is %s is not sent again', async (action, as, logged) => {
  const { delivery, attempts, settlements, log } = open({
    send: () => Promise.reject(new SendError(action, 'no such user')),
  });
  await write('test:ann', 'one');
  await delivery.idle();
  now += 3_600_000;
  await delivery.idle();
  expect(attempts).toEqual(['one']);
  expect(settlements).toEqual([{ as, reason: 'no such user' }]);
  expect(words(log)).toEqual([['error', logged, 'no such user']]);
});

test('messages of a channel that is switched off stay in the store, which is said once', async () => {
  const { delivery, settlements, log } = open();
  await write('slack:a', 'one');
  await write('slack:b', 'two');
  await delivery.idle();
  const later = { as: 'later', at: now + 60_000, reason: 'The channel slack is switched off.' };
  expect(settlements).toEqual([later, later]);
  expect(log.map(({ level, channel, msg }) => [level, channel, msg])).toEqual([
    ['warn', 'slack', 'messages wait for a channel that is switched off'],
  ]);
  expect((await store.counts()).outbox).toBe(2);
});

test('the bot says nothing to a visitor whom a consultant holds, the words of the consultant go out', async () => {
  const { delivery, attempts, settlements } = open({
    // The claim comes after the lease, which is the moment when the store can no longer take the reply back.
    store: {
      claim: async (...given) => {
        const rows = await store.claim(...given);
        if (rows.length > 0) await claimByConsultant('test:ann');
        return rows;
      },
    },
  });
  await write('test:ann', 'from the bot');
  await delivery.idle();
  await write('test:ann', { type: 'relay', consultant, message: say('from the consultant') });
  await delivery.idle();
  expect(attempts).toEqual(['from the consultant']);
  expect(settlements).toEqual([{ as: 'discarded' }, { as: 'sent' }]);
});

test('forty slow recipients do not hold up another one', async () => {
  const gate = Promise.withResolvers<void>();
  const quick = Promise.withResolvers<void>();
  const { delivery, attempts } = open({
    async send({ message }) {
      if (message.text === 'quick') return quick.resolve();
      await gate.promise;
    },
  });
  for (let slow = 0; slow < 40; slow++) await write(`test:slow-${slow}`, 'slow');
  delivery.start();
  await write('test:ann', 'quick');
  delivery.wake();
  await quick.promise;
  gate.resolve();
  await delivery.idle();
  expect(attempts).toHaveLength(41);
});

test('an outcome that could not be stored at once is stored a moment later, and the message is sent once', async () => {
  let failures = 2;
  const { delivery, attempts } = open({
    store: {
      settle: async (row, settlement, at) => {
        if (failures-- > 0) throw new Error('The database does not answer.');
        await store.settle(row, settlement, at);
      },
    },
  });
  await write('test:ann', 'one');
  await delivery.idle();
  expect(attempts).toEqual(['one']);
  expect(await shown('test:ann')).toEqual([['one', 'shown']]);
});

test('stopping waits for what is being sent; what had not begun stays in the store', async () => {
  const gate = Promise.withResolvers<void>();
  const sending = Promise.withResolvers<void>();
  const { delivery, attempts } = open({
    async send() {
      sending.resolve();
      await gate.promise;
    },
  });
  await write('test:ann', 'one', 'two');
  delivery.start();
  await sending.promise;
  const stopped = delivery.stop();
  gate.resolve();
  await stopped;
  expect(attempts).toEqual(['one']);
  expect(await shown('test:ann')).toEqual([['one', 'shown']]);
  expect((await store.counts()).outbox).toBe(1);
});

test('stopping does not wait for ever', async () => {
  const sending = Promise.withResolvers<void>();
  const { delivery } = open({
    send() {
      sending.resolve();
      return new Promise(() => {});
    },
  });
  await write('test:ann', 'one');
  delivery.start();
  await sending.promise;
  await delivery.stop();
  expect(await shown('test:ann')).toEqual([]);
});

test('deliveries are counted, and the time to the first reply is measured', async () => {
  const { delivery, metrics } = open({
    async send({ message }) {
      if (message.text === 'bad') throw new SendError('refused', 'no');
    },
  });
  metrics.awaited('test:ann', performance.now());
  await write('test:ann', 'one', 'two');
  await write('test:bob', 'bad');
  await delivery.idle();
  const counted = (await metrics.text()).split('\n');
  expect(counted.filter((line) => line.startsWith('wenda_deliveries_total{')).toSorted()).toEqual([
    'wenda_deliveries_total{channel="test",as="failed"} 1',
    'wenda_deliveries_total{channel="test",as="sent"} 2',
  ]);
  expect(counted).toContain('wenda_reply_seconds_count{channel="test"} 1');
});
