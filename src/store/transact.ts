import type { Kysely } from 'kysely';
import type { Commit, Loaded, Store } from '../ports.ts';
import { apply } from './apply.ts';
import type { Database } from './database.ts';
import { explain } from './error.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';

/** What `work` threw, to be told apart from what the database threw. */
class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Applies one event in one transaction, exactly once for its key. */
export function createTransact(database: Database): Store['transact'] {
  return async ({ key, conversation, at }, work) => {
    const event = { key, conversation, at: whole(at) };
    try {
      return await database.write(event.conversation, async (db) => {
        const marked = await db
          .insertInto('seen')
          .values({ key: event.key, at: event.at })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (marked.numInsertedOrUpdatedRows === 0n) return 'seen';
        const { state, positions, place } = await lock(db, database.dialect, event);
        const commit = play(work, { state: state === null ? undefined : JSON.parse(state) });
        const { heldUntil } = commit;
        const here = { ...event, positions, place: commit.place ?? place };
        await apply(db, database, heldUntil === undefined ? here : { ...here, heldUntil }, commit);
        return 'applied';
      });
    } catch (error) {
      throw error instanceof Thrown ? error.error : explain(error);
    }
  };
}

function play(work: (loaded: Loaded) => Commit, loaded: Loaded): Commit {
  try {
    return work(loaded);
  } catch (error) {
    throw new Thrown(error);
  }
}

/** The row of the conversation, held until the transaction ends; it is created for a new conversation. */
async function lock(
  db: Kysely<Tables>,
  dialect: Database['dialect'],
  { conversation, at }: { readonly conversation: string; readonly at: number },
): Promise<{ readonly state: string | null; readonly positions: number; readonly place: string | null }> {
  const select = db.selectFrom('conversations').select(['state', 'positions', 'place']).where('id', '=', conversation);
  const row = await (dialect === 'postgres' ? select.forUpdate() : select).executeTakeFirst();
  if (row) return row;
  await db
    .insertInto('conversations')
    .values({ id: conversation, state: null, owner: 'bot', positions: 0, updated_at: at, place: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (dialect === 'postgres' ? select.forUpdate() : select).executeTakeFirstOrThrow();
}
