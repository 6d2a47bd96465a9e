import type { Kysely } from 'kysely';
import type { Store } from '../ports.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** What channels keep for themselves, by key. */
export function createNotes({ db, write }: Database): Pick<Store, 'recall' | 'keep'> {
  return {
    async recall(key) {
      const row = await db.selectFrom('notes').select('note').where('key', '=', key).executeTakeFirst();
      return row?.note;
    },
    keep: (key, note) => write(key, (transaction) => keepNote(transaction, key, note)),
  };
}

/** Writes a note inside a transaction. */
export async function keepNote(db: Kysely<Tables>, key: string, note: string): Promise<void> {
  await db
    .insertInto('notes')
    .values({ key, note })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ note }))
    .execute();
}
