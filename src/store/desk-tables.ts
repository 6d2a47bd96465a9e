import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type AnyTables, type DialectName, numbered } from './dialect.ts';

/** What consultants need: more of each case, its journal, files, and the marks on their messages. */
export function desk(dialect: DialectName): Migration {
  const big = dialect === 'sqlite' ? 'integer' : 'bigint';
  return {
    async up(db: Kysely<AnyTables>) {
      for (const [name, type] of [
        ['consultant_name', 'text'],
        ['waiting_since', big],
        ['snoozed_until', big],
        ['helpful', 'integer'],
      ] as const)
        await db.schema.alterTable('cases').addColumn(name, type).execute();
      // Whoever waits already was called under the rules of that time.
      await db.schema
        .alterTable('cases')
        .addColumn('paged', 'integer', (column) => column.notNull().defaultTo(1))
        .execute();
      await db.schema
        .alterTable('cases')
        .addColumn('visitor', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
      await sql`update cases set waiting_since = opened_at where status = 'waiting'`.execute(db);
      await addLanguages(db);
      await db.schema.createIndex('cases_id').on('cases').column('id').execute();
      for (const name of ['origin', 'case_id']) await db.schema.alterTable('lines').addColumn(name, 'text').execute();
      await db.schema.alterTable('outbox').addColumn('desk', 'text').execute();
      await numbered(db, dialect, 'journal')
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('case_id', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('at', big, (column) => column.notNull())
        .addColumn('item', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('journal_conversation').on('journal').columns(['conversation', 'id']).execute();
      await db.schema
        .createTable('files')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('size', big, (column) => column.notNull())
        .addColumn('content', dialect === 'sqlite' ? 'blob' : 'bytea', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('files_conversation').on('files').column('conversation').execute();
      await db.schema
        .createTable('counters')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('value', big, (column) => column.notNull())
        .execute();
      await sql`insert into counters (name, value) values ('desk', 0)`.execute(db);
    },
    async down(db: Kysely<AnyTables>) {
      for (const table of ['counters', 'files', 'journal']) await db.schema.dropTable(table).execute();
      await db.schema.alterTable('outbox').dropColumn('desk').execute();
      for (const name of ['case_id', 'origin']) await db.schema.alterTable('lines').dropColumn(name).execute();
      await db.schema.dropIndex('cases_id').execute();
      for (const name of ['visitor', 'paged', 'helpful', 'snoozed_until', 'waiting_since', 'consultant_name'])
        await db.schema.alterTable('cases').dropColumn(name).execute();
    },
  };
}

/** Cases did not say in which language the visitor writes; the state of the conversation does. */
async function addLanguages(db: Kysely<AnyTables>): Promise<void> {
  const cases = await db
    .selectFrom('cases')
    .leftJoin('conversations', 'conversations.id', 'cases.conversation')
    .select(['cases.id', 'cases.conversation', 'cases.details', 'conversations.state'])
    .execute();
  for (const { id, conversation, details, state } of cases) {
    const { language: spoken, script } = JSON.parse(state ?? '{}');
    const language = spoken !== 'zh' ? 'en' : script === 'traditional' ? 'zh-Hant' : 'zh-Hans';
    await db
      .updateTable('cases')
      .set({ details: JSON.stringify({ language, ...JSON.parse(details) }) })
      .where('conversation', '=', conversation)
      .where('id', '=', id)
      .execute();
  }
}
