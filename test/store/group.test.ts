import { expect, it } from 'vitest';
import { createGroup } from '../../src/store/group.ts';

/** A group that notes what is done together, and does nothing until it is released. */
function heldGroup(most: number) {
  const groups: string[][] = [];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const group = createGroup<string, string>({
    most,
    laneOf: (item) => item.slice(0, 1),
    async together(waiting) {
      groups.push(waiting.map(({ item }) => item));
      await released;
      for (const { item, resolve, reject } of waiting) {
        if (item === 'broken') throw new Error('broken');
        if (item === 'alone') resolve(Promise.resolve('ALONE'));
        else if (item === 'fault') reject(new Error('fault'));
        else resolve(item.toUpperCase());
      }
    },
  });
  return { group, groups, release };
}

it('does together what arrives at the same moment, and what arrives meanwhile after it', async () => {
  const { group, groups, release } = heldGroup(3);
  const first = ['a', 'b'].map(group.add);
  await new Promise((resolve) => setImmediate(resolve));
  const later = ['c', 'd', 'e', 'f'].map(group.add);
  release();
  expect(await Promise.all([...first, ...later])).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  expect(groups).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f']]);
});

it('takes one of each lane at a time, in their order', async () => {
  const { group, groups, release } = heldGroup(3);
  release();
  await Promise.all(['a1', 'a2', 'b1', 'a3', 'c1', 'd1', 'b2'].map(group.add));
  expect(groups).toEqual([['a1', 'b1', 'c1'], ['a2', 'd1', 'b2'], ['a3']]);
});

it('rejects one alone, or what is left of a group, and goes on with the next', async () => {
  const { group, release } = heldGroup(3);
  release();
  const items = ['alone', 'fault', 'go', 'hello', 'broken', 'x', 'y', 'z'];
  const outcomes = await Promise.allSettled(items.map(group.add));
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message))).toEqual([
    'ALONE',
    'fault',
    'GO',
    'HELLO',
    'broken',
    'broken',
    'Y',
    'Z',
  ]);
});

it('is idle when nothing waits and nothing is under way', async () => {
  const { group, release } = heldGroup(1);
  await group.idle();
  const done: string[] = [];
  for (const item of ['a', 'b']) void group.add(item).then((value) => done.push(value));
  release();
  await group.idle();
  expect(done).toEqual(['A', 'B']);
});
