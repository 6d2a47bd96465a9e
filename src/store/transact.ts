import type { Kysely, Selectable } from 'kysely';
import type { Commit, Loaded, Store } from '../ports.ts';
import { apply, isCommon, type Turn } from './apply.ts';
import { apart, type Database, type InConversation } from './database.ts';
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
      const [outcome] = await applyNew(db, database, [arrival], () => true);
      return outcome === 'applied' ? outcome : 'seen';
    });
  const together = database.together?.<Arrival, Outcome>(
    (db, arrivals) => applyNew(db, database, arrivals, isCommon),
    alone,
  );
  const add = together ?? alone;
  return async ({ key, conversation, at }, work) => {
    try {
      return await add({ conversation, event: { key, conversation, at: whole(at) }, work });
    } catch (error) {
      throw error instanceof Thrown ? error.error : explain(error);
    }
  };
}

/** Applies those events, of different conversations, whose key was not seen before; those that do not fit stay apart. */
async function applyNew(
  db: Kysely<Tables>,
  database: Database,
  arrivals: readonly Arrival[],
  fits: (turn: Turn) => boolean,
): Promise<readonly (Outcome | typeof apart)[]> {
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
  if (fresh.length === 0) return arrivals.map(() => 'seen');
  const events = fresh.map(({ event }) => event);
  const held = await lock(db, database.dialect, events);
  const played = fresh.map((arrival) => ({ arrival, turn: play(arrival, held.get(arrival.conversation)) }));
  const turns = played.filter(({ turn }) => fits(turn)).map(({ turn }) => turn);
  const left = played.filter(({ turn }) => !fits(turn)).map(({ arrival }) => arrival);
  if (left.length > 0) await unmark(db, left);
  if (turns.length > 0) await apply(db, database, turns);
  return arrivals.map((arrival) => (left.includes(arrival) ? apart : fresh.includes(arrival) ? 'applied' : 'seen'));
}

/** The keys of events that are left to others are as if they had not been seen. */
async function unmark(db: Kysely<Tables>, arrivals: readonly Arrival[]): Promise<void> {
  const keys = arrivals.map(({ event }) => event.key);
  await db.deleteFrom('seen').where('key', 'in', keys).execute();
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
