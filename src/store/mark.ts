import type { Kysely } from 'kysely';
import type { Mark } from '../core/conversation/desk-item.ts';
import type { Settlement } from '../ports.ts';
import type { Database } from './database.ts';
import { record } from './journal.ts';
import type { MarkOf } from './post.ts';
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
  const row = await db.selectFrom('lines').select(['mark', 'reason', 'at']).where('id', '=', line).executeTakeFirst();
  const mark = markOf[settlement.as];
  if (!row?.mark || !mark || (mark === 'waiting' && row.reason !== null)) return;
  const { case: id, origin }: MarkOf = JSON.parse(row.mark);
  const at = now ?? row.at;
  const reason = 'reason' in settlement ? { reason: settlement.reason } : {};
  await record(db, desk, { key: `mark:${line}:${mark}`, conversation, at }, id, {
    kind: 'mark',
    origin,
    mark,
    ...reason,
  });
}
