import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import type { Outgoing } from '../../src/core/message.ts';
import { type Commit, type Delivery, type Store, timerKey } from '../../src/ports.ts';
import { modelContract } from './model.ts';

const lease = 30_000;

/** A message of the bot. */
function outgoing(text: string): Outgoing {
  return { text, language: 'en', refs: [text] };
}

/** What an event does that makes the bot say these texts. */
export function saying(...texts: string[]): Commit {
  return commit(texts.map((text) => ({ type: 'say', message: outgoing(text) })));
}

function commit(effects: readonly Effect[], state: State = newState('en'), text = 'a question'): Commit {
  return { state, effects, line: { author: 'visitor', text }, event: { type: 'said', text } };
}

const claimed: State = {
  ...newState('en'),
  activity: { at: 'with-consultant', case: 'c1', consultant: { id: 'U1', name: 'Consultant' } },
};

/** What is known of a case that was just opened. */
const untouched = {
  status: 'waiting',
  consultant: null,
  paged: false,
  snoozedUntil: null,
  helpful: null,
} as const;

/** What every store must do, whatever its dialect. Times are plain numbers; every test has a conversation of its own. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  let number = 0;
  const conversation = () => `test:${++number}`;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const shown = async (id: string) =>
    (await store.transcript(id, 0, 100)).map(({ text, position }) => [position, text]);
  const claimOf = async (id: string, now: number) =>
    (await store.claim(now, 1000, lease)).filter((row) => row.conversation === id);

  describe('places', () => {
    it('keeps the place of a message with its replies, and the last one with the conversation', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => ({ ...saying('one'), place: 'here' }));
      await store.transact({ key: `${id}-2`, conversation: id, at: 2 }, () => ({ ...saying('two'), place: 'there' }));
      await store.transact({ key: `${id}-3`, conversation: id, at: 3 }, () => saying('three'));
      const places: unknown[] = [];
      for (const at of [10, 11, 12]) {
        const [row] = await claimOf(id, at);
        places.push(row?.place);
        if (row) await store.settle(row, { as: 'sent' }, at);
      }
      expect(places).toEqual(['here', 'there', 'there']);
      expect(await store.placeOf(id)).toBe('there');
      expect(await store.load(id)).toEqual(newState('en'));
    });

    it('keeps a place without any event, and finds what happened lately on a channel', async () => {
      const id = `meet${conversation()}`;
      expect([await store.placeOf(id), await store.load(id)]).toEqual([undefined, undefined]);
      await store.setPlace(id, 'square', 1_000);
      await store.setPlace(id, 'park', 2_000);
      await store.transact({ key: `${id}-1`, conversation: id, at: 3_000 }, () => saying('hello'));
      const other = `${id}-b`;
      await store.setPlace(other, 'lake', 4_000);
      const channel = id.split(':')[0] ?? '';
      expect(await store.recent(channel, 3_000, 10)).toEqual([
        { conversation: other, place: 'lake', at: 4_000 },
        { conversation: id, place: 'park', at: 3_000 },
      ]);
      expect(await store.recent(channel, 3_500, 10)).toHaveLength(1);
      expect(await store.recent(channel, 0, 1)).toHaveLength(1);
      expect(await store.recent('mee', 0, 10)).toEqual([]);
    });
  });

  describe('fetching', () => {
    const textsOf = (rows: readonly Delivery[] | undefined) => rows?.map(({ message }) => message.text);
    const ids = (rows: readonly Delivery[] | undefined) => (rows ?? []).map(({ id }) => id);

    it('holds replies back from everybody but the one who fetches them, and hands them over with a note', async () => {
      const id = conversation();
      const held = { ...saying('one', 'two'), heldUntil: 5_000 };
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => held);
      expect(await claimOf(id, 4_999)).toEqual([]);
      expect(textsOf(await store.fetch(id, 100, 4_900))).toEqual(['one', 'two']);
      const rows = await store.fetch(id, 200, 4_900);
      expect(textsOf(rows)).toEqual(['one', 'two']);
      expect(await store.fetch(id, 5_099, 50)).toBeUndefined();
      expect(textsOf(await store.fetch(id, 5_100, 50))).toEqual(['one', 'two']);
      await store.hand(id, ids(rows), 'handed');
      expect(await store.fetch(id, 10_000, 50)).toEqual([]);
      expect(await claimOf(id, 10_000)).toEqual([]);
      expect(await store.recall(id)).toBe('handed');
      expect(await shown(id)).toEqual([
        [1, 'a question'],
        [2, 'one'],
        [3, 'two'],
      ]);
    });

    it('carries out what nobody fetched when its time comes', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => ({ ...saying('one'), heldUntil: 5_000 }));
      expect(textsOf(await claimOf(id, 5_000))).toEqual(['one']);
    });

    it('called right after an event finds what it posts where the store says so, and nothing of one that fails', async () => {
      const [id, fails] = [conversation(), conversation()];
      const applied = store.transact({ key: id, conversation: id, at: 1 }, () => saying('along'));
      const work = () => {
        throw new Error('no such turn');
      };
      const failed = expect(store.transact({ key: fails, conversation: fails, at: 1 }, work)).rejects.toThrow();
      const claimed = store.claim(10, 1000, lease);
      expect(await applied).toBe('applied');
      await failed;
      const rows = (await claimed).filter((row) => row.conversation === id || row.conversation === fails);
      if (store.claimsAlong) expect(textsOf(rows)).toEqual(['along']);
      const left = (await store.claim(10, 1000, lease)).filter((row) => row.conversation === id);
      expect(textsOf([...rows, ...left])).toEqual(['along']);
    });

    it('gives what stands behind a claimed message, and what was kept when the visitor is back', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('one', 'two'));
      const [first] = await claimOf(id, 10);
      if (!first) throw new Error('nothing was claimed');
      expect(await store.fetch(id, 11, lease)).toBeUndefined();
      const behind = await store.fetch(id, 11, lease, first.id);
      expect(textsOf(behind)).toEqual(['two']);
      for (const row of [first, ...(behind ?? [])])
        await store.settle(row, { as: 'later', at: 1_000_000, reason: 'kept' }, 12);
      await store.transact({ key: `${id}-2`, conversation: id, at: 20 }, () => ({ ...saying('three'), heldUntil: 30 }));
      expect(textsOf(await claimOf(id, 30))).toEqual(['one']);
    });
  });

  describe('notes', () => {
    it('are kept by key, the last one counts, and those of a conversation are erased with it', async () => {
      const id = conversation();
      expect(await store.recall(id)).toBeUndefined();
      await store.keep(`${id}-cursor`, 'one');
      await store.keep(`${id}-cursor`, 'two');
      await store.keep(id, 'private');
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => ({
        ...saying('gone'),
        effects: [{ type: 'forget' }],
      }));
      expect([await store.recall(`${id}-cursor`), await store.recall(id)]).toEqual(['two', undefined]);
    });
  });

  describe('transact', () => {
    it('gives a new conversation no state, and afterwards the state that was committed', async () => {
      const id = conversation();
      const loaded: unknown[] = [];
      const state = { ...newState('zh'), misses: 2 };
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, ({ state: before }) => {
        loaded.push(before);
        return commit([], state);
      });
      await store.transact({ key: `${id}-2`, conversation: id, at: 2 }, ({ state: before }) => {
        loaded.push(before);
        return commit([]);
      });
      expect(loaded).toEqual([undefined, state]);
    });

    it('applies a key once, also when it arrives twice at the same time', async () => {
      const id = conversation();
      const once = () => store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('reply'));
      expect((await Promise.all([once(), once(), once()])).toSorted()).toEqual(['applied', 'seen', 'seen']);
      expect(await once()).toBe('seen');
      expect(await claimOf(id, 5)).toHaveLength(1);
      expect(await shown(id)).toEqual([[1, 'a question']]);
    });

    it('leaves nothing behind when work throws, and takes the same key again', async () => {
      const id = conversation();
      const fault = new Error('no such entry');
      const event = { key: `${id}-1`, conversation: id, at: 1 };
      await expect(
        store.transact(event, () => {
          throw fault;
        }),
      ).rejects.toBe(fault);
      expect(await shown(id)).toEqual([]);
      expect(await store.transact(event, () => saying('reply'))).toBe('applied');
    });

    it('does not disturb other conversations whose events are committed in the same moment', async () => {
      const ids = Array.from({ length: 20 }, conversation);
      const outcomes = await Promise.allSettled(
        ids.map((id, at) =>
          store.transact({ key: `${id}-1`, conversation: id, at }, () => {
            if (at % 3 === 0) throw new Error('fault');
            return saying('reply');
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(
        ids.map((_, at) => (at % 3 === 0 ? 'rejected' : 'fulfilled')),
      );
      const lines = await Promise.all(ids.map((id) => shown(id)));
      expect(lines.map(({ length }) => length)).toEqual(ids.map((_, at) => (at % 3 === 0 ? 0 : 1)));
    });

    it('applies fifty events of one conversation one at a time, in the order of the calls', async () => {
      const id = conversation();
      await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          store.transact({ key: `${id}-${at}`, conversation: id, at }, ({ state }) => {
            const misses = (state?.misses ?? 0) + 1;
            return commit([], { ...newState('en'), misses }, `${at}: ${misses}`);
          }),
        ),
      );
      expect(await shown(id)).toEqual(Array.from({ length: 50 }, (_, at) => [at + 1, `${at}: ${at + 1}`]));
    });
  });

  describe('what a platform may bring', () => {
    it('text with NUL or half a surrogate pair is kept without them', async () => {
      const id = conversation();
      const state = newState('en');
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () =>
        commit([{ type: 'say', message: outgoing('b\0c') }], state, 'a\0\ud800b'),
      );
      const [row] = await claimOf(id, 10);
      await store.settle({ id: row?.id ?? 0, conversation: id }, { as: 'sent' }, 11);
      expect(await shown(id)).toEqual([
        [1, 'a\ufffdb'],
        [2, 'bc'],
      ]);
    });

    it('moments with fractions of a millisecond are cut to whole ones', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1.5 }, () =>
        commit([
          { type: 'set-timer', name: 'pause', at: 7.9 },
          { type: 'say', message: outgoing('reply') },
        ]),
      );
      const due = (await store.dueTimers(7.2, 1000)).filter((timer) => timer.conversation === id);
      expect(due).toEqual([{ conversation: id, name: 'pause', at: 7 }]);
      const [row] = await claimOf(id, 10.5);
      await store.settle({ id: row?.id ?? 0, conversation: id }, { as: 'later', at: 20.7, reason: 'busy' }, 11);
      expect(await claimOf(id, 20)).toHaveLength(1);
      expect((await store.transcript(id, 0, 10)).map(({ at }) => at)).toEqual([1]);
    });
  });

  describe('outbox', () => {
    it('hands out one message of a conversation at a time, in order', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('first', 'second'));
      const [first, ...others] = await claimOf(id, 10);
      expect([first?.message.text, first?.attempts, first?.author, others]).toEqual(['first', 0, 'bot', []]);
      expect(await claimOf(id, 11)).toEqual([]);
      await store.settle({ id: first?.id ?? 0, conversation: id }, { as: 'sent' }, 12);
      expect((await claimOf(id, 13)).map(({ message }) => message.text)).toEqual(['second']);
      expect(await shown(id)).toEqual([
        [1, 'a question'],
        [2, 'first'],
      ]);
    });

    it('hands a message out again, with its attempts counted, when its lease is over', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('reply'));
      const [before] = await claimOf(id, 10);
      expect(await claimOf(id, 9 + lease)).toEqual([]);
      const [after] = await claimOf(id, 11 + lease);
      expect(after).toEqual({ ...before, attempts: 1 });
    });

    it('keeps a message for later, and says when it is due', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('reply'));
      const [row] = await claimOf(id, 10);
      await store.settle({ id: row?.id ?? 0, conversation: id }, { as: 'later', at: 100, reason: 'busy' }, 11);
      expect(await claimOf(id, 99)).toEqual([]);
      expect((await claimOf(id, 100)).map(({ attempts }) => attempts)).toEqual([1]);
    });

    it('never shows what failed, is uncertain or was discarded, and goes on with the next message', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () => saying('a', 'b', 'c', 'd'));
      for (const as of ['failed', 'uncertain', 'discarded'] as const) {
        const [row] = await claimOf(id, 10);
        const settlement = as === 'discarded' ? { as } : { as, reason: 'refused' };
        await store.settle({ id: row?.id ?? 0, conversation: id }, settlement, 11);
      }
      const [last] = await claimOf(id, 10);
      await store.settle({ id: last?.id ?? 0, conversation: id }, { as: 'sent' }, 11);
      await store.settle({ id: last?.id ?? 0, conversation: id }, { as: 'sent' }, 12);
      expect(await shown(id)).toEqual([
        [1, 'a question'],
        [2, 'd'],
      ]);
    });

    it('discards what the bot has not sent when a consultant takes over, and still carries the consultant', async () => {
      const id = conversation();
      const consultant = { id: 'U1', name: 'Consultant' };
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () =>
        saying('bot, being sent', 'bot, waiting'),
      );
      const [sending] = await claimOf(id, 10);
      await store.transact({ key: `${id}-2`, conversation: id, at: 11 }, () =>
        commit([{ type: 'relay', consultant, message: outgoing('hello') }], claimed),
      );
      expect(await store.botOwns(id)).toBe(false);
      await store.settle({ id: sending?.id ?? 0, conversation: id }, { as: 'discarded' }, 12);
      expect((await claimOf(id, 13)).map(({ author, message }) => [author, message.text])).toEqual([
        ['consultant', 'hello'],
      ]);
      await store.transact({ key: `${id}-3`, conversation: id, at: 14 }, () => commit([]));
      expect(await store.botOwns(id)).toBe(true);
    });

    it('tells of each conversation who owns it, also when many are asked about at once', async () => {
      const ids = Array.from({ length: 5 }, conversation);
      for (const [at, id] of ids.entries())
        await store.transact({ key: id, conversation: id, at: 1 }, () =>
          commit([], at === 2 ? claimed : newState('en')),
        );
      const owns = await Promise.all([...ids, conversation()].map((id) => store.botOwns(id)));
      expect(owns).toEqual([true, true, false, true, true, true]);
    });

    it('hands out the oldest first, and no more than is asked for', async () => {
      const ids = Array.from({ length: 5 }, conversation);
      for (const id of ids) await store.transact({ key: id, conversation: id, at: 1 }, () => saying('reply'));
      const claims = [await store.claim(10, 1000, lease), await store.claim(10 + lease, 2, lease)];
      const [first = [], second = []] = claims.map((rows) => rows.map((row) => row.conversation));
      expect(first.slice(-5)).toEqual(ids);
      expect(second).toEqual(first.slice(0, 2));
    });

    it('gives positions without a gap in the order in which lines become visible, under load', async () => {
      const id = conversation();
      const read: number[] = [];
      let cursor = 0;
      const follow = async () => {
        for (const { position } of await store.transcript(id, cursor, 100)) {
          cursor = position ?? 0;
          read.push(cursor);
        }
      };
      for (let round = 0; round < 10; round++) {
        const [row] = await claimOf(id, 1_000 + round);
        await Promise.all([
          store.transact({ key: `${id}-${round}`, conversation: id, at: round }, () => saying('reply')),
          row && store.settle({ id: row.id, conversation: id }, { as: 'sent' }, 1_000 + round),
          follow(),
        ]);
      }
      await follow();
      expect(read).toEqual(Array.from({ length: read.length }, (_, at) => at + 1));
      expect(read.length).toBeGreaterThan(15);
    });
  });

  describe('timers', () => {
    it('are due until their event is applied; setting one anew replaces it, clearing removes it', async () => {
      const id = conversation();
      const due = async (now: number) =>
        (await store.dueTimers(now, 1000)).filter((timer) => timer.conversation === id);
      const set = (at: number, key: string) =>
        store.transact({ key, conversation: id, at: 1 }, () => commit([{ type: 'set-timer', name: 'pause', at }]));
      await set(100, `${id}-1`);
      await set(200, `${id}-2`);
      expect(await due(199)).toEqual([]);
      const [timer] = await due(200);
      expect(timer).toEqual({ conversation: id, name: 'pause', at: 200 });
      if (timer) await store.transact({ key: timerKey(timer), conversation: id, at: 200 }, () => commit([]));
      expect(await due(10_000)).toEqual([]);
      await set(300, `${id}-3`);
      await store.transact({ key: `${id}-4`, conversation: id, at: 1 }, () =>
        commit([{ type: 'clear-timer', name: 'pause' }]),
      );
      expect(await due(10_000)).toEqual([]);
    });

    it('survive when their own event sets them anew', async () => {
      const id = conversation();
      await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () =>
        commit([{ type: 'set-timer', name: 'a:b', at: 5 }]),
      );
      const timer = { conversation: id, name: 'a:b', at: 5 };
      await store.transact({ key: timerKey(timer), conversation: id, at: 5 }, () =>
        commit([{ type: 'set-timer', name: 'a:b', at: 9 }]),
      );
      expect((await store.dueTimers(10, 1000)).filter((due) => due.conversation === id)).toEqual([{ ...timer, at: 9 }]);
    });
  });

  modelContract(() => store);

  it('keeps cases with their state', async () => {
    const id = conversation();
    const opened = { id: 'c1', reason: 'asked', question: 'may I?', facts: { language: 'en' } } as const;
    await store.transact({ key: `${id}-1`, conversation: id, at: 7 }, () =>
      commit([{ type: 'open-case', case: opened }]),
    );
    const mine = async (status: 'waiting' | 'claimed') =>
      (await store.cases(status, 1000)).filter((found) => found.conversation === id);
    expect(await mine('waiting')).toEqual([
      { ...untouched, ...opened, conversation: id, openedAt: 7, updatedAt: 7, waitingSince: 7 },
    ]);
    const consultant = { id: 'U1', name: 'Consultant' };
    await store.transact({ key: `${id}-2`, conversation: id, at: 8 }, () =>
      commit([{ type: 'update-case', case: 'c1', change: { status: 'claimed', consultant } }], claimed),
    );
    expect([await mine('waiting'), (await mine('claimed')).map((found) => found.consultant)]).toEqual([
      [],
      [consultant],
    ]);
  });

  it('opens a case anew when its id was used before', async () => {
    const id = conversation();
    const opened = { id: 'c1', reason: 'asked', question: 'first', facts: { language: 'en' } } as const;
    const open = (key: string, at: number, question: string) =>
      store.transact({ key, conversation: id, at }, () =>
        commit([{ type: 'open-case', case: { ...opened, question } }]),
      );
    await open(`${id}-1`, 7, 'first');
    await open(`${id}-2`, 8, 'second');
    expect((await store.cases('waiting', 1000)).filter((found) => found.conversation === id)).toEqual([
      { ...untouched, ...opened, question: 'second', conversation: id, openedAt: 8, updatedAt: 8, waitingSince: 8 },
    ]);
  });

  it('tells of visitors only, not of timers and consultants, when it is asked what was asked', async () => {
    const id = conversation();
    const state = newState('en');
    const at = 500_000;
    const lines = [undefined, { author: 'consultant', text: 'noted' }, { author: 'visitor', text: 'hello' }] as const;
    for (const [number, line] of lines.entries()) {
      await store.transact({ key: `${id}-${number}`, conversation: id, at }, () => ({
        state,
        effects: [],
        event: { number },
        ...(line && { line }),
      }));
    }
    const asked = (await store.asked(at, 1000)).filter((found) => found.conversation === id);
    expect(asked).toEqual([{ at, conversation: id, event: { number: 2 } }]);
  });

  it('counts the last verdict of each conversation on an entry', async () => {
    const entry = `entry-${conversation()}`;
    for (const verdicts of [[true], [true, false], [false]]) {
      const id = conversation();
      for (const [at, helpful] of verdicts.entries()) {
        await store.transact({ key: `${id}-${at}`, conversation: id, at: 5 }, () =>
          commit([{ type: 'feedback', entry, helpful }]),
        );
      }
    }
    const [found] = (await store.feedback(5)).filter((row) => row.entry === entry);
    expect(found).toEqual({ entry, helpful: 1, unhelpful: 2 });
  });

  it('forgets everything about a conversation but answers once more, and positions go on counting', async () => {
    const id = conversation();
    const other = conversation();
    const opened = { id: 'c1', reason: 'asked', question: 'secret', facts: { language: 'en' } } as const;
    await store.transact({ key: `${other}-1`, conversation: other, at: 1 }, () => saying('kept'));
    await store.transact({ key: `${id}-1`, conversation: id, at: 1 }, () =>
      commit([
        { type: 'open-case', case: opened },
        { type: 'set-timer', name: 'pause', at: 3 },
        { type: 'say', message: outgoing('secret') },
      ]),
    );
    await store.transact({ key: `${id}-2`, conversation: id, at: 2 }, () =>
      commit([{ type: 'forget' }, { type: 'say', message: outgoing('erased') }], newState('en'), 'secret'),
    );
    const [row, ...others] = await claimOf(id, 10);
    await store.settle({ id: row?.id ?? 0, conversation: id }, { as: 'sent' }, 11);
    expect(others).toEqual([]);
    expect(await shown(id)).toEqual([[2, 'erased']]);
    const kept = JSON.stringify([
      await store.asked(0, 10_000),
      await store.cases('waiting', 1000),
      await store.dueTimers(1000, 1000),
    ]);
    expect(kept.includes(`"${id}"`)).toBe(false);
    expect(await shown(other)).toEqual([[1, 'a question']]);
  });

  it('tells what was asked, what waits and when something is due', async () => {
    const id = conversation();
    const before = await store.counts();
    await store.transact({ key: `${id}-1`, conversation: id, at: 1_000_000 }, () => saying('reply'));
    expect(await store.asked(1_000_000, 10)).toEqual([
      { at: 1_000_000, conversation: id, event: { type: 'said', text: 'a question' } },
    ]);
    expect((await store.counts()).outbox).toBe(before.outbox + 1);
    expect((await store.nextDue()).outbox).toBe(0);
    await store.ping();
  });

  it('takes a key again once it was swept', async () => {
    const id = conversation();
    const apply = () => store.transact({ key: `${id}-1`, conversation: id, at: -10 }, () => commit([]));
    await apply();
    await store.sweep(-9);
    expect(await apply()).toBe('applied');
  });
}
