import type { Store } from '../ports.ts';
import { createDeskReads } from './desk-reads.ts';
import { explain } from './error.ts';
import { createFetching } from './fetch.ts';
import { createFiles } from './files.ts';
import { migrate } from './migrations.ts';
import { createNotes } from './notes.ts';
import { createOutbox, releaseLeases } from './outbox.ts';
import { createPlaces } from './places.ts';
import { openPostgres } from './postgres.ts';
import { createReads } from './reads.ts';
import { openSqlite, type SqliteLimits } from './sqlite.ts';
import { createTransact } from './transact.ts';

/** Which database: PostgreSQL when `databaseUrl` is given, otherwise SQLite in the folder `dataDir` (or `:memory:`). */
export interface StoreOptions extends SqliteLimits {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** The channel through which the desk is told of cases, such as `slack-desk`; unset: consultants only look. */
  readonly desk?: string | undefined;
  /** Connections to PostgreSQL at most. */
  readonly connections?: number;
}

/** Opens the store and brings its tables up to date. Rejects with a `StoreError`: one sentence with the remedy. */
export async function openStore({ databaseUrl, dataDir, connections, desk, ...limits }: StoreOptions): Promise<Store> {
  const opened = databaseUrl ? openPostgres(databaseUrl, connections) : openSqlite(dataDir, limits);
  const database = { ...opened, desk };
  try {
    await migrate(database);
    if (database.sole) await database.write('', releaseLeases);
  } catch (error) {
    await database.close();
    throw explain(error);
  }
  return {
    transact: createTransact(database),
    claimsAlong: database.dialect === 'sqlite',
    ...explained({
      ...createOutbox(database),
      ...createFetching(database),
      ...createReads(database),
      ...createPlaces(database),
      ...createNotes(database),
      ...createDeskReads(database),
      ...createFiles(database),
    }),
    close: database.close,
  };
}

/** The same functions, with what the database throws put into a plain sentence. */
function explained<T extends object>(functions: T): T {
  const wrapped = Object.entries(functions).map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        throw explain(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
