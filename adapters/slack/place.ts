import { createHash } from 'node:crypto';
import { z } from 'zod';

const schema = z.object({
  /** A channel, a direct message channel, or a user id: then the direct messages with this person. */
  channel: z.string(),
  /** ts of the root of the thread. */
  thread: z.string().optional(),
  /** Who asked. */
  user: z.string().optional(),
  /** ts of the question. */
  ts: z.string().optional(),
  /** True when only the person who asked may see the reply. */
  only: z.boolean().optional(),
  /** `response_url` of a command or of a click. */
  respond: z.string().optional(),
  /** True when the reply takes the place of the message that was clicked. */
  instead: z.boolean().optional(),
  /** The open window in which the reply is shown. */
  view: z.string().optional(),
  /** True when the question was edited: the reply takes the place of the one before. */
  again: z.boolean().optional(),
  /** True when nothing is to be said at all. */
  quiet: z.boolean().optional(),
  /** ts of the last message in the thread that was not meant for the bot. */
  aside: z.string().optional(),
});

/** Where a reply goes, and what the next message in the same thread is judged by. */
export type Place = z.output<typeof schema>;

/** Reads a place as it was stored; undefined when there is none. */
export function readPlace(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The conversation with one person: direct messages, App Home, windows. Team and user, since ids repeat. */
export function personal(team: string, user: string): string {
  return `slack:${team}:${user}`;
}

/** What only one person sees in a channel: slash command, offers of help. */
export function whispered(team: string, user: string, channel: string): string {
  return `${personal(team, user)}:${channel}`;
}

/** A thread of a channel; ids of channels are unique across workspaces. */
export function threaded(channel: string, root: string): string {
  return `slack:${channel}:${root}`;
}

/** True for a channel of direct messages, or a user id in place of one. */
export function isDirect(channel: string): boolean {
  return /^[DUW]/.test(channel);
}

/** A key as it may be seen by others: the metadata of a message are readable for every app in the channel. */
export function opaque(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}

/** Milliseconds since 1970 of a Slack timestamp. */
export function timeOf(ts: string): number {
  return Math.floor(Number(ts) * 1_000);
}
