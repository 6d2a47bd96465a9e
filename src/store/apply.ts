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
import { type Post, writeLines } from './post.ts';
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

/** What one event does, and where. */
export interface Turn {
  readonly place: Place;
  readonly commit: Commit;
}

/** Who may speak in a conversation with this state. */
function ownerOf({ activity }: State): string {
  return activity.at === 'with-consultant' ? activity.consultant.id : 'bot';
}

/** Effects that are written with those of other events, or with one statement. */
const common: readonly Effect['type'][] = ['say', 'set-timer', 'clear-timer', 'feedback'];

/**
 * Whether an event does only what nearly all do. Others (of cases, and what erases a conversation) take many statements,
 * and would hold up those with which they share a transaction, and everybody who waits for them.
 */
export function isCommon({ commit: { state, effects } }: Turn): boolean {
  return ownerOf(state) === 'bot' && effects.every(({ type }) => common.includes(type));
}

/** Whether the event erases what is known of its conversation. */
function forgets({ effects }: Commit): boolean {
  return effects.some(({ type }) => type === 'forget');
}

/**
 * Writes what events of different conversations do: state, transcript, outbox, timers, cases. Runs inside their
 * transaction. What every event has is written for all of them at once.
 */
export async function apply(db: Database, kind: Kind, turns: readonly Turn[]): Promise<void> {
  for (const turn of turns) await clear(db, kind, turn);
  const kept = turns.filter(({ commit }) => !forgets(commit));
  await saveStates(db, turns);
  await writeLines(db, kept.flatMap(shownLine), turns.flatMap(posts));
  if (kept.length > 0) await saveEvents(db, kept);
  for (const { place, commit } of turns) {
    for (const effect of commit.effects) await carryOut(db, kind, place, effect);
    if (commit.effects.some((effect) => effect.type === 'relay' && effect.origin !== undefined))
      await markBehind(db, kind.desk, place);
  }
  await touchDesk(db, ...turns.map(({ place }) => place.conversation));
}

/** Removes what the event makes obsolete, before anything new is written. */
async function clear(db: Database, kind: Kind, { place, commit }: Turn): Promise<void> {
  const { conversation, at, heldUntil } = place;
  if (forgets(commit)) await erase(db, kind, { conversation, key: place.key, at });
  if (ownerOf(commit.state) !== 'bot') await discardUnsent(db, conversation, at);
  if (heldUntil !== undefined) await hold(db, conversation, whole(heldUntil));
  await removeTimer(db, place);
}

async function saveStates(db: Database, turns: readonly Turn[]): Promise<void> {
  const rows = turns.map(({ place: { conversation, positions, at, place }, commit }) => ({
    id: conversation,
    state: JSON.stringify(commit.state),
    owner: ownerOf(commit.state),
    positions: positions + (commit.line && !forgets(commit) ? 1 : 0),
    updated_at: at,
    place,
  }));
  await db
    .insertInto('conversations')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        state: ref('excluded.state'),
        owner: ref('excluded.owner'),
        positions: ref('excluded.positions'),
        updated_at: ref('excluded.updated_at'),
        place: ref('excluded.place'),
      })),
    )
    .execute();
}

async function saveEvents(db: Database, turns: readonly Turn[]): Promise<void> {
  const rows = turns.map(({ place: { conversation, key, at }, commit }) => ({
    conversation,
    key,
    at,
    event: JSON.stringify(commit.event),
  }));
  await db.insertInto('events').values(rows).execute();
}

/** The line of whoever caused the event. */
function shownLine({ place: { conversation, key, at, positions }, commit: { line } }: Turn) {
  if (!line) return [];
  const shown = { status: 'shown', position: positions + 1, message: null, reason: null } as const;
  const { author, text } = line;
  return [{ conversation, key, at, author, text: plain(text), ...shown, origin: null, case_id: null }];
}

/** What the event says to the visitor. */
function posts({ place: spot, commit: { state, effects } }: Turn) {
  const { activity } = state;
  return effects.flatMap((effect): readonly (Post & { readonly spot: Place })[] => {
    if (effect.type === 'say') return [{ spot, author: 'bot', message: effect.message }];
    if (effect.type !== 'relay') return [];
    const { origin, message } = effect;
    const marked = origin !== undefined && activity.at === 'with-consultant';
    return [{ spot, author: 'consultant', message, ...(marked && { case: activity.case, origin }) }];
  });
}

async function carryOut(db: Database, kind: Kind, place: Place, effect: Effect): Promise<void> {
  const { conversation, at } = place;
  switch (effect.type) {
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
    // Written before, with those of all events.
    case 'say':
    case 'relay':
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
