import { sql } from 'kysely';
import type { Store } from '../ports.ts';
import type { Database } from './database.ts';
import { whole } from './values.ts';

type Reads = Pick<Store, 'dueTimers' | 'transcript' | 'asked' | 'feedback' | 'counts' | 'sweep' | 'ping'>;

/** Everything that only looks, and the removal of old keys. */
export function createReads({ db, write }: Database): Reads {
  return {
    dueTimers: (now, limit) =>
      db.selectFrom('timers').selectAll().where('at', '<=', whole(now)).orderBy('at').limit(limit).execute(),
    async transcript(conversation, after, limit) {
      const rows = await db
        .selectFrom('lines')
        .selectAll()
        .where('conversation', '=', conversation)
        .where('position', '>', after)
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(({ reason: _, origin: _origin, case_id: _case, message, ...line }) => ({
        ...line,
        ...(message !== null && { message: JSON.parse(message) }),
      }));
    },
    async asked(since, limit) {
      const rows = await db
        .selectFrom('events')
        .select(['at', 'conversation', 'event'])
        .where('at', '>=', whole(since))
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('lines')
              .select('lines.id')
              .whereRef('lines.conversation', '=', 'events.conversation')
              .whereRef('lines.key', '=', 'events.key')
              .where('lines.author', '=', 'visitor'),
          ),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ at, conversation, event }) => ({ at, conversation, event: JSON.parse(event) }));
    },
    async feedback(since) {
      const rows = await db
        .selectFrom('feedback')
        .select(({ fn }) => ['entry', fn.sum<number>('helpful').as('helpful'), fn.countAll<number>().as('all')])
        .where('at', '>=', whole(since))
        .groupBy('entry')
        .orderBy('entry')
        .execute();
      return rows.map(({ entry, helpful, all }) => ({
        entry,
        helpful: Number(helpful),
        unhelpful: Number(all) - Number(helpful),
      }));
    },
    async counts() {
      const count = sql<number>`count(*)`;
      const outbox = await db
        .selectFrom('outbox')
        .innerJoin('lines', 'lines.id', 'outbox.line')
        .select(({ fn }) => [count.as('count'), fn.min('lines.at').as('oldest')])
        .executeTakeFirstOrThrow();
      const timers = await db.selectFrom('timers').select(count.as('count')).executeTakeFirstOrThrow();
      const waiting = await db
        .selectFrom('cases')
        .select(count.as('count'))
        .where('status', '=', 'waiting')
        .executeTakeFirstOrThrow();
      return {
        outbox: Number(outbox.count),
        oldestOutboxAt: outbox.oldest,
        timers: Number(timers.count),
        waitingCases: Number(waiting.count),
      };
    },
    sweep: (before) =>
      write('', async (transaction) => {
        await transaction.deleteFrom('seen').where('at', '<', whole(before)).execute();
      }),
    async ping() {
      await sql`select 1`.execute(db);
    },
  };
}
