import type { Kysely, Selectable } from 'kysely';
import type { Commit, Loaded, Store } from '../ports.ts';
import { apply, forgets, type Turn } from './apply.ts';
import type { Database, InConversation } from './database.ts';
import { explain } from './error.ts';
import type { Tables } from './tables.ts';
import { whole } from './values.ts';

/** What `work` threw, to be told apart from what the database threw. */
class Thrown {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

type Event = Parameters<Store['transact']>[0];
type Outcome = Awaited<ReturnType<Store['transact']>>;

/** An event, and what is to be done about it. */
interface Arrival extends InConversation {
  readonly event: Event;
  readonly work: (loaded: Loaded) => Commit;
}

/** Applies one event in one transaction, exactly once for its key; events that wait together may share one. */
export function createTransact(database: Database): Store['transact'] {
  const alone = (arrival: Arrival) =>
    database.write(arrival.conversation, async (db) => {
      const [outcome = 'seen'] = await applyNew(db, database, [arrival]);
      return outcome;
    });
  const together = database.together?.<Arrival, Outcome>((db, arrivals) => applyNew(db, database, arrivals), alone);
  const add = together ?? alone;
  return async ({ key, conversation, at }, work) => {
    try {
      return await add({ conversation, event: { key, conversation, at: whole(at) }, work });
    } catch (error) {
      throw error instanceof Thrown ? error.error : explain(error);
    }
  };
}

/** Applies those events, of different conversations, whose key was not seen before. */
async function applyNew(
  db: Kysely<Tables>,
  database: Database,
  arrivals: readonly Arrival[],
): Promise<readonly Outcome[]> {
  // Keys, then conversations, each in one order: otherwise two programs that get the same events could deadlock.
  const keys = arrivals.map(({ event: { key, at } }) => ({ key, at }));
  const marked = await db
    .insertInto('seen')
    .values(keys.toSorted((one, other) => (one.key < other.key ? -1 : 1)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .execute();
  const unseen = new Set(marked.map(({ key }) => key));
  const fresh = arrivals.filter(({ event }) => unseen.delete(event.key));
  if (fresh.length > 0) {
    const events = fresh.map(({ event }) => event);
    const held = await lock(db, database.dialect, events);
    const turns = fresh.map((arrival) => play(arrival, held.get(arrival.conversation)));
    // Erasing removes rows of other lanes as well, in no order.
    if (turns.length > 1 && turns.some(({ commit }) => forgets(commit)))
      throw new Error('what erases a conversation takes a transaction of its own');
    await apply(db, database, turns);
  }
  return arrivals.map((arrival) => (fresh.includes(arrival) ? 'applied' : 'seen'));
}

function play({ event, work }: Arrival, held: Held | undefined): Turn {
  const { state = null, positions = 0, place = null } = held ?? {};
  const loaded = { state: state === null ? undefined : JSON.parse(state) };
  let commit: Commit;
  try {
    commit = work(loaded);
  } catch (error) {
    throw new Thrown(error);
  }
  const { heldUntil } = commit;
  const here = { ...event, positions, place: commit.place ?? place };
  return { place: heldUntil === undefined ? here : { ...here, heldUntil }, commit };
}

/** What is known of a conversation whose row is held until the transaction ends. */
type Held = Pick<Selectable<Tables['conversations']>, (typeof columns)[number]>;

const columns = ['id', 'state', 'positions', 'place'] as const;

/** Holds the rows of the conversations; those of new conversations are created. */
async function lock(
  db: Kysely<Tables>,
  dialect: Database['dialect'],
  events: readonly Event[],
): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  const hold = (rows: readonly Held[]) => {
    for (const row of rows) held.set(row.id, row);
  };
  const missing = () => events.filter(({ conversation }) => !held.has(conversation));
  const select = (wanted: readonly Event[]) => {
    const these = wanted.map(({ conversation }) => conversation);
    const found = db.selectFrom('conversations').select(columns).where('id', 'in', these).orderBy('id');
    return (dialect === 'postgres' ? found.forUpdate() : found).execute();
  };
  hold(await select(events));
  if (missing().length === 0) return held;
  const absent = missing().toSorted((one, other) => (one.conversation < other.conversation ? -1 : 1));
  const rows = absent.map(({ conversation, at }) => ({
    id: conversation,
    state: null,
    owner: 'bot',
    positions: 0,
    updated_at: at,
    place: null,
  }));
  const created = db.insertInto('conversations').values(rows).returning(columns);
  hold(await created.onConflict((conflict) => conflict.doNothing()).execute());
  // Another program may have created one meanwhile.
  if (missing().length > 0) hold(await select(missing()));
  return held;
}
