import { z } from 'zod';
import type { Media } from '../../../src/core/conversation/event.ts';
import { mentionsIn, readText } from './text.ts';

/** Who the bot is in its workspace. */
export interface Self {
  readonly user: string;
  readonly bot: string;
  readonly team: string;
  readonly enterprise?: string;
}

/** A file in a message. `at`: ts of the message, `hidden`: Slack tells its properties only when asked. */
export interface SlackFile {
  readonly id: string;
  readonly at: string;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly size?: number | undefined;
  readonly url?: string | undefined;
  readonly hidden: boolean;
}

/** A message of a person, as far as it matters here. */
export interface Heard {
  readonly channel: string;
  readonly user: string;
  /** The team of the author; in channels shared between companies not that of the bot. */
  readonly team: string | undefined;
  readonly ts: string;
  readonly thread: string | undefined;
  readonly text: string;
  /** The text as it came, with Slack's own markup. */
  readonly written: string;
  readonly files: readonly SlackFile[];
  readonly file: { readonly media: Media; readonly name: string } | undefined;
  /** True when the bot is mentioned. */
  readonly mentioned: boolean;
  /** True when it begins with the name of somebody else. */
  readonly toOther: boolean;
  readonly clientId: string | undefined;
}

/** What a message event tells. */
export type News =
  | { readonly kind: 'said'; readonly heard: Heard }
  | { readonly kind: 'edited'; readonly heard: Heard; readonly edit: string }
  | {
      readonly kind: 'deleted';
      readonly channel: string;
      readonly ts: string;
      readonly thread?: string;
      readonly user?: string;
      readonly team?: string;
    };

const message = z.object({
  channel: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  hidden: z.boolean().optional(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  client_msg_id: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
  files: z
    .array(
      z.object({
        id: z.string().default(''),
        name: z.string().nullish(),
        mimetype: z.string().nullish(),
        size: z.number().nullish(),
        url_private: z.string().nullish(),
        file_access: z.string().nullish(),
      }),
    )
    .optional(),
});

const event = message.extend({
  ts: z.string().optional(),
  message: message.optional(),
  previous_message: message.partial().optional(),
  deleted_ts: z.string().optional(),
});

/** Only these kinds of message are somebody saying something; the rest are joins, topics, other apps and so on. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/**
 * Reads a `message` or `app_mention` event, or a message of a channel's history. Undefined: nothing that somebody says
 * (own messages, other bots, joins, previews of links).
 */
export function decodeMessage(raw: unknown, self: Self): News | undefined {
  const parsed = event.safeParse(raw);
  if (!parsed.success) return undefined;
  const { channel, subtype, message: changed, previous_message: before, deleted_ts: deleted, ...whole } = parsed.data;
  if (channel === undefined) return undefined;
  if (subtype === 'message_deleted') {
    const ts = deleted ?? before?.ts;
    if (ts === undefined || before?.bot_id != null) return undefined;
    const { thread_ts: thread, user } = before ?? {};
    const team = before?.user_team ?? before?.team;
    return {
      kind: 'deleted',
      channel,
      ts,
      ...(thread !== undefined && { thread }),
      ...(user !== undefined && { user }),
      ...(team !== undefined && { team }),
    };
  }
  if (subtype === 'message_changed') {
    // A preview of a link also changes a message, but not its words.
    if (!changed || changed.text === before?.text) return undefined;
    const heard = heardIn({ ...changed, channel }, self);
    return heard && { kind: 'edited', heard, edit: changed.edited?.ts ?? changed.text ?? '' };
  }
  const heard = whole.ts === undefined ? undefined : heardIn({ ...whole, ts: whole.ts, channel, subtype }, self);
  return heard && { kind: 'said', heard };
}

function heardIn(said: z.output<typeof message>, self: Self): Heard | undefined {
  const { channel = '', user, bot_id: bot, subtype, hidden, text, ts, thread_ts: thread, files = [] } = said;
  if (user === undefined || user === self.user || user === 'USLACKBOT') return undefined;
  if (bot != null || hidden || !spoken.has(subtype)) return undefined;
  const written = text ?? '';
  const mentions = mentionsIn(written);
  const mentioned = mentions.includes(self.user);
  const [file] = files;
  return {
    channel,
    user,
    team: said.user_team ?? said.team,
    ts,
    thread: thread === ts ? undefined : thread,
    text: readText(written, self.user),
    written,
    files: files.map((one) => ({
      id: one.id,
      at: ts,
      name: one.name ?? undefined,
      type: one.mimetype ?? undefined,
      size: one.size ?? undefined,
      url: one.url_private ?? undefined,
      hidden: one.file_access === 'check_file_info',
    })),
    file: file && { media: mediaOf(file.mimetype), name: file.name ?? '' },
    mentioned,
    toOther: !mentioned && /^\s*<[@!]/.test(written) && !/^\s*<!date/.test(written),
    clientId: said.client_msg_id,
  };
}

/** What kind of thing a file is. */
export function mediaOf(mimetype: string | null | undefined): Media {
  const [kind] = (mimetype ?? '').split('/');
  if (kind === 'image' || kind === 'video') return kind;
  return kind === 'audio' ? 'voice' : 'file';
}
