import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import type { Delivery, Store } from '../../src/ports.ts';
import { saying } from './contract.ts';
import { type FaultyPostgres, ids, isServer, shown, startFaulty } from './faulty.ts';

async function sayAndClaim(store: Store, conversations: readonly string[]): Promise<readonly Delivery[]> {
  await Promise.all(
    conversations.map((conversation) =>
      store.transact({ key: conversation, conversation, at: 1 }, () => saying('reply')),
    ),
  );
  return store.claim(10, 1_000, 1_000);
}

const answered = ['a question', 'reply'];

describe.skipIf(!isServer)('settlements on PostgreSQL that wait at the same moment', () => {
  let postgres: FaultyPostgres;

  beforeAll(async () => {
    postgres = await startFaulty();
  });
  afterEach(() => postgres.ask('delete from outbox'));
  afterAll(() => postgres.stop());

  it('are written in one transaction, in the order of each conversation', async () => {
    const conversations = ids('one', 20);
    const store = await postgres.open();
    const rows = await sayAndClaim(store, conversations);
    const twice = rows.flatMap((row) => [row, row]);
    await Promise.all(twice.map((row) => store.settle(row, { as: 'sent' }, 11)));
    expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
    expect((await store.counts()).outbox).toBe(0);
    expect(await postgres.transactionsOf('one')).toBe(1);
    await store.close();
  });

  it('are written alone when their group fails, so that only the bad one fails', async () => {
    const conversations = ids('bad', 9);
    await postgres.refuse('update on lines', 'bad:4', '23514');
    const store = await postgres.open();
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
  });

  it('are written again together when a deadlock was broken', async () => {
    const conversations = ids('broken', 9);
    await postgres.refuse('update on lines', 'broken:4', '40P01', 'once');
    const store = await postgres.open();
    const rows = await sayAndClaim(store, conversations);
    await Promise.all(rows.map((row) => store.settle(row, { as: 'sent' }, 11)));
    expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
    expect(await postgres.transactionsOf('broken')).toBe(1);
    await store.close();
  });

  it('are all written when the store is closed', async () => {
    const conversations = ids('closing', 9);
    let store = await postgres.open();
    const rows = await sayAndClaim(store, conversations);
    const settled = rows.map((row) => store.settle(row, { as: 'sent' }, 11));
    await store.close();
    await Promise.all(settled);
    store = await postgres.open();
    expect(await shown(store, conversations)).toEqual(conversations.map(() => answered));
    await store.close();
  });

  it('mark what consultants said, each with its own time', async () => {
    const conversations = ids('marked', 3);
    const consultant = { id: 'U1', name: 'Consultant' };
    const store = await postgres.open();
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
