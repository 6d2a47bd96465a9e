import type { Kysely } from 'kysely';
import type { DeskItem } from '../core/conversation/desk-item.ts';
import type { Database as Open } from './database.ts';
import { post } from './post.ts';
import type { Tables } from './tables.ts';

type Database = Kysely<Tables>;

/** Where and when something happened to a conversation. */
export interface Happening {
  readonly key: string;
  readonly conversation: string;
  readonly at: number;
  /** The desk is not told before, ms. */
  readonly heldUntil?: number;
}

/** What happened before the consultants were called and is shown to them once they are. */
const told: readonly DeskItem['kind'][] = ['visitor', 'visitor-edited', 'bot', 'note'];

/** The conversation in which a desk that is a channel of its own is told of a visitor's cases. */
export function laneOf(desk: string, conversation: string): string {
  return `${desk}:${conversation}`;
}

/**
 * Writes an item of a case's journal and, where a desk is a channel of its own (`desk`), puts it on its way there. That
 * desk hears of a case from the moment on at which the consultants are called; then also of what was said before.
 */
export async function record(
  db: Database,
  desk: Open['desk'],
  happening: Happening,
  id: string,
  item: DeskItem,
): Promise<void> {
  const { key, conversation, at } = happening;
  const known = await pagedOf(db, conversation, id);
  // What comes in for a case that was erased meanwhile is not kept.
  if (known === undefined && item.kind !== 'erased') return;
  const earlier = item.kind === 'paged' && desk ? await saidBefore(db, conversation, id) : [];
  await db
    .insertInto('journal')
    .values({ conversation, case_id: id, key, at, item: JSON.stringify(item) })
    .execute();
  if (item.kind === 'paged')
    await db
      .updateTable('cases')
      .set({ paged: 1 })
      .where('conversation', '=', conversation)
      .where('id', '=', id)
      .execute();
  if (!desk || !(known || item.kind === 'paged' || item.kind === 'erased')) return;
  for (const each of [item, ...earlier]) await tell(db, desk, happening, id, each);
}

async function saidBefore(db: Database, conversation: string, id: string): Promise<readonly DeskItem[]> {
  const rows = await db
    .selectFrom('journal')
    .select('item')
    .where('conversation', '=', conversation)
    .where('case_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ item }) => JSON.parse(item) as DeskItem).filter(({ kind }) => told.includes(kind));
}

/** Whether the consultants were called to a case; undefined where there is no such case. */
async function pagedOf(db: Database, conversation: string, id: string): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('cases')
    .select('paged')
    .where('conversation', '=', conversation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && row.paged === 1;
}

async function tell(db: Database, desk: string, happening: Happening, id: string, item: DeskItem) {
  const { conversation, at } = happening;
  const lane = laneOf(desk, conversation);
  await db
    .insertInto('conversations')
    .values({ id: lane, state: null, owner: 'bot', positions: 0, updated_at: at, place: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const message = { text: '', language: 'en', refs: [] } as const;
  const spot = { ...happening, conversation: lane, place: null };
  await post(db, spot, { author: 'bot', message, desk: { conversation, case: id, item } });
}
