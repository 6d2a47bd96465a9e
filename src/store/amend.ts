import type { Kysely } from 'kysely';
import type { Effect } from '../core/conversation/effect.ts';
import type { Database } from './database.ts';
import { post, type Spot } from './post.ts';
import type { Tables } from './tables.ts';
import { plain } from './values.ts';

type Amend = Extract<Effect, { readonly type: 'amend' }>;

/**
 * Carries a change of a consultant's reply out. As long as nothing of it has gone out, what waits is changed or
 * dropped, and what failed is sent as it reads now; otherwise a notice follows it, in place of an earlier notice that
 * still waits.
 */
export async function amend(
  db: Kysely<Tables>,
  dialect: Database['dialect'],
  spot: Spot,
  { origin, message, notice }: Amend,
): Promise<void> {
  const { conversation } = spot;
  const lines = await db
    .selectFrom('lines')
    .select(['id', 'status', 'case_id'])
    .where('conversation', '=', conversation)
    .where('origin', '=', origin)
    .orderBy('id')
    .execute();
  const [first] = lines;
  if (!first) return;
  const about = { origin, ...(first.case_id !== null && { case: first.case_id }) };
  const rows = await rowsOf(
    db,
    dialect,
    lines.map(({ id }) => id),
  );
  // A lease that is over tells nothing: whoever had it may have sent the message before they died.
  const free = rows.filter(({ leased_until: until }) => until === 0);
  const gone = free.length < rows.length || lines.some(({ status }) => status === 'shown' || status === 'uncertain');
  if (gone || !message) {
    for (const row of free) await drop(db, row);
    return gone ? post(db, spot, { author: 'consultant', message: notice, ...about }) : undefined;
  }
  const [waiting] = free;
  if (!waiting) return post(db, spot, { author: 'consultant', message, ...about });
  const json = JSON.stringify(message);
  await db.updateTable('outbox').set({ message: json }).where('id', '=', waiting.id).execute();
  await db
    .updateTable('lines')
    .set({ message: json, text: plain(message.text) })
    .where('id', '=', waiting.line)
    .execute();
}

/** The rows of the outbox for these lines; nobody claims them before the transaction ends. */
function rowsOf(db: Kysely<Tables>, dialect: Database['dialect'], lines: readonly number[]) {
  const rows = db.selectFrom('outbox').select(['id', 'line', 'leased_until']).where('line', 'in', lines).orderBy('id');
  return (dialect === 'postgres' ? rows.forUpdate() : rows).execute();
}

async function drop(db: Kysely<Tables>, { id, line }: { readonly id: number; readonly line: number }): Promise<void> {
  await db.deleteFrom('outbox').where('id', '=', id).execute();
  await db.updateTable('lines').set({ status: 'discarded' }).where('id', '=', line).execute();
}
