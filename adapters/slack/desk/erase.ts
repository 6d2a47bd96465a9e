import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Self } from '../decode/message.ts';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import type { Found } from '../send/find.ts';
import { erasedCard } from './card.ts';
import type { Cards } from './cards.ts';

const page = 200;

const own = z.object({
  ts: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  files: z.array(z.object({ id: z.string() })).default([]),
});

/** Errors that mean that there is nothing left to erase. */
const gone = new Set(['message_not_found', 'file_not_found', 'file_deleted', 'thread_not_found']);

/**
 * Takes what the bot has shown of a visitor out of the desk: the card becomes one line, its messages and files in the
 * thread go. What consultants wrote there is theirs, and stays. Throws like the Web API, and may then be tried again.
 */
export async function erase(
  {
    client,
    cards,
    self,
    log,
  }: { readonly client: WebClient; readonly cards: Cards; readonly self: Self; readonly log: Log },
  id: string,
): Promise<void> {
  const card = await cards.replace(id, erasedCard());
  if (!card) return;
  const { channel, ts: root } = card;
  let cursor = '';
  do {
    const { messages, next } = await read(client, card, cursor);
    const ours = messages.filter(
      ({ ts, user, bot_id: bot }) => ts !== root && (user === self.user || bot === self.bot),
    );
    for (const { ts, files } of ours) {
      for (const { id: file } of files) await client.files.delete({ file }).catch(absent);
      await client.chat.delete({ channel, ts }).catch(absent);
    }
    cursor = next;
  } while (cursor !== '');
  log.info({ case: id }, 'slack: a case was erased from the desk');
}

async function read(client: WebClient, { channel, ts }: Found, cursor: string) {
  const range = { channel, ts, limit: page, ...(cursor !== '' && { cursor }) };
  const found = await client.conversations.replies(range).catch(absent);
  return { messages: z.array(own).parse(found?.messages ?? []), next: found?.response_metadata?.next_cursor ?? '' };
}

function absent(error: unknown): undefined {
  if (!gone.has(failureOf(error).error)) throw error;
}
