import { expect, test } from 'vitest';
import { createLoop } from '../../src/app/loop.ts';
import { keptLog } from './echo.ts';

const hour = 3_600_000;

/** A loop whose rounds the test ends one by one. */
function held() {
  const rounds: PromiseWithResolvers<number | null>[] = [];
  const { log, lines } = keptLog();
  const begun: (() => void)[] = [];
  const loop = createLoop({
    name: 'the loop',
    clock: Date.now,
    log,
    longestPause: hour,
    round() {
      const round = Promise.withResolvers<number | null>();
      rounds.push(round);
      for (const tell of begun.splice(0)) tell();
      return round.promise;
    },
  });
  return { loop, rounds, log: lines, next: () => new Promise<void>((resolve) => begun.push(resolve)) };
}

test('rounds do not overlap, and wakes during a round lead to one more', async () => {
  const { loop, rounds, next } = held();
  loop.wake();
  loop.wake();
  loop.wake();
  expect(rounds).toHaveLength(1);
  const second = next();
  rounds[0]?.resolve(null);
  await second;
  rounds[1]?.resolve(null);
  await loop.stop();
  expect(rounds).toHaveLength(2);
});

test.each([0, 1, 2, 3, 4, 5, 6, 7])('a wake while a round ends (after %i ticks) is not lost', async (ticks) => {
  const { loop, rounds, next } = held();
  loop.wake();
  const second = next();
  rounds[0]?.resolve(null);
  for (let tick = 0; tick < ticks; tick++) await null;
  loop.wake();
  await second;
  rounds[1]?.resolve(null);
  await loop.stop();
});

test('the next round is when the last one said, or when somebody knows better', async () => {
  const { loop, rounds, next } = held();
  loop.wake();
  const second = next();
  rounds[0]?.resolve(Date.now() + 5);
  await second;
  const third = next();
  rounds[1]?.resolve(Date.now() + hour);
  await Promise.resolve();
  loop.wakeAt(Date.now() + 5);
  await third;
  rounds[2]?.resolve(null);
  await loop.stop();
});

test('an outage is logged once, tried again by itself, and its end is logged', async () => {
  const { loop, rounds, log, next } = held();
  loop.wake();
  for (const round of [0, 1]) {
    const again = next();
    rounds[round]?.reject(new Error('The database does not answer.'));
    await Promise.resolve();
    loop.wake();
    expect(rounds).toHaveLength(round + 1);
    await again;
  }
  rounds[2]?.resolve(null);
  await loop.stop();
  expect(log.map(({ level, msg }) => [level, msg])).toEqual([
    ['error', 'the loop cannot go on; it is tried again every second'],
    ['info', 'the loop works again'],
  ]);
});

test('stopping waits for the round under way, and no other begins', async () => {
  const { loop, rounds } = held();
  loop.wake();
  loop.wake();
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  rounds[0]?.resolve(Date.now());
  await stopping;
  loop.wake();
  loop.wakeAt(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(rounds).toHaveLength(1);
});

test('a moment in many weeks is no reason for a round now', async () => {
  const { loop, rounds } = held();
  loop.wakeAt(Date.now() + 24 * 60 * hour);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(rounds).toEqual([]);
  await loop.stop();
});
