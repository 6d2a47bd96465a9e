import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Lets desks know that something in a conversation that has a case, or had one that was erased, was changed. It comes
 * last in a transaction: everybody else who changes something for the desk waits from here to its end, so that the
 * number grows in the order in which changes become visible.
 */
export async function touchDesk(db: Kysely<Tables>, conversation: string): Promise<void> {
  // Runs with every event and every message: written out, since building it takes longer than running it.
  await sql`update counters set value = value + 1 where name = 'desk' and (
    exists (select 1 from cases where conversation = ${conversation})
    or exists (select 1 from journal where conversation = ${conversation}))`.execute(db);
}
