import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import type { Delivery, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { saying } from './contract.ts';

let postgres: TestPostgres;
const open = () => openStore({ databaseUrl: postgres.url, dataDir: '', connections: postgres.connections });

/** Asks the database past the store. */
async function ask<Row>(query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** Makes the database refuse to write rows of one conversation (`on`: `insert on events`): always, or the first time. */
async function refuse(on: string, conversation: string, code: string, times: 'always' | 'once' = 'always') {
  const name = conversation.replace(':', '_');
  await ask(`
    create sequence ${name};
    create function ${name}() returns trigger language plpgsql as $$ begin
      if new.conversation = '${conversation}' and ${times === 'once' ? `nextval('${name}') = 1` : 'true'} then
        raise exception 'refused' using errcode = '${code}';
      end if;
      return new;
    end $$;
    create trigger ${name} before ${on} for each row execute function ${name}()`);
}

const ids = (name: string, many: number) => Array.from({ length: many }, (_, number) => `${name}:${number}`);

/** How many transactions wrote the transcripts of these conversations last. */
async function transactionsOf(name: string): Promise<number> {
  const [row] = await ask<{ many: string }>(
    `select count(distinct xmin::text) as many from lines where conversation like '${name}:%' and author = 'bot'`,
  );
  return Number(row?.many);
}

async function sayAndClaim(store: Store, conversations: readonly string[]): Promise<readonly Delivery[]> {
  await Promise.all(
    conversations.map((conversation) =>
      store.transact({ key: conversation, conversation, at: 1 }, () => saying('reply')),
    ),
  );
  return store.claim(10, 1_000, 1_000);
}

const shown = (store: Store, conversations: readonly string[]) =>
  Promise.all(conversations.map(async (id) => (await store.transcript(id, 0, 100)).map(({ text }) => text)));

const answered = ['a question', 'reply'];

// The embedded PostgreSQL takes one connection, which the store has.
describe.skipIf(!process.env['DATABASE_URL'])('on PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
    await (await open()).close();
  });
  afterAll(() => postgres.stop());

  describe('settlements that wait at the same moment', () => {
    it('are written in one transaction, in the order of each conversation', async () => {
      const conversations = ids('one', 20);
      const store = await open();
      const rows = await sayAndClaim(store, conversations);
      const twice = rows.flatMap((row) => [row, row]);
      await Promise.all(twice.map((row) => store.settle(row, { as: 'sent' }, 11)));
      expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
      expect((await store.counts()).outbox).toBe(0);
      expect(await transactionsOf('one')).toBe(1);
      await store.close();
    });

    it('are written alone when their group fails, so that only the bad one fails', async () => {
      const conversations = ids('bad', 9);
      await refuse('update on lines', 'bad:4', '23514');
      const store = await open();
      const rows = await sayAndClaim(store, conversations);
      const outcomes = await Promise.allSettled(rows.map((row) => store.settle(row, { as: 'sent' }, 11)));
      expect(rows.filter((_, at) => outcomes[at]?.status === 'rejected').map((row) => row.conversation)).toEqual([
        'bad:4',
      ]);
      expect(await shown(store, conversations)).toEqual(
        conversations.map((id) => (id === 'bad:4' ? ['a question'] : answered)),
      );
      expect((await store.claim(2_000, 100, 1)).map((row) => row.conversation)).toEqual(['bad:4']);
      await store.close();
      await ask('delete from outbox');
    });

    it('are written again together when a deadlock was broken', async () => {
      const conversations = ids('broken', 9);
      await refuse('update on lines', 'broken:4', '40P01', 'once');
      const store = await open();
      const rows = await sayAndClaim(store, conversations);
      await Promise.all(rows.map((row) => store.settle(row, { as: 'sent' }, 11)));
      expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
      expect(await transactionsOf('broken')).toBe(1);
      await store.close();
    });

    it('are all written when the store is closed', async () => {
      const conversations = ids('closing', 9);
      let store = await open();
      const rows = await sayAndClaim(store, conversations);
      const settled = rows.map((row) => store.settle(row, { as: 'sent' }, 11));
      await store.close();
      await Promise.all(settled);
      store = await open();
      expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
      await store.close();
    });

    it('mark what consultants said, each with its own time', async () => {
      const conversations = ids('marked', 3);
      const consultant = { id: 'U1', name: 'Consultant' };
      const store = await open();
      for (const conversation of conversations) {
        const opened = { id: 'c1', reason: 'asked', question: 'may I?', facts: { language: 'en' } } as const;
        const held = { at: 'with-consultant', case: 'c1', consultant } as const;
        await store.transact({ key: conversation, conversation, at: 1 }, () => ({
          state: { ...newState('en'), activity: held },
          event: {},
          effects: [
            { type: 'open-case', case: opened },
            { type: 'relay', consultant, origin: 'm1', message: { text: 'hello', language: 'en', refs: [] } },
          ],
        }));
      }
      const rows = await store.claim(10, 100, 1_000);
      const before = await store.deskVersion();
      await Promise.all(rows.map((row, at) => store.settle(row, { as: 'sent' }, 20 + at)));
      const items = await Promise.all(conversations.map((conversation) => store.journal(conversation, 0, 10)));
      expect(items).toEqual(
        rows.map((_, at) => [
          expect.objectContaining({ at: 20 + at, item: { kind: 'mark', origin: 'm1', mark: 'delivered' } }),
        ]),
      );
      expect(await store.deskVersion()).toBeGreaterThan(before);
      await store.close();
    });
  });

  describe('two stores', () => {
    it('apply and settle the same conversations at the same time: nothing is lost, doubled or stuck', async () => {
      const conversations = ids('both', 8);
      const stores = await Promise.all([open(), open()]);
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
