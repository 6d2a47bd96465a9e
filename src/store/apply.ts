import type { Kysely } from 'kysely';
import type { Effect } from '../core/conversation/effect.ts';
import type { State } from '../core/conversation/state.ts';
import type { Commit } from '../ports.ts';
import { amend } from './amend.ts';
import { changeCase, openCase } from './cases.ts';
import type { Database as Open } from './database.ts';
import { erase } from './erase.ts';
import { record } from './journal.ts';
import { markBehind } from './mark.ts';
import { post } from './post.ts';
import type { Tables } from './tables.ts';
import { plain, whole } from './values.ts';
import { touchDesk } from './version.ts';

type Database = Kysely<Tables>;
type Kind = Pick<Open, 'dialect' | 'desk'>;

/** Where and when an event happened, and the conversation's last position; `place` is the channel's own. */
export interface Place {
  readonly key: string;
  readonly conversation: string;
  readonly at: number;
  readonly positions: number;
  readonly place: string | null;
  /** Messages are not carried out before. */
  readonly heldUntil?: number;
}

/** Who may speak in a conversation with this state. */
function ownerOf({ activity }: State): string {
  return activity.at === 'with-consultant' ? activity.consultant.id : 'bot';
}

/** Writes what one event does: state, transcript, outbox, timers, cases. Runs inside the event's transaction. */
export async function apply(db: Database, kind: Kind, place: Place, commit: Commit): Promise<void> {
  const { conversation, key, at } = place;
  const forgets = commit.effects.some(({ type }) => type === 'forget');
  if (forgets) await erase(db, kind, { conversation, key, at });
  const line = forgets ? undefined : commit.line;
  const positions = place.positions + (line ? 1 : 0);
  const owner = ownerOf(commit.state);
  await db
    .updateTable('conversations')
    .set({ state: JSON.stringify(commit.state), owner, positions, updated_at: at, place: place.place })
    .where('id', '=', conversation)
    .execute();
  if (line) {
    const shown = {
      status: 'shown',
      position: positions,
      message: null,
      reason: null,
      origin: null,
      case_id: null,
    } as const;
    await db
      .insertInto('lines')
      .values({ conversation, key, at, author: line.author, text: plain(line.text), ...shown })
      .execute();
  }
  if (!forgets)
    await db
      .insertInto('events')
      .values({ conversation, key, at, event: JSON.stringify(commit.event) })
      .execute();
  if (owner !== 'bot') await discardUnsent(db, conversation, at);
  if (place.heldUntil !== undefined) await hold(db, conversation, whole(place.heldUntil));
  await removeTimer(db, place);
  for (const effect of commit.effects) await carryOut(db, kind, place, commit, effect);
  if (commit.effects.some((effect) => effect.type === 'relay' && effect.origin !== undefined))
    await markBehind(db, kind.desk, place);
  await touchDesk(db, conversation);
}

async function carryOut(db: Database, kind: Kind, place: Place, { state }: Commit, effect: Effect) {
  const { conversation, at } = place;
  switch (effect.type) {
    case 'say':
      return post(db, place, 'bot', effect.message);
    case 'relay': {
      const { activity } = state;
      const { origin, message } = effect;
      const marked = origin !== undefined && activity.at === 'with-consultant';
      return post(db, place, 'consultant', message, marked ? { case: activity.case, origin } : {});
    }
    case 'amend':
      return amend(db, kind.dialect, place, effect);
    case 'set-timer':
      await db
        .insertInto('timers')
        .values({ conversation, name: effect.name, at: whole(effect.at) })
        .onConflict((conflict) => conflict.columns(['conversation', 'name']).doUpdateSet({ at: whole(effect.at) }))
        .execute();
      return;
    case 'clear-timer':
      await db.deleteFrom('timers').where('conversation', '=', conversation).where('name', '=', effect.name).execute();
      return;
    case 'open-case':
      return openCase(db, conversation, at, effect.case);
    case 'update-case':
      return changeCase(db, conversation, at, effect.case, effect.change);
    case 'desk':
      // That a case was erased is written with the erasing, for every case that the visitor had.
      if (effect.item.kind === 'erased') return;
      return record(db, kind.desk, { conversation, key: place.key, at }, effect.case, effect.item);
    case 'feedback': {
      const given = { helpful: effect.helpful ? 1 : 0, at };
      await db
        .insertInto('feedback')
        .values({ conversation, entry: effect.entry, ...given })
        .onConflict((conflict) => conflict.columns(['conversation', 'entry']).doUpdateSet(given))
        .execute();
      return;
    }
    case 'forget':
      return;
  }
}

/** From the claim on, what the bot had not sent yet is not sent any more. Rows being sent are checked by the sender. */
async function discardUnsent(db: Database, conversation: string, now: number): Promise<void> {
  const rows = await db
    .deleteFrom('outbox')
    .where('conversation', '=', conversation)
    .where('author', '=', 'bot')
    .where('leased_until', '<=', now)
    .returning('line')
    .execute();
  if (rows.length === 0) return;
  await db
    .updateTable('lines')
    .set({ status: 'discarded' })
    .where(
      'id',
      'in',
      rows.map(({ line }) => line),
    )
    .execute();
}

/** What was kept until the visitor writes again is due together with the replies. */
async function hold(db: Database, conversation: string, until: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ready_at: until })
    .where('conversation', '=', conversation)
    .where('leased_until', '=', 0)
    .execute();
}

/** A timer whose event is applied is over. */
async function removeTimer(db: Database, { key, conversation }: Place): Promise<void> {
  const prefix = `timer:${conversation}:`;
  if (!key.startsWith(prefix)) return;
  const rest = key.slice(prefix.length);
  const colon = rest.lastIndexOf(':');
  await db
    .deleteFrom('timers')
    .where('conversation', '=', conversation)
    .where('name', '=', rest.slice(0, colon))
    .where('at', '=', Number(rest.slice(colon + 1)))
    .execute();
}
