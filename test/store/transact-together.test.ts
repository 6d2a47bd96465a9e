import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import type { Commit, Delivery, Store } from '../../src/ports.ts';
import { saying } from './contract.ts';
import { type FaultyPostgres, ids, isServer, shown, startFaulty } from './faulty.ts';

/** An event that answers and opens a case. */
function calling(id: string): Commit {
  const said = saying('reply');
  const opened = { id, reason: 'asked', question: '', facts: { language: 'en' } } as const;
  return { ...said, effects: [...said.effects, { type: 'open-case', case: opened }] };
}

describe.skipIf(!isServer)('on PostgreSQL', () => {
  let postgres: FaultyPostgres;

  beforeAll(async () => {
    postgres = await startFaulty();
  });
  afterEach(() => postgres.ask('delete from outbox'));
  afterAll(() => postgres.stop());

  describe('events that wait at the same moment', () => {
    const say = (store: Store, conversations: readonly string[]) =>
      conversations.map((conversation) =>
        store.transact({ key: conversation, conversation, at: 1 }, () => saying('reply')),
      );
    const repliesOf = async (store: Store, name: string) =>
      (await store.claim(10, 100, 1)).filter(({ conversation }) => conversation.startsWith(`${name}:`)).length;

    it('are applied in one transaction, each line with its own message on its way', async () => {
      const conversations = ids('many', 20);
      const store = await postgres.open();
      const outcomes = await Promise.all(
        conversations.map((conversation) =>
          store.transact({ key: conversation, conversation, at: 1 }, () => saying(`1 ${conversation}`, '2')),
        ),
      );
      expect(outcomes).toEqual(conversations.map(() => 'applied'));
      expect(await postgres.transactionsOf('many')).toBe(1);
      const rows = (await store.claim(10, 100, 1_000)).filter(({ key }) => key.startsWith('many:'));
      expect(rows.map((row) => row.message.text)).toEqual(rows.map((row) => `1 ${row.conversation}`));
      await Promise.all(rows.map((row) => store.settle(row, { as: 'sent' }, 11)));
      expect(await shown(store, conversations)).toEqual(conversations.map((id) => ['a question', `1 ${id}`]));
      await store.close();
    });

    it('are applied alone when their group fails, so that only the bad one fails, and can be taken again', async () => {
      const conversations = ids('refused', 9);
      await postgres.refuse('insert on events', 'refused:4', '23514');
      const store = await postgres.open();
      const outcomes = await Promise.allSettled(say(store, conversations));
      expect(conversations.filter((_, at) => outcomes[at]?.status === 'rejected')).toEqual(['refused:4']);
      expect(await repliesOf(store, 'refused')).toBe(8);
      await postgres.ask('drop trigger refused_4 on events');
      const again = await Promise.all(say(store, conversations));
      expect(again).toEqual(conversations.map((id) => (id === 'refused:4' ? 'applied' : 'seen')));
      expect(await shown(store, conversations)).toEqual(conversations.map(() => ['a question']));
      await store.close();
    });

    it('are applied again together when a deadlock was broken', async () => {
      const conversations = ids('knot', 9);
      await postgres.refuse('insert on events', 'knot:4', '40P01', 'once');
      const store = await postgres.open();
      expect(await Promise.all(say(store, conversations))).toEqual(conversations.map(() => 'applied'));
      expect(await postgres.transactionsOf('knot')).toBe(1);
      expect(await repliesOf(store, 'knot')).toBe(9);
      await store.close();
    });

    it('do not suffer from one whose work throws, which leaves nothing behind', async () => {
      const conversations = ids('throws', 9);
      const fault = new Error('no such entry');
      const store = await postgres.open();
      const outcomes = await Promise.allSettled(
        conversations.map((conversation) =>
          store.transact({ key: conversation, conversation, at: 1 }, () => {
            if (conversation === 'throws:4') throw fault;
            return saying('reply');
          }),
        ),
      );
      expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome.value))).toEqual(
        conversations.map((id) => (id === 'throws:4' ? fault : 'applied')),
      );
      expect(await postgres.ask("select id from conversations where id = 'throws:4'")).toEqual([]);
      expect(await repliesOf(store, 'throws')).toBe(8);
      await store.close();
    });

    it('may be one that erases its conversation, and may bring one key twice', async () => {
      const [one = '', two = '', three = ''] = ids('erased', 3);
      const store = await postgres.open();
      await Promise.all(say(store, [one, two]));
      const outcomes = await Promise.all([
        store.transact({ key: 'erase', conversation: one, at: 2 }, () => ({
          ...saying('erased'),
          effects: [{ type: 'forget' }],
        })),
        store.transact({ key: 'twice', conversation: two, at: 2 }, () => saying('again')),
        store.transact({ key: 'twice', conversation: three, at: 2 }, () => saying('again')),
      ]);
      expect(outcomes[0]).toBe('applied');
      expect(outcomes.slice(1).toSorted()).toEqual(['applied', 'seen']);
      expect(await shown(store, [one])).toEqual([[]]);
      await store.close();
    });

    it('do not wait for those that open a case: these have transactions of their own', async () => {
      const conversations = ids('cases', 6);
      const store = await postgres.open();
      const outcomes = await Promise.all(
        conversations.map((conversation, at) =>
          store.transact({ key: conversation, conversation, at: 1 }, () =>
            at % 2 === 0 ? saying('reply') : calling(conversation),
          ),
        ),
      );
      expect(outcomes).toEqual(conversations.map(() => 'applied'));
      expect(await postgres.transactionsOf('cases')).toBe(4);
      expect((await store.cases('waiting', 100)).filter(({ id }) => id.startsWith('cases:'))).toHaveLength(3);
      expect(await Promise.all(say(store, conversations))).toEqual(conversations.map(() => 'seen'));
      await store.close();
    });

    it('keep their order in a conversation of which one has to be applied alone', async () => {
      const conversations = ids('order', 3);
      await postgres.refuse('insert on events', 'order:1', '23514', 'once');
      const store = await postgres.open();
      const numbers = Array.from({ length: 20 }, (_, number) => number);
      await Promise.all(
        numbers.flatMap((number) =>
          conversations.map((conversation) =>
            store.transact({ key: `${conversation}-${number}`, conversation, at: 1 }, ({ state }) => ({
              state: { ...newState('en'), misses: (state?.misses ?? 0) + 1 },
              line: { author: 'visitor', text: `${number}: ${state?.misses ?? 0}` },
              event: {},
              effects: [],
            })),
          ),
        ),
      );
      expect(await shown(store, conversations)).toEqual(
        conversations.map(() => numbers.map((number) => `${number}: ${number}`)),
      );
      await store.close();
    });

    it('wait for no lock that somebody holds on to, except the one that needs it', async () => {
      const conversations = ids('stuck', 5);
      const store = await postgres.open();
      await Promise.all(say(store, conversations));
      const holder = new pg.Client({ connectionString: postgres.url });
      await holder.connect();
      await holder.query("begin; select from conversations where id = 'stuck:2' for update");
      const applied: string[] = [];
      const events = [1, 2].flatMap((number) =>
        conversations.map((conversation) =>
          store
            .transact({ key: `${conversation}-${number}`, conversation, at: 2 }, () => saying())
            .then(() => {
              applied.push(conversation);
            }),
        ),
      );
      await Promise.all(events.filter((_, at) => at % 5 !== 2));
      expect(applied).not.toContain('stuck:2');
      await holder.query('commit');
      await holder.end();
      await Promise.all(events);
      expect(applied.filter((id) => id === 'stuck:2')).toHaveLength(2);
      await store.close();
    });
  });

  describe('two stores', () => {
    it('apply and settle the same conversations at the same time: nothing is lost, doubled or stuck', async () => {
      const conversations = ids('both', 8);
      const stores = await Promise.all([postgres.open(), postgres.open()]);
      const rounds = 12;
      const claims = new Map<string, number>();
      const work = async (store: Store) => {
        for (let round = 0; round < rounds; round++) {
          // Each store meets the conversations in an order of its own.
          const order = store === stores[0] ? conversations : conversations.toReversed();
          const [rows] = await Promise.all([
            store.claim(10, 100, 1_000_000),
            ...order.map((conversation) =>
              store.transact({ key: `${conversation}-${round}`, conversation, at: 1 }, () => saying(`reply ${round}`)),
            ),
          ]);
          for (const { key } of rows) claims.set(key, (claims.get(key) ?? 0) + 1);
          await Promise.all(rows.map((row) => store.settle(row, { as: 'sent' }, 11)));
        }
      };
      await Promise.all(stores.map(work));
      const [one, other] = stores;
      if (!one || !other) throw new Error('no store');
      for (let rows: readonly Delivery[] = [{} as Delivery]; rows.length > 0; ) {
        rows = await one.claim(10, 100, 1_000_000);
        for (const { key } of rows) claims.set(key, (claims.get(key) ?? 0) + 1);
        // Both settle all of them, in opposite orders.
        await Promise.all([
          ...rows.map((row) => one.settle(row, { as: 'sent' }, 11)),
          ...rows.toReversed().map((row) => other.settle(row, { as: 'sent' }, 11)),
        ]);
      }
      const replies = Array.from({ length: rounds }, (_, round) => `reply ${round}`);
      for (const conversation of conversations) {
        const lines = await one.transcript(conversation, 0, 100);
        expect(lines.map(({ position }) => position)).toEqual(lines.map((_, at) => at + 1));
        expect(lines.filter(({ author }) => author === 'visitor')).toHaveLength(rounds);
        expect(lines.filter(({ author }) => author === 'bot').map(({ text }) => text)).toEqual(replies);
      }
      expect([...claims.values()]).toEqual(Array.from({ length: conversations.length * rounds }, () => 1));
      await Promise.all(stores.map((store) => store.close()));
    });
  });
});
