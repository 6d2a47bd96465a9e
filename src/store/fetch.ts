import type { Kysely } from 'kysely';
import type { Store } from '../ports.ts';
import type { Database } from './database.ts';
import { markLine } from './mark.ts';
import { keepNote } from './notes.ts';
import { deliveryOf, leased } from './outbox.ts';
import { settle } from './settle.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';
import { touchDesk } from './version.ts';

/** The outbox for a channel that is asked for what waits in one conversation. */
export function createFetching(database: Database): Pick<Store, 'fetch' | 'hand' | 'mark'> {
  const { db, dialect, write, desk } = database;
  const waiting = (on: Kysely<Tables>, conversation: string) =>
    on.selectFrom('outbox').selectAll().where('conversation', '=', conversation).orderBy('id');
  return {
    async fetch(conversation, now, lease, held) {
      const seen = (await waiting(db, conversation).execute()).filter(({ id }) => id !== held);
      const until = whole(now + lease);
      // What is held for as long as it is wanted needs no lease: nobody else takes it, and a commit is saved.
      if (seen.every(({ ready_at: at, leased_until: leased }) => leased <= whole(now) && at >= until))
        return seen.map(deliveryOf);
      return write(conversation, async (transaction) => {
        const query = waiting(transaction, conversation);
        const all = await (dialect === 'postgres' ? query.forUpdate() : query).execute();
        const rows = all.filter(({ id }) => id !== held);
        if (rows.some(({ leased_until: end }) => end > whole(now))) return undefined;
        return rows.length > 0 ? leased(transaction, rows, until) : [];
      });
    },
    mark: (conversation, lines, as, reason) =>
      write(conversation, async (transaction) => {
        const changed = await transaction
          .updateTable('lines')
          .set({ status: as, reason })
          .where('conversation', '=', conversation)
          .where('id', 'in', [...lines])
          .where('status', '=', 'shown')
          .returning('id')
          .execute();
        for (const { id } of changed) await markLine(transaction, desk, conversation, id, { as, reason });
        await touchDesk(transaction, conversation);
      }),
    hand: (conversation, ids, note) =>
      write(conversation, async (transaction) => {
        for (const id of ids) await settle(transaction, database, id, conversation, { as: 'sent' });
        await keepNote(transaction, conversation, note);
        await touchDesk(transaction, conversation);
      }),
  };
}
