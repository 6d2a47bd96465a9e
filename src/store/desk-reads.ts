import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Case, CaseQuery, DeskLine, JournalItem, Store } from '../ports.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';

type Reads = Pick<Store, 'cases' | 'caseOf' | 'findCases' | 'deskLines' | 'journal' | 'journalOf' | 'deskVersion'>;

/** What consultants look at. */
export function createDeskReads({ db }: Database): Reads {
  return {
    async cases(status, limit) {
      const found = db.selectFrom('cases').selectAll().where('status', '=', status).orderBy('opened_at').limit(limit);
      return (await found.execute()).map(caseOf);
    },
    async caseOf(id) {
      const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
      return row && caseOf(row);
    },
    async findCases(query) {
      const { limit, before, search = '' } = query;
      let found = db.selectFrom('cases').selectAll().limit(limit);
      if (before !== undefined) found = found.where('opened_at', '<', whole(before));
      for (const word of search.split(/\s+/).filter((part) => part !== ''))
        found = found.where((builder) => mentions(builder, word));
      found = found.where(shown[query.show](query.consultant ?? ''));
      const rows = await (query.show === 'unclaimed' || query.show === 'mine'
        ? found.orderBy(({ fn }) => fn.coalesce('snoozed_until', 'waiting_since', 'opened_at'))
        : found.orderBy('opened_at', 'desc')
      ).execute();
      return rows.map(caseOf);
    },
    async deskLines(conversation, limit) {
      const rows = await db
        .selectFrom('lines')
        .leftJoin('events', (join) =>
          join
            .onRef('events.conversation', '=', 'lines.conversation')
            .onRef('events.key', '=', 'lines.key')
            .on('lines.author', '=', 'visitor'),
        )
        .selectAll('lines')
        .select('events.event')
        .where('lines.conversation', '=', conversation)
        .orderBy('lines.id', 'desc')
        .limit(limit)
        .execute();
      return rows.toReversed().map(
        ({ message, reason, event, origin, case_id: _, ...line }): DeskLine => ({
          ...line,
          ...(message !== null && { message: JSON.parse(message) }),
          ...(reason !== null && { reason }),
          ...(origin !== null && { origin }),
          ...(event !== null && { event: JSON.parse(event) }),
        }),
      );
    },
    async journal(conversation, after, limit) {
      const rows = await db
        .selectFrom('journal')
        .select(['id', 'case_id', 'at', 'item'])
        .where('conversation', '=', conversation)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(journalItem);
    },
    async journalOf(conversation, key) {
      const rows = await db
        .selectFrom('journal')
        .select(['id', 'case_id', 'at', 'item'])
        .where('conversation', '=', conversation)
        .where('key', '=', key)
        .orderBy('id')
        .execute();
      return rows.map(journalItem);
    },
    async deskVersion() {
      const row = await db.selectFrom('counters').select('value').where('name', '=', 'desk').executeTakeFirstOrThrow();
      return row.value;
    },
  };
}

function journalItem({
  id,
  case_id,
  at,
  item,
}: Omit<Selectable<Tables['journal']>, 'conversation' | 'key'>): JournalItem {
  return { id, case: case_id, at, item: JSON.parse(item) };
}

type Condition = (builder: ExpressionBuilder<Tables, 'cases'>) => Expression<SqlBool>;

const shown: Readonly<Record<CaseQuery['show'], (consultant: string) => Condition>> = {
  unclaimed: () => (where) => where('status', '=', 'waiting'),
  mine: (consultant) => (where) => where.and([where('status', '=', 'claimed'), where('consultant', '=', consultant)]),
  open: () => (where) => where('status', 'in', ['waiting', 'claimed']),
  closed: () => (where) => where('status', 'in', ['resolved', 'withdrawn']),
  // SQLite has no boolean to bind.
  all: () => () => sql<SqlBool>`1 = 1`,
};

/** Whether the word occurs in what is known of a case or in its transcript; capitals do not matter. */
function mentions(where: ExpressionBuilder<Tables, 'cases'>, word: string): Expression<SqlBool> {
  const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const like = (column: Expression<unknown>) => sql<SqlBool>`lower(${column}) like ${pattern} escape '\\'`;
  return where.or([
    like(where.ref('question')),
    like(where.ref('visitor')),
    like(where.ref('consultant_name')),
    where.exists(
      where
        .selectFrom('lines')
        .select('lines.id')
        .whereRef('lines.conversation', '=', 'cases.conversation')
        .where(({ ref }) => like(ref('lines.text'))),
    ),
  ]);
}

function caseOf(row: Selectable<Tables['cases']>): Case {
  const { id, conversation, status, reason, question, details, consultant, consultant_name: name } = row;
  return {
    id,
    conversation,
    status,
    reason,
    question,
    facts: JSON.parse(details),
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    consultant: consultant === null ? null : { id: consultant, name: name ?? consultant },
    paged: row.paged === 1,
    waitingSince: row.waiting_since,
    snoozedUntil: row.snoozed_until,
    helpful: row.helpful === null ? null : row.helpful === 1,
  };
}
