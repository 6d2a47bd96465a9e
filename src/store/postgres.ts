import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Job } from './database.ts';
import { isPassing, StoreError } from './error.ts';
import type { Tables } from './tables.ts';

/** PostgreSQL's type number of bigint; our bigints are counters and ms since 1970, safe as numbers. */
const bigint = 20;

/** How often a transaction is run again after a deadlock was broken. */
const attempts = 5;

/** Opens a PostgreSQL database by its URL. */
export function openPostgres(url: string, connections = 10): Database {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new StoreError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    // A network that swallows packets must not hold up a conversation for ever.
    query_timeout: 30_000,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === bigint ? Number : pg.types.getTypeParser(type, format as 'text'),
    },
  });
  // An idle connection that breaks is replaced at the next query, which reports its own error.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const lanes = new Map<string, Promise<unknown>>();

  async function run<T>(job: Job<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction().execute(job);
      } catch (error) {
        if (!isPassing(error) || attempt === attempts) throw error;
      }
    }
  }

  return {
    db,
    dialect: 'postgres',
    write<T>(conversation: string, job: Job<T>): Promise<T> {
      const before = lanes.get(conversation) ?? Promise.resolve();
      const mine = before.then(() => run(job));
      const quiet = mine.catch(() => undefined);
      lanes.set(conversation, quiet);
      void quiet.then(() => {
        if (lanes.get(conversation) === quiet) lanes.delete(conversation);
      });
      return mine;
    },
    async close() {
      await Promise.all(lanes.values());
      await db.destroy();
    },
  };
}
