import { Kysely, PostgresDialect, sql } from 'kysely';
import pLimit from 'p-limit';
import pg from 'pg';
import { apart, type Database, type GroupJob, type InConversation, type Job } from './database.ts';
import { isPassing, StoreError } from './error.ts';
import { createGroup, type Group } from './group.ts';
import type { Tables } from './tables.ts';

/** PostgreSQL's type number of bigint; our bigints are counters and ms since 1970, safe as numbers. */
const bigint = 20;

/** How often a transaction is run again after a deadlock was broken. */
const attempts = 5;

/** Connections that transactions leave to whoever only reads or claims. */
const spare = 2;

/** How many of a kind share one transaction at most. */
const groupSize = 128;

/** How long a group waits for one lock, ms; then each of it is written alone, so that one that is stuck stops no other. */
const groupPatience = 2_000;

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
  const groups: Pick<Group<never, unknown>, 'idle'>[] = [];

  // Many at once wait here, in their order and as long as it takes; waiting for a connection ends with an error.
  const inTurn = pLimit(Math.max(1, connections - spare));

  async function run<T>(job: Job<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await inTurn(() => db.transaction().execute(job));
      } catch (error) {
        if (!isPassing(error) || attempt === attempts) throw error;
      }
    }
  }

  return {
    db,
    dialect: 'postgres',
    sole: false,
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
    together<Item extends InConversation, Result>(job: GroupJob<Item, Result>, alone: (item: Item) => Promise<Result>) {
      const group = createGroup<Item, Result>({
        most: groupSize,
        laneOf: ({ conversation }) => conversation,
        async together(waiting) {
          const free = waiting.filter(({ item }) => !lanes.has(item.conversation));
          // Nothing overtakes what is being written alone in the same conversation.
          for (const { item, resolve } of waiting) if (lanes.has(item.conversation)) resolve(alone(item));
          if (free.length === 0) return;
          const items = free.map(({ item }) => item);
          try {
            const results = await run(async (transaction) => {
              await sql`set local lock_timeout = ${sql.lit(groupPatience)}`.execute(transaction);
              return job(transaction, items);
            });
            for (const [at, { item, resolve }] of free.entries()) {
              const result = results[at] as Result | typeof apart;
              resolve(result === apart ? alone(item) : result);
            }
          } catch {
            for (const { item, resolve } of free) resolve(alone(item));
          }
        },
      });
      groups.push(group);
      return group.add;
    },
    async close() {
      await Promise.all(groups.map(({ idle }) => idle()));
      await Promise.all(lanes.values());
      await db.destroy();
    },
  };
}
