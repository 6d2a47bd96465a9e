import type { Kysely } from 'kysely';
import type { Mark } from '../core/conversation/desk-item.ts';
import type { Settlement } from '../ports.ts';
import type { Database } from './database.ts';
import { record } from './journal.ts';
import type { Tables } from './tables.ts';

const markOf: Readonly<Record<Settlement['as'], Mark | undefined>> = {
  sent: 'delivered',
  later: 'waiting',
  failed: 'failed',
  uncertain: 'uncertain',
  discarded: undefined,
};

/** Tells the desk what became of a consultant's reply; that it waits is told once, not at every attempt. */
export async function markLine(
  db: Kysely<Tables>,
  desk: Database['desk'],
  conversation: string,
  line: number,
  settlement: Settlement,
  now?: number,
): Promise<void> {
  const row = await db
    .selectFrom('lines')
    .select(['origin', 'case_id', 'reason', 'at'])
    .where('id', '=', line)
    .executeTakeFirst();
  const mark = markOf[settlement.as];
  if (!row?.origin || !row.case_id || !mark || (mark === 'waiting' && row.reason !== null)) return;
  const reason = 'reason' in settlement ? { reason: settlement.reason } : {};
  const happening = { key: `mark:${line}:${mark}`, conversation, at: now ?? row.at };
  await record(db, desk, happening, row.case_id, { kind: 'mark', origin: row.origin, mark, ...reason });
}
