import { type Kysely, type Selectable, sql } from 'kysely';
import type { Delivery, Store } from '../ports.ts';
import type { Database } from './database.ts';
import { createSettle } from './settle.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';

/** Lane that all claims of this process share, so that they do not compete with one another. */
const claimLane = ' claim';

/** The outbox: claim the head of each lane, settle what came of it. */
export function createOutbox(database: Database): Pick<Store, 'claim' | 'settle' | 'botOwns' | 'nextDue'> {
  const { db, dialect, write } = database;
  return {
    claim: (now, limit, lease) =>
      write(claimLane, (transaction) => claim(transaction, dialect, whole(now), limit, whole(lease))),
    settle: createSettle(database),
    async botOwns(conversation) {
      const row = await db
        .selectFrom('conversations')
        .select('owner')
        .where('id', '=', conversation)
        .executeTakeFirst();
      return row === undefined || row.owner === 'bot';
    },
    async nextDue() {
      const outbox = await db
        .selectFrom('outbox as head')
        .select(({ fn }) => fn.min('ready_at').as('at'))
        .where(isHead)
        .executeTakeFirst();
      const timers = await db
        .selectFrom('timers')
        .select(({ fn }) => fn.min('at').as('at'))
        .executeTakeFirst();
      return { outbox: outbox?.at ?? null, timers: timers?.at ?? null };
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
  const due = db
    .selectFrom('outbox as head')
    .selectAll()
    .where('ready_at', '<=', now)
    .where(isHead)
    .orderBy('id')
    .limit(limit);
  const rows = await (dialect === 'postgres' ? due.forUpdate().skipLocked() : due).execute();
  if (rows.length === 0) return [];
  return leased(db, rows, now + lease);
}

/** Leases rows of the outbox; gives them as they were before. */
export async function leased(
  db: Kysely<Tables>,
  rows: readonly Selectable<Tables['outbox']>[],
  until: number,
): Promise<readonly Delivery[]> {
  await db
    .updateTable('outbox')
    .set(({ eb }) => ({ ready_at: until, leased_until: until, attempts: eb('attempts', '+', 1) }))
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
