import { expect, test } from 'vitest';
import { createPace } from '../../../adapters/wechat/wechaty/pace.ts';

test('a program that stood still does not send what waited in a burst', async () => {
  const pace = createPace({ every: 100, jitter: 0 });
  const at: number[] = [];
  const turns = Promise.all([1, 2, 3, 4].map(() => pace.turn().then(() => at.push(performance.now()))));
  await new Promise((resolve) => setTimeout(resolve, 10));
  const until = performance.now() + 350;
  while (performance.now() < until);
  await turns;
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(95);
});

test('who would wait too long is told to come again', async () => {
  const pace = createPace({ every: 5_000, jitter: 0 });
  await pace.turn();
  await expect(pace.turn()).rejects.toMatchObject({ action: 'retry', retryAfter: 4_000 });
});
