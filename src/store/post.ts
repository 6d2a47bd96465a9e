import type { Kysely } from 'kysely';
import type { Outgoing } from '../core/message.ts';
import type { DeskPost } from '../ports.ts';
import type { Tables } from './tables.ts';
import { plain, whole } from './values.ts';

/** What else is known of a message on its way. */
export interface About {
  /** The consultant's own message, which is marked with what became of this one, and its case. */
  readonly origin?: string;
  readonly case?: string;
  /** What is for the desk rather than for a visitor. */
  readonly desk?: DeskPost;
}

/** Puts a message on its way: a line of the transcript that is still to be delivered, and its outbox row. */
export async function post(
  db: Kysely<Tables>,
  {
    conversation,
    key,
    at,
    place,
    heldUntil = 0,
  }: {
    readonly conversation: string;
    readonly key: string;
    readonly at: number;
    readonly place: string | null;
    /** Not to be carried out before, ms. */
    readonly heldUntil?: number;
  },
  author: 'bot' | 'consultant',
  message: Outgoing,
  { origin, case: ofCase, desk }: About = {},
): Promise<void> {
  const json = JSON.stringify(message);
  const { id } = await db
    .insertInto('lines')
    .values({
      conversation,
      key,
      at,
      author,
      text: plain(message.text),
      message: json,
      status: 'pending',
      position: null,
      reason: null,
      origin: origin ?? null,
      case_id: ofCase ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('outbox')
    .values({
      conversation,
      line: id,
      author,
      message: json,
      key: `${key}#${id}`,
      attempts: 0,
      ready_at: whole(heldUntil),
      leased_until: 0,
      place,
      desk: desk ? JSON.stringify(desk) : null,
    })
    .execute();
}
