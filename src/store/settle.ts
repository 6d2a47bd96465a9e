import { type Kysely, type Selectable, sql } from 'kysely';
import type { Settlement, Store } from '../ports.ts';
import type { Database } from './database.ts';
import { markLine } from './mark.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';
import { touchDesk } from './version.ts';

/** A message that was sent, and when that was stored. */
interface Sent {
  readonly id: number;
  readonly conversation: string;
  readonly now: number;
}

/** Stores what became of messages; on PostgreSQL those that were sent are written together. */
export function createSettle(database: Database): Store['settle'] {
  const alone = ({ id, conversation, now }: Sent, settlement: Settlement) =>
    database.write(conversation, async (transaction) => {
      await settle(transaction, database, id, conversation, settlement, now);
      await touchDesk(transaction, conversation);
    });
  const together = database.together?.<Sent, void>(
    (transaction, group) => settleSent(transaction, database.desk, group),
    (sent) => alone(sent, { as: 'sent' }),
  );
  return ({ id, conversation }, settlement, now) => {
    const settled = { id, conversation, now: whole(now) };
    return together && settlement.as === 'sent' ? together(settled) : alone(settled, settlement);
  };
}

/** Writes that messages of different conversations were sent: what `settle` does for one of them. */
async function settleSent(db: Kysely<Tables>, desk: Database['desk'], group: readonly Sent[]): Promise<undefined[]> {
  const conversations = group.map(({ conversation }) => conversation);
  // All locks in one order, and before the outbox rows, in the order of `transact`: otherwise two could deadlock.
  await sql`select from conversations where id = any(${conversations}) order by id for update`.execute(db);
  const { rows } = await sql<{ id: number; line: number; conversation: string; author: string }>`
    with gone as (
      delete from outbox where id = any(${group.map(({ id }) => id)}) returning id, conversation, line
    ), moved as (
      update conversations set positions = positions + 1 from gone
      where conversations.id = gone.conversation returning gone.id, gone.line, positions
    )
    update lines set status = 'shown', position = positions, reason = null from moved
    where lines.id = line returning moved.id, line, conversation, author`.execute(db);
  const times = new Map(group.map(({ id, now }) => [id, now]));
  for (const { id, line, conversation, author } of rows)
    if (author === 'consultant') await markLine(db, desk, conversation, line, { as: 'sent' }, times.get(id));
  await touchDesk(db, ...conversations);
  return group.map(() => undefined);
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
