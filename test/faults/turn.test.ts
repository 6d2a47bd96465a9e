import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import type { Delivery, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { type Bot, seen, shippedCore, startBot, text } from './bot.ts';

let core: Core;
let store: Store;
const running: Bot[] = [];

beforeAll(async () => {
  core = await shippedCore();
});
beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((bot) => bot.stop()));
  await store.close();
});

async function start(options: Partial<Parameters<typeof startBot>[0]> = {}): Promise<Bot> {
  const bot = await startBot({ store, core, ...options });
  running.push(bot);
  return bot;
}

const question = 'how much does an ICP filing cost?';

describe('the same event', () => {
  it('delivered twice is applied and answered once', async () => {
    const bot = await start();
    expect(await bot.receive(text('ann', 1, question))).toBe('applied');
    await bot.idle();
    expect(await bot.receive(text('ann', 1, question))).toBe('seen');
    await bot.idle();
    expect(bot.sent).toHaveLength(1);
    expect((await seen(store, 'ann')).visitor).toEqual([question]);
  });

  it('delivered eight times at once is applied and answered once', async () => {
    const bot = await start();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => bot.receive(text('ann', 1, question))));
    await bot.idle();
    expect(outcomes.toSorted()).toEqual(['applied', ...Array(7).fill('seen')]);
    expect(bot.sent).toHaveLength(1);
  });

  it('delivered late, after newer ones, is applied where it arrives and once', async () => {
    const bot = await start();
    for (const number of [2, 3, 1, 2, 1]) await bot.receive(text('ann', number, `hello ${number}`));
    await bot.idle();
    expect((await seen(store, 'ann')).visitor).toEqual(['hello 2', 'hello 3', 'hello 1']);
    expect(bot.sent.map(({ key }) => key).length).toBe(new Set(bot.sent.map(({ key }) => key)).size);
  });
});

describe('a turn that throws', () => {
  const fragile = (times: number): Core => {
    let left = times;
    return {
      ...core,
      turn(state, event) {
        if (event.type === 'said' && event.text.includes('secret plan') && left > 0) {
          left -= 1;
          throw new Error(`cannot read ${event.text}`);
        }
        return core.turn(state, event);
      },
    };
  };

  it('is tried again, and the visitor notices nothing when that helps', async () => {
    const bot = await start({ core: fragile(2) });
    await bot.receive(text('ann', 1, 'secret plan'));
    await bot.idle();
    expect(bot.log.filter((line) => line.includes('"error"'))).toEqual([]);
    expect(bot.sent.map(({ message }) => message.refs)).not.toContainEqual(['apology']);
  });

  it('leads to an apology and a log line without words of the visitor; other conversations go on', async () => {
    const bot = await start({ core: fragile(Number.POSITIVE_INFINITY) });
    await Promise.all([
      bot.receive(text('ann', 1, 'my secret plan')),
      bot.receive(text('bob', 1, question)),
      bot.receive(text('ann', 2, question)),
    ]);
    await bot.idle();
    const [apology, answer] = bot.sent.filter(({ conversation }) => conversation === 'test:ann');
    expect(apology?.message.refs).toEqual(['apology']);
    const [same] = bot.sent.filter(({ conversation }) => conversation === 'test:bob');
    expect(answer?.message).toEqual(same?.message);
    expect((await seen(store, 'ann')).visitor).toEqual(['my secret plan', question]);
    const errors = bot.log.filter((line) => line.includes('"level":"error"'));
    expect(errors.map((line) => JSON.parse(line).key)).toEqual(['test:ann:1']);
    expect(bot.log.join('')).not.toContain('secret');
    expect(await bot.receive(text('ann', 1, 'my secret plan'))).toBe('seen');
  });
});

describe('a slow channel', () => {
  it('holds up its own conversation only, and keeps its order', async () => {
    const gate = Promise.withResolvers<void>();
    const bob = Promise.withResolvers<void>();
    const bot = await start({
      async send({ conversation }) {
        if (conversation === 'test:ann') await gate.promise;
        else bob.resolve();
      },
    });
    await bot.receive(text('ann', 1, 'hello'));
    await bot.receive(text('ann', 2, question));
    await bot.receive(text('bob', 1, question));
    await bob.promise;
    expect(bot.sent.filter(({ conversation }) => conversation === 'test:ann')).toEqual([]);
    gate.resolve();
    await bot.idle();
    const toAnn = bot.sent.filter(({ conversation }) => conversation === 'test:ann').map(({ id }) => id);
    expect(toAnn).toHaveLength(2);
    expect(toAnn).toEqual(toAnn.toSorted((one, other) => one - other));
  });
});

describe('a claim', () => {
  const consultant = { id: 'c1', name: 'Consultant' };
  const claim = () =>
    store.transact({ key: 'desk:claim', conversation: 'test:ann', at: 2 }, ({ state }) => {
      if (!state) throw new Error('there is no such conversation');
      const event = { id: 'claim', at: 2, type: 'claimed', consultant } as const;
      const [next, effects] = core.turn(state, event);
      return { state: next, effects, event };
    });

  it('that comes between a reply and its sending keeps the reply back', async () => {
    const claimed: Delivery[] = [];
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    let holding = false;
    const bot = await start({
      store: {
        ...store,
        async claim(...given) {
          const rows = await store.claim(...given);
          if (holding && rows.length > 0) {
            holding = false;
            claimed.push(...rows);
            held.resolve();
            await gate.promise;
          }
          return rows;
        },
      },
    });
    await bot.receive(text('ann', 1, 'I want to talk to a consultant'));
    await bot.idle();
    expect(await store.cases('waiting', 10)).toHaveLength(1);
    const before = bot.sent.length;
    holding = true;
    await bot.receive(text('ann', 2, question));
    await held.promise;
    await claim();
    gate.resolve();
    await bot.idle();
    expect(claimed.map(({ author }) => author)).toEqual(['bot']);
    expect(bot.sent.slice(before).map(({ author, message }) => [author, message.refs])).toEqual([
      ['consultant', ['handoff.joined']],
    ]);
    expect(await store.cases('claimed', 10)).toMatchObject([{ consultant: { id: 'c1' } }]);
    await bot.receive(text('ann', 3, question));
    await bot.idle();
    expect(bot.sent).toHaveLength(before + 1);
  });
});
