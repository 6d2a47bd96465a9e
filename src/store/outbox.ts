import { type Kysely, type Selectable, sql } from 'kysely';
import type { Delivery, Store } from '../ports.ts';
import type { Database } from './database.ts';
import { createGroup } from './group.ts';
import { createSettle } from './settle.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';

/** How many conversations are asked about at once at most. */
const mostAsked = 256;

/** The outbox: claim the head of each lane, settle what came of it. */
export function createOutbox(database: Database): Pick<Store, 'claim' | 'settle' | 'botOwns' | 'nextDue'> {
  const { db, dialect, write } = database;
  const owners = createGroup<string, boolean>({
    most: mostAsked,
    async together(waiting) {
      const taken = await ownedByConsultants(
        db,
        waiting.map(({ item }) => item),
      );
      for (const { item, resolve } of waiting) resolve(!taken.has(item));
    },
  });
  return {
    async claim(now, limit, lease) {
      const job = (on: Kysely<Tables>) => claim(on, dialect, whole(now), limit, whole(lease));
      // A single statement, which waits for no lock, is a transaction by itself; SQLite commits it with other jobs.
      return dialect === 'postgres' ? job(db) : write('', job);
    },
    settle: createSettle(database),
    // PostgreSQL takes longer to be asked than to answer.
    botOwns: async (conversation) =>
      dialect === 'postgres' ? owners.add(conversation) : (await ownedByConsultants(db, [conversation])).size === 0,
    async nextDue() {
      const due = await db
        .selectNoFrom((from) => [
          from.selectFrom('outbox as head').select('ready_at').where(isHead).orderBy('ready_at').limit(1).as('outbox'),
          from.selectFrom('timers').select('at').orderBy('at').limit(1).as('timers'),
        ])
        .executeTakeFirstOrThrow();
      return { outbox: due.outbox, timers: due.timers };
    },
  };
}

/** Only the oldest row of a lane may leave: what comes later waits for it. */
const isHead = sql<boolean>`not exists (
  select 1 from outbox as earlier where earlier.conversation = head.conversation and earlier.id < head.id)`;

async function claim(
  db: Kysely<Tables>,
  dialect: Database['dialect'],
  now: number,
  limit: number,
  lease: number,
): Promise<readonly Delivery[]> {
  const rows = await db
    .with('due', (cte) => {
      const due = cte.selectFrom('outbox as head').select('id').where('ready_at', '<=', now).where(isHead);
      const oldest = due.orderBy('id').limit(limit);
      return dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
    })
    .updateTable('outbox')
    .set(leasedUntil(now + lease))
    // PostgreSQL would read the whole table for `in`, with all that was deleted since it was last cleaned.
    .where(
      dialect === 'postgres'
        ? sql<boolean>`id = any(array(select id from due))`
        : sql<boolean>`id in (select id from due)`,
    )
    .returningAll()
    .execute();
  return rows
    .toSorted((one, other) => one.id - other.id)
    .map((row) => deliveryOf({ ...row, attempts: row.attempts - 1 }));
}

/** Those of the conversations in which a consultant holds the case. */
async function ownedByConsultants(db: Kysely<Tables>, conversations: readonly string[]): Promise<ReadonlySet<string>> {
  const taken = db
    .selectFrom('conversations')
    .select('id')
    .where('id', 'in', conversations)
    .where('owner', '<>', 'bot');
  return new Set((await taken.execute()).map(({ id }) => id));
}

/** What a lease changes in a row of the outbox. */
const leasedUntil = (until: number) => ({
  ready_at: until,
  leased_until: until,
  attempts: sql<number>`attempts + 1`,
});

/** Ends all leases: of a program that is gone, whose messages need not wait until they end. */
export async function releaseLeases(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('outbox').set({ ready_at: 0, leased_until: 0 }).where('leased_until', '>', 0).execute();
}

/** Leases rows of the outbox; gives them as they were before. */
export async function leased(
  db: Kysely<Tables>,
  rows: readonly Selectable<Tables['outbox']>[],
  until: number,
): Promise<readonly Delivery[]> {
  await db
    .updateTable('outbox')
    .set(leasedUntil(until))
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return rows.map(deliveryOf);
}

/** A row of the outbox as a message on its way out. */
export function deliveryOf(row: Selectable<Tables['outbox']>): Delivery {
  const { id, conversation, author, message, attempts, key, place, desk } = row;
  return {
    id,
    conversation,
    author,
    message: JSON.parse(message),
    attempts,
    key,
    ...(place !== null && { place }),
    ...(desk !== null && { desk: JSON.parse(desk) }),
  };
}
