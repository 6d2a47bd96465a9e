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

/** A reply that is posted behind one that waits for the visitor waits for the same reason. */
export async function markBehind(
  db: Kysely<Tables>,
  desk: Database['desk'],
  { conversation, key, at }: { readonly conversation: string; readonly key: string; readonly at: number },
): Promise<void> {
  const queue = await db
    .selectFrom('outbox')
    .innerJoin('lines', 'lines.id', 'outbox.line')
    .select(['lines.id', 'lines.key', 'lines.reason'])
    .where('outbox.conversation', '=', conversation)
    .orderBy('outbox.id')
    .execute();
  const reason = queue.find((line) => line.key !== key && line.reason !== null)?.reason;
  if (reason == null) return;
  for (const { id } of queue.filter((line) => line.key === key)) {
    await markLine(db, desk, conversation, id, { as: 'later', at, reason });
    await db.updateTable('lines').set({ reason }).where('id', '=', id).execute();
  }
}
