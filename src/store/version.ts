import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Lets desks know that something in a conversation that has a case was changed. It comes last in a transaction:
 * everybody else who changes something for the desk waits from here to its end, so that the number grows in the order
 * in which changes become visible.
 */
export async function touchDesk(db: Kysely<Tables>, conversation: string): Promise<void> {
  await db
    .updateTable('counters')
    .set(({ eb }) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', 'desk')
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(selectFrom('cases').select('cases.id').where('cases.conversation', '=', conversation)),
        // What was erased has no case any more.
        exists(selectFrom('journal').select('journal.id').where('journal.conversation', '=', conversation)),
      ]),
    )
    .execute();
}
