import type { Kysely } from 'kysely';

/** The part of SQL in which the two dialects differ: how a table numbers its rows. */
export type DialectName = 'sqlite' | 'postgres';

// biome-ignore lint/suspicious/noExplicitAny: a migration sees the tables of its own time, not those of today
export type AnyTables = any;

/** A table that numbers its rows; numbers are not used again. */
export function numbered(db: Kysely<AnyTables>, dialect: DialectName, name: string) {
  const big = dialect === 'sqlite' ? 'integer' : 'bigint';
  return db.schema
    .createTable(name)
    .addColumn('id', big, (column) =>
      dialect === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedAlwaysAsIdentity(),
    );
}
