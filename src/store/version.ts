import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Lets desks know that something was changed in conversations of which one has a case, or had one that was erased. It
 * comes last in a transaction: everybody else who changes something for the desk waits from here to its end, so that
 * the number grows in the order in which changes become visible.
 */
export async function touchDesk(db: Kysely<Tables>, ...conversations: readonly string[]): Promise<void> {
  const these = sql.join(conversations);
  // Runs with every event and every message: written out, since building it takes longer than running it.
  await sql`update counters set value = value + 1 where name = 'desk' and (
    exists (select 1 from cases where conversation in (${these}))
    or exists (select 1 from journal where conversation in (${these})))`.execute(db);
}
