import { expect, it } from 'vitest';
import { createGroup } from '../../src/store/group.ts';

/** A group that notes what is done together, and does nothing until it is released. */
function heldGroup(most: number) {
  const groups: string[][] = [];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const group = createGroup<string, string>(most, async (items) => {
    groups.push([...items]);
    await released;
    if (items.includes('broken')) throw new Error('broken');
    return items.map((item) =>
      item === 'bad'
        ? { status: 'rejected', reason: new Error('bad') }
        : { status: 'fulfilled', value: item.toUpperCase() },
    );
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

it('rejects one alone, or the whole group, and goes on with the next', async () => {
  const { group, release } = heldGroup(2);
  release();
  const outcomes = await Promise.allSettled(['a', 'bad', 'b', 'broken', 'c', 'd'].map(group.add));
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, false, false, true, true]);
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
