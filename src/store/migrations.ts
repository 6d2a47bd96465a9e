import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';
import { desk } from './desk-tables.ts';
import { type AnyTables, type DialectName, numbered } from './dialect.ts';
import { StoreError } from './error.ts';
import type { Tables } from './tables.ts';

function first(dialect: DialectName): Migration {
  const big = dialect === 'sqlite' ? 'integer' : 'bigint';
  return {
    async up(db: Kysely<AnyTables>) {
      await db.schema
        .createTable('conversations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('state', 'text')
        .addColumn('owner', 'text', (column) => column.notNull().defaultTo('bot'))
        .addColumn('positions', big, (column) => column.notNull().defaultTo(0))
        .addColumn('updated_at', big, (column) => column.notNull())
        .execute();
      await numbered(db, dialect, 'lines')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('at', big, (column) => column.notNull())
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('message', 'text')
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('position', big)
        .addColumn('reason', 'text')
        .execute();
      await db.schema.createIndex('lines_position').on('lines').columns(['conversation', 'position']).execute();
      await numbered(db, dialect, 'events')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('at', big, (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('events_conversation').on('events').column('conversation').execute();
      await db.schema.createIndex('events_at').on('events').column('at').execute();
      await numbered(db, dialect, 'outbox')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('line', big, (column) => column.notNull())
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('ready_at', big, (column) => column.notNull())
        .addColumn('leased_until', big, (column) => column.notNull())
        .execute();
      await db.schema.createIndex('outbox_lane').on('outbox').columns(['conversation', 'id']).execute();
      await db.schema.createIndex('outbox_ready').on('outbox').column('ready_at').execute();
      await db.schema
        .createTable('timers')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('at', big, (column) => column.notNull())
        .addPrimaryKeyConstraint('timers_key', ['conversation', 'name'])
        .execute();
      await db.schema.createIndex('timers_at').on('timers').column('at').execute();
      await db.schema
        .createTable('cases')
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('question', 'text', (column) => column.notNull())
        .addColumn('details', 'text', (column) => column.notNull())
        .addColumn('opened_at', big, (column) => column.notNull())
        .addColumn('updated_at', big, (column) => column.notNull())
        .addColumn('consultant', 'text')
        .addPrimaryKeyConstraint('cases_key', ['conversation', 'id'])
        .execute();
      await db.schema.createIndex('cases_status').on('cases').columns(['status', 'opened_at']).execute();
      await db.schema
        .createTable('feedback')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('entry', 'text', (column) => column.notNull())
        .addColumn('helpful', 'integer', (column) => column.notNull())
        .addColumn('at', big, (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_key', ['conversation', 'entry'])
        .execute();
      await db.schema
        .createTable('seen')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('at', big, (column) => column.notNull())
        .execute();
      await db.schema.createIndex('seen_at').on('seen').column('at').execute();
    },
    async down(db: Kysely<AnyTables>) {
      for (const table of ['seen', 'feedback', 'cases', 'timers', 'outbox', 'events', 'lines', 'conversations']) {
        await db.schema.dropTable(table).execute();
      }
    },
  };
}

/** What a channel needs in order to reply, kept with the conversation and with each message on its way out. */
const places: Migration = {
  async up(db: Kysely<AnyTables>) {
    for (const table of ['conversations', 'outbox']) {
      await db.schema.alterTable(table).addColumn('place', 'text').execute();
    }
    await db.schema.createIndex('conversations_updated').on('conversations').column('updated_at').execute();
  },
  async down(db: Kysely<AnyTables>) {
    await db.schema.dropIndex('conversations_updated').execute();
    for (const table of ['conversations', 'outbox']) await db.schema.alterTable(table).dropColumn('place').execute();
  },
};

/** What channels keep for themselves: cursors, what was sent where, answers that may be asked for again. */
const notes: Migration = {
  async up(db: Kysely<AnyTables>) {
    await db.schema
      .createTable('notes')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('note', 'text', (column) => column.notNull())
      .execute();
  },
  async down(db: Kysely<AnyTables>) {
    await db.schema.dropTable('notes').execute();
  },
};

/** Brings the tables up to date. Refuses a database that a newer version of the program has changed. */
export async function migrate({ db, dialect, write }: Database): Promise<void> {
  if (dialect === 'postgres') return migrateOn(db, dialect);
  // Kysely locks PostgreSQL while it migrates, but not SQLite: a second program that starts meanwhile must wait.
  await write('', (transaction) => migrateOn(transaction, dialect));
}

/** Every change of the tables, by name, in their order. */
export function migrationsOf(dialect: DialectName): Readonly<Record<string, Migration>> {
  return {
    '2026-11-24-tables': first(dialect),
    '2026-11-25-places': places,
    '2026-11-26-notes': notes,
    '2026-11-27-desk': desk(dialect),
  };
}

async function migrateOn(db: Kysely<Tables>, dialect: DialectName): Promise<void> {
  const migrations = migrationsOf(dialect);
  await refuseNewer(db, Object.keys(migrations));
  const provider = { getMigrations: async () => migrations };
  const migrator = new Migrator({ db, provider, disableTransactions: dialect === 'sqlite' });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function refuseNewer(db: Kysely<Tables>, known: readonly string[]): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const unknown = applied.rows.map(({ name }) => name).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new StoreError(
    `The database was changed by a newer version of Wenda (${unknown.join(', ')}): install that version, or use another database.`,
  );
}
