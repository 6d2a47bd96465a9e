import { type Kysely, type Selectable, sql } from 'kysely';
import type { Delivery, Settlement, Store } from '../ports.ts';
import type { Database } from './database.ts';
import { markLine } from './mark.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';
import { touchDesk } from './version.ts';

/** Lane that all claims of this process share, so that they do not compete with one another. */
const claimLane = ' claim';

/** The outbox: claim the head of each lane, settle what came of it. */
export function createOutbox(database: Database): Pick<Store, 'claim' | 'settle' | 'botOwns' | 'nextDue'> {
  const { db, dialect, write } = database;
  return {
    claim: (now, limit, lease) =>
      write(claimLane, (transaction) => claim(transaction, dialect, whole(now), limit, whole(lease))),
    settle: ({ id, conversation }, settlement, now) =>
      write(conversation, async (transaction) => {
        await settle(transaction, database, id, conversation, settlement, whole(now));
        await touchDesk(transaction, conversation);
      }),
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

/** Writes what became of a message. */
export async function settle(
  db: Kysely<Tables>,
  { dialect, desk }: Pick<Database, 'dialect' | 'desk'>,
  id: number,
  conversation: string,
  settlement: Settlement,
  now?: number,
): Promise<void> {
  // The conversation is locked before its outbox row, in the order of `transact`: otherwise the two could deadlock.
  if (dialect === 'postgres') {
    await db.selectFrom('conversations').select('id').where('id', '=', conversation).forUpdate().execute();
  }
  // What the bot says is not marked, and is by far the most.
  const marking = async ({ line, author }: Pick<Selectable<Tables['outbox']>, 'line' | 'author'>) => {
    if (author === 'consultant') await markLine(db, desk, conversation, line, settlement, now);
  };
  if (settlement.as === 'later') {
    const waiting = await db
      .updateTable('outbox')
      .set({ ready_at: whole(settlement.at), leased_until: 0 })
      .where('id', '=', id)
      .returning(['line', 'author'])
      .executeTakeFirst();
    if (!waiting || settlement.reason === undefined) return;
    await marking(waiting);
    await db.updateTable('lines').set({ reason: settlement.reason }).where('id', '=', waiting.line).execute();
    return;
  }
  const row = await db.deleteFrom('outbox').where('id', '=', id).returning(['line', 'author']).executeTakeFirst();
  if (!row) return;
  await marking(row);
  if (settlement.as !== 'sent') {
    const reason = 'reason' in settlement ? settlement.reason : null;
    await db.updateTable('lines').set({ status: settlement.as, reason }).where('id', '=', row.line).execute();
    return;
  }
  const { positions } = await db
    .updateTable('conversations')
    .set(({ eb }) => ({ positions: eb('positions', '+', 1) }))
    .where('id', '=', conversation)
    .returning('positions')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('lines')
    .set({ status: 'shown', position: positions, reason: null })
    .where('id', '=', row.line)
    .execute();
}
