import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import type { Database } from '../../src/store/database.ts';
import { migrationsOf } from '../../src/store/migrations.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'wenda-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function migrateTo({ db, dialect }: Database, name: string): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrationsOf(dialect) }) };
  const migrator = new Migrator({ db, provider, disableTransactions: dialect === 'sqlite' });
  const { error } = await migrator.migrateTo(name);
  if (error) throw error;
}

/** What a database held before there were desks: a case that waits, one that was resolved, a reply on its way. */
async function fill(db: Kysely<Tables>): Promise<void> {
  const state = JSON.stringify({ ...newState('zh', 'traditional'), activity: { at: 'waiting', case: 'c1' } });
  await sql`insert into conversations (id, state, owner, positions, updated_at) values
    ('web:1', ${state}, 'bot', 1, 5), ('web:2', null, 'bot', 0, 5)`.execute(db);
  await sql`insert into lines (conversation, key, at, author, text, status, position) values
    ('web:1', 'k1', 5, 'visitor', '我要找人', 'shown', 1)`.execute(db);
  await sql`insert into lines (conversation, key, at, author, text, message, status) values
    ('web:1', 'k1', 5, 'bot', 'reply', '{"text":"reply","language":"en","refs":[]}', 'pending')`.execute(db);
  await sql`insert into outbox (conversation, line, author, message, key, attempts, ready_at, leased_until) values
    ('web:1', 2, 'bot', '{"text":"reply","language":"en","refs":[]}', 'k1#2', 0, 0, 0)`.execute(db);
  const questionnaire = JSON.stringify({ questionnaire: { id: 'tea', answers: { taste: ['strong'] } } });
  await sql`insert into cases (id, conversation, status, reason, question, details, opened_at, updated_at, consultant)
    values ('c1', 'web:1', 'waiting', 'asked', '備案', ${questionnaire}, 5, 5, null),
      ('c2', 'web:2', 'resolved', 'misses', 'hello', '{}', 3, 4, 'slack:U1')`.execute(db);
}

async function upgraded(database: Database, options: StoreOptions) {
  await migrateTo(database, '2026-11-26-notes');
  await fill(database.db);
  await database.close();
  return openStore(options);
}

function survives(open: () => Promise<{ readonly database: Database; readonly options: StoreOptions }>): void {
  it('keeps what a database held before there were desks, and consultants see it', async () => {
    const { database, options } = await open();
    const store = await upgraded(database, options);
    const untold = { paged: true, snoozedUntil: null, helpful: null };
    expect(await store.findCases({ show: 'all', limit: 10 })).toEqual([
      {
        ...untold,
        id: 'c1',
        conversation: 'web:1',
        status: 'waiting',
        reason: 'asked',
        question: '備案',
        facts: { language: 'zh-Hant', questionnaire: { id: 'tea', answers: { taste: ['strong'] } } },
        openedAt: 5,
        updatedAt: 5,
        consultant: null,
        waitingSince: 5,
      },
      {
        ...untold,
        id: 'c2',
        conversation: 'web:2',
        status: 'resolved',
        reason: 'misses',
        question: 'hello',
        facts: { language: 'en' },
        openedAt: 3,
        updatedAt: 4,
        consultant: { id: 'slack:U1', name: 'slack:U1' },
        waitingSince: null,
      },
    ]);
    expect((await store.deskLines('web:1', 10)).map(({ text }) => text)).toEqual(['我要找人', 'reply']);
    const [row] = await store.claim(10, 10, 10);
    expect(row).toMatchObject({ key: 'k1#2', message: { text: 'reply' } });
    await store.settle({ id: row?.id ?? 0, conversation: 'web:1' }, { as: 'sent' }, 11);
    expect((await store.transcript('web:1', 0, 10)).map(({ text }) => text)).toEqual(['我要找人', 'reply']);
    expect(await store.deskVersion()).toBeGreaterThan(0);
    await store.close();
  });
}

describe('a new version on SQLite', () => {
  survives(async () => {
    const dataDir = join(folder, 'old');
    return { database: openSqlite(dataDir), options: { dataDir } };
  });

  it('can be taken back', async () => {
    const database = openSqlite(join(folder, 'back'));
    await migrateTo(database, '2026-11-27-desk');
    await migrateTo(database, '2026-11-26-notes');
    await fill(database.db);
    await database.close();
  });
});

describe.skipIf(!process.env['DATABASE_URL'])('a new version on PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  survives(async () => {
    return { database: openPostgres(postgres.url), options: { databaseUrl: postgres.url, dataDir: '' } };
  });
});
