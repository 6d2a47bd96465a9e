import type { Kysely } from 'kysely';
import type { Effect } from '../core/conversation/effect.ts';
import { post } from './post.ts';
import type { Tables } from './tables.ts';
import { plain } from './values.ts';

/**
 * Carries a change of a consultant's reply out: what is still waiting is changed, or dropped; what is being sent or has
 * gone out stays, and a notice goes after it.
 */
export async function amend(
  db: Kysely<Tables>,
  place: Parameters<typeof post>[1],
  { origin, message, notice }: Extract<Effect, { readonly type: 'amend' }>,
): Promise<void> {
  const { conversation, at } = place;
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('lines', 'lines.id', 'outbox.line')
    .select(['outbox.id', 'outbox.line', 'lines.mark'])
    .where('outbox.conversation', '=', conversation)
    .where('outbox.leased_until', '<=', at)
    .where('lines.mark', 'is not', null)
    .execute();
  const waiting = rows.find(({ mark }) => mark !== null && JSON.parse(mark).origin === origin);
  if (!waiting) return post(db, place, 'consultant', notice);
  if (!message) {
    await db.deleteFrom('outbox').where('id', '=', waiting.id).execute();
    await db.updateTable('lines').set({ status: 'discarded' }).where('id', '=', waiting.line).execute();
    return;
  }
  const json = JSON.stringify(message);
  await db.updateTable('outbox').set({ message: json }).where('id', '=', waiting.id).execute();
  await db
    .updateTable('lines')
    .set({ message: json, text: plain(message.text) })
    .where('id', '=', waiting.line)
    .execute();
}
