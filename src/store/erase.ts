import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { type Happening, laneOf, record } from './journal.ts';
import type { Tables } from './tables.ts';

/**
 * Erases everything kept about a conversation. What remains is, for each case it had, that it was erased: desks erase
 * what they show.
 */
export async function erase(db: Kysely<Tables>, { desk }: Pick<Database, 'desk'>, happening: Happening): Promise<void> {
  const { conversation } = happening;
  const cases = await db.selectFrom('cases').select(['id', 'paged']).where('conversation', '=', conversation).execute();
  for (const table of ['outbox', 'lines', 'events', 'timers', 'cases', 'feedback', 'journal', 'files'] as const) {
    await db.deleteFrom(table).where('conversation', '=', conversation).execute();
  }
  await db.deleteFrom('notes').where('key', '=', conversation).execute();
  const quiet = desk ? await clearLane(db, laneOf(desk, conversation)) : 0;
  for (const { id, paged } of cases)
    await record(db, paged === 1 ? desk : undefined, { ...happening, heldUntil: quiet }, id, { kind: 'erased' });
}

/** Until when somebody may still be sending what was in the lane: the desk is to erase it after that. */
async function clearLane(db: Kysely<Tables>, lane: string): Promise<number> {
  const rows = await db.deleteFrom('outbox').where('conversation', '=', lane).returning('leased_until').execute();
  await db.deleteFrom('lines').where('conversation', '=', lane).execute();
  return Math.max(0, ...rows.map(({ leased_until: until }) => until));
}
