import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { createRecent } from '../recent.ts';

/** How many prepared statements are kept; those of normal work are about forty. */
const mostKept = 200;

/**
 * The same database with each statement prepared once: SQLite takes longer to prepare most of ours than to run them.
 * The longest kept makes room for a new one.
 */
export function keepStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = createRecent<SqliteStatement>(mostKept);
  return {
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const statement = database.prepare(sql);
      kept.set(sql, statement);
      return statement;
    },
    close: () => database.close(),
  };
}
