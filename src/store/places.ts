import type { Store } from '../ports.ts';
import type { Database } from './database.ts';
import { whole } from './values.ts';

/** What is known of single conversations: their state, and where their channel met them. */
export function createPlaces({ db, write }: Database): Pick<Store, 'load' | 'placeOf' | 'setPlace' | 'recent'> {
  const find = (conversation: string) => db.selectFrom('conversations').where('id', '=', conversation);
  return {
    async load(conversation) {
      const row = await find(conversation).select('state').executeTakeFirst();
      return row?.state ? JSON.parse(row.state) : undefined;
    },
    async placeOf(conversation) {
      const row = await find(conversation).select('place').executeTakeFirst();
      return row?.place ?? undefined;
    },
    setPlace: (conversation, place, at) =>
      write(conversation, async (transaction) => {
        const met = { place, updated_at: whole(at) };
        await transaction
          .insertInto('conversations')
          .values({ id: conversation, state: null, owner: 'bot', positions: 0, ...met })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(met))
          .execute();
      }),
    async recent(channel, since, limit) {
      const rows = await db
        .selectFrom('conversations')
        .select(['id', 'place', 'updated_at'])
        .where('updated_at', '>=', whole(since))
        .where('id', 'like', `${channel}:%`)
        .where('place', 'is not', null)
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ id, place, updated_at }) => ({ conversation: id, place: place ?? '', at: updated_at }));
    },
  };
}
