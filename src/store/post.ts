import type { Insertable, Kysely } from 'kysely';
import type { Outgoing } from '../core/message.ts';
import type { DeskPost } from '../ports.ts';
import type { Tables } from './tables.ts';
import { plain, whole } from './values.ts';

/** A message that is put on its way. */
export interface Post {
  readonly author: 'bot' | 'consultant';
  readonly message: Outgoing;
  /** The consultant's own message, which is marked with what became of this one, and its case. */
  readonly origin?: string;
  readonly case?: string;
  /** What is for the desk rather than for a visitor. */
  readonly desk?: DeskPost;
}

/** The conversation in which a message is posted, and the event that caused it. */
export interface Spot {
  readonly conversation: string;
  readonly key: string;
  readonly at: number;
  readonly place: string | null;
  /** Not to be carried out before, ms. */
  readonly heldUntil?: number;
}

type Line = Insertable<Tables['lines']>;

/** Puts a message on its way: a line of the transcript that is still to be delivered, and its outbox row. */
export function post(db: Kysely<Tables>, spot: Spot, message: Post): Promise<void> {
  return writeLines(db, [], [{ ...message, spot }]);
}

/** Writes lines that are shown at once, and behind them messages on their way, with two statements in all. */
export async function writeLines(
  db: Kysely<Tables>,
  shown: readonly Line[],
  posts: readonly (Post & { readonly spot: Spot })[],
): Promise<void> {
  const messages = posts.map(({ message }) => JSON.stringify(message));
  const pending = posts.map(({ spot, author, message, origin, case: ofCase }, number): Line => {
    const { conversation, key, at } = spot;
    const text = plain(message.text);
    const about = { origin: origin ?? null, case_id: ofCase ?? null };
    const unsettled = { status: 'pending', position: null, reason: null } as const;
    return { conversation, key, at, author, text, message: messages[number] ?? null, ...unsettled, ...about };
  });
  if (shown.length + pending.length === 0) return;
  const lines = await db
    .insertInto('lines')
    .values([...shown, ...pending])
    .returning('id')
    .execute();
  if (posts.length === 0) return;
  // Numbers are given in the order of the rows; in which order they are returned is not promised.
  const ids = lines.map(({ id }) => id).toSorted((one, other) => one - other);
  await db
    .insertInto('outbox')
    .values(
      posts.map(({ spot, author, desk }, number) => {
        const line = ids[shown.length + number] ?? Number.NaN;
        return {
          conversation: spot.conversation,
          line,
          author,
          message: messages[number] ?? '',
          key: `${spot.key}#${line}`,
          attempts: 0,
          ready_at: whole(spot.heldUntil ?? 0),
          leased_until: 0,
          place: spot.place,
          desk: desk ? JSON.stringify(desk) : null,
        };
      }),
    )
    .execute();
}
