import { expect, test } from 'vitest';
import { createWakes } from '../../adapters/web/wakes.ts';

const hour = 3_600_000;

test('A ring ends the wait of every bell of its conversation, and of no other', async () => {
  const wakes = createWakes();
  const done: string[] = [];
  const bells = ['a', 'a', 'b'].map((conversation) => wakes.listen(conversation));
  const waits = bells.map((bell, index) => bell.wait(hour).then(() => done.push(String(index))));
  wakes.ring('a');
  await Promise.all(waits.slice(0, 2));
  expect(done).toEqual(['0', '1']);
  wakes.end();
  await Promise.all(waits);
});

test('A ring between two waits is not lost, and counts once', async () => {
  const wakes = createWakes();
  const bell = wakes.listen('a');
  wakes.ring('a');
  wakes.ring('a');
  await bell.wait(hour);
  let isOver = false;
  const second = bell.wait(hour).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect(isOver).toBe(false);
  wakes.ring('a');
  await second;
});

test('A bell that has ended does not wait any more', async () => {
  const wakes = createWakes();
  const bell = wakes.listen('a');
  expect(bell.ended()).toBe(false);
  bell.end();
  bell.end();
  expect(bell.ended()).toBe(true);
  await bell.wait(hour);
  await bell.wait(hour);
});
