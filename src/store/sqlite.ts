import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Database, Job } from './database.ts';
import { explain, isLocked } from './error.ts';
import { createGroup } from './group.ts';
import { lockFolder } from './lock.ts';
import { keepStatements } from './statements.ts';
import type { Tables } from './tables.ts';

/** How many jobs share one durable commit at most. */
const groupSize = 128;

/** How long a lock may keep the whole program waiting, ms; after that it tries again without standing still. */
const standstill = 20;

/** Limits of the embedded database. */
export interface SqliteLimits {
  /** How long to wait for another program's lock, ms. */
  readonly patience?: number;
  /** How many pages of 4 KiB the file may have. */
  readonly pages?: number;
}

/**
 * Opens the embedded database `wenda.db` in a folder, or in memory for `:memory:`. Jobs that wait together are
 * committed together (each behind a savepoint of its own), so that a commit that waits for the disk serves many.
 */
export function openSqlite(folder: string, limits: SqliteLimits = {}): Database {
  const file = folder === ':memory:' ? folder : join(folder, 'wenda.db');
  const { patience = 5_000, pages } = limits;
  const sqlite = openFile(folder, file, patience, pages);
  const lock = folder === ':memory:' ? undefined : lockFolder(folder);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepStatements(sqlite) }) });
  const group = createGroup<Job<unknown>, unknown>({
    most: groupSize,
    async together(waiting) {
      try {
        const jobs = waiting.map(({ item }) => item);
        for (const [at, outcome] of (await commitTogether(db, jobs, patience)).entries()) {
          if (outcome.status === 'fulfilled') waiting[at]?.resolve(outcome.value);
          else waiting[at]?.reject(outcome.reason);
        }
      } catch (error) {
        throw explain(error);
      }
    },
  });

  return {
    db,
    dialect: 'sqlite',
    sole: lock !== undefined,
    write: <T>(_conversation: string, job: Job<T>) => group.add(job) as Promise<T>,
    async close() {
      await group.idle();
      await db.destroy();
      lock?.unlock();
    },
  };
}

function openFile(folder: string, file: string, patience: number, pages: number | undefined): Sqlite.Database {
  try {
    if (folder !== ':memory:') mkdirSync(folder, { recursive: true });
    const sqlite = new Sqlite(file, { timeout: patience });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    // What a visitor asked to be forgotten does not stay behind in unused pages of the file.
    sqlite.pragma('secure_delete = ON');
    // What a savepoint could roll back is kept in memory: from 64 KB on, about one message, it would go to a file.
    sqlite.pragma('temp_store = MEMORY');
    sqlite.pragma(`busy_timeout = ${Math.min(patience, standstill)}`);
    if (pages !== undefined) sqlite.pragma(`max_page_count = ${pages}`);
    return sqlite;
  } catch (error) {
    throw explain(error);
  }
}

async function commitTogether(
  db: Kysely<Tables>,
  jobs: readonly Job<unknown>[],
  patience: number,
): Promise<PromiseSettledResult<unknown>[]> {
  return db.connection().execute(async (connection) => {
    await begin(connection, patience);
    try {
      const outcomes: PromiseSettledResult<unknown>[] = [];
      for (const job of jobs) outcomes.push(await inSavepoint(connection, job));
      await sql`commit`.execute(connection);
      return outcomes;
    } catch (error) {
      // A full disk has rolled back by itself: then there is nothing left to roll back.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

/** Begins a transaction as soon as no other program writes; rejects when that takes longer than `patience` ms. */
async function begin(connection: Kysely<Tables>, patience: number): Promise<void> {
  const since = performance.now();
  for (;;) {
    try {
      await sql`begin immediate`.execute(connection);
      return;
    } catch (error) {
      if (!isLocked(error) || performance.now() - since >= patience) throw error;
      await pause(standstill);
    }
  }
}

async function inSavepoint(connection: Kysely<Tables>, job: Job<unknown>): Promise<PromiseSettledResult<unknown>> {
  await sql`savepoint job`.execute(connection);
  try {
    const value = await job(connection);
    await sql`release job`.execute(connection);
    return { status: 'fulfilled', value };
  } catch (reason) {
    await sql`rollback to job`.execute(connection);
    await sql`release job`.execute(connection);
    return { status: 'rejected', reason };
  }
}
