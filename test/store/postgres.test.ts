import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { saying, storeContract } from './contract.ts';
import { deskContract } from './desk.ts';
import { killedBetweenClaimAndSettle } from './killed.ts';

let postgres: TestPostgres;
const options = () => ({ databaseUrl: postgres.url, dataDir: '', connections: postgres.connections });

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe('store on PostgreSQL', () => storeContract(() => openStore(options())));

describe('what consultants need on PostgreSQL', () => {
  let other: TestPostgres;
  beforeAll(async () => {
    other = await startPostgres();
  });
  afterAll(() => other.stop());

  deskContract(() => openStore({ databaseUrl: other.url, dataDir: '', connections: other.connections, desk: 'lane' }));
});

describe('PostgreSQL', () => {
  it('address of another kind is refused with a sentence', async () => {
    await expect(openStore({ databaseUrl: 'mysql://127.0.0.1/wenda', dataDir: '' })).rejects.toThrow(
      'DATABASE_URL must look like postgres://user:password@host:5432/database.',
    );
  });

  it('that does not answer is named in one sentence', async () => {
    await expect(openStore({ databaseUrl: 'postgres://postgres@127.0.0.1:1/none', dataDir: '' })).rejects.toThrow(
      'PostgreSQL does not answer: start it, or check host and port in DATABASE_URL.',
    );
  });

  it.skipIf(!process.env['DATABASE_URL'])('is shared by two processes without an event applied twice', async () => {
    const script = new URL('./writer.ts', import.meta.url);
    const writers = [1, 2].map(() => fork(script, [JSON.stringify(options())]));
    const codes = await Promise.all(writers.map((writer) => once(writer, 'exit')));
    expect(codes.map(([code]) => code)).toEqual([0, 0]);
    const store = await openStore(options());
    const lines = await store.transcript('shared:1', 0, 1000);
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, at) => `${at + 1}`));
    const rows = await Promise.all([store.claim(10, 100, 1000), store.claim(10, 100, 1000)]);
    expect(rows.flat().filter((row) => row.conversation === 'shared:1')).toHaveLength(1);
    await store.transact({ key: 'last', conversation: 'shared:1', at: 1 }, () => saying());
    await store.close();
  });
});

describe('PostgreSQL with an empty outbox', () => {
  let empty: TestPostgres;
  const fresh = () => ({ databaseUrl: empty.url, dataDir: '', connections: empty.connections });
  beforeAll(async () => {
    empty = await startPostgres();
  });
  afterAll(() => empty.stop());

  killedBetweenClaimAndSettle(fresh, 1_010);

  it.skipIf(!process.env['DATABASE_URL'])('never hands the same message to two programs', async () => {
    const stores = await Promise.all([openStore(fresh()), openStore(fresh())]);
    const [one] = stores;
    const conversations = Array.from({ length: 40 }, (_, number) => `race:${number}`);
    await Promise.all(
      conversations.map((conversation) => one?.transact({ key: conversation, conversation, at: 1 }, () => saying('x'))),
    );
    const claims = Array.from({ length: 40 }, (_, number) => stores[number % 2]?.claim(5_000, 3, 1_000));
    const rows = (await Promise.all(claims)).flatMap((claimed) => claimed ?? []);
    const raced = rows.filter((row) => row.conversation.startsWith('race:')).map((row) => row.conversation);
    expect(raced.toSorted()).toEqual(conversations.toSorted());
    await Promise.all(stores.map((store) => store.close()));
  });
});
