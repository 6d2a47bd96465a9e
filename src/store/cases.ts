import type { Kysely } from 'kysely';
import type { CaseChange, CaseFacts, NewCase } from '../core/conversation/effect.ts';
import type { Tables } from './tables.ts';
import { plain, whole } from './values.ts';

type Database = Kysely<Tables>;

/** Stores a case that was just opened; one with the same id is begun anew. */
export async function openCase(db: Database, conversation: string, at: number, opened: NewCase): Promise<void> {
  const { id, reason, question, facts } = opened;
  const row = {
    status: 'waiting',
    reason,
    question: plain(question),
    ...factsIn(facts),
    opened_at: at,
    updated_at: at,
    consultant: null,
    consultant_name: null,
    paged: 0,
    waiting_since: at,
    snoozed_until: null,
    helpful: null,
  } as const;
  await db
    .insertInto('cases')
    .values({ id, conversation, ...row })
    .onConflict((conflict) => conflict.columns(['conversation', 'id']).doUpdateSet(row))
    .execute();
}

/** Changes what is stored of a case. */
export async function changeCase(
  db: Database,
  conversation: string,
  at: number,
  id: string,
  change: CaseChange,
): Promise<void> {
  const { status, consultant, facts, paged, waitingSince, snoozedUntil, helpful } = change;
  await db
    .updateTable('cases')
    .set({
      updated_at: at,
      ...(status && { status }),
      ...(consultant !== undefined && {
        consultant: consultant?.id ?? null,
        consultant_name: consultant && plain(consultant.name),
      }),
      ...(facts && factsIn(facts)),
      ...(paged && { paged: 1 }),
      ...(waitingSince !== undefined && { waiting_since: waitingSince === null ? null : whole(waitingSince) }),
      ...(snoozedUntil !== undefined && { snoozed_until: snoozedUntil === null ? null : whole(snoozedUntil) }),
      ...(helpful !== undefined && { helpful: helpful ? 1 : 0 }),
    })
    .where('conversation', '=', conversation)
    .where('id', '=', id)
    .execute();
}

function factsIn(facts: CaseFacts) {
  const { name, contact, domain } = facts;
  return { details: JSON.stringify(facts), visitor: plain([name, contact, domain].filter(Boolean).join('\n')) };
}
