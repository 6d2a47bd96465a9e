import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Clock, Store } from '../../src/ports.ts';
import type { Messages } from './listen/messages.ts';
import { betweenCalls, lookBackFor, tryLook } from './look-back.ts';
import type { Log } from './options.ts';
import { isDirect, type Place, readPlace } from './place.ts';

/** Conversations that are looked through, and messages in each. */
const conversations = 100;
const messages = 100;

/**
 * Looks for what people wrote while the bot was away, in direct messages and in threads that it takes part in, and
 * takes it in as if it had just come. What was taken in before is known by its key. Never rejects.
 */
export async function catchUp(options: {
  readonly client: WebClient;
  readonly store: Pick<Store, 'recent'>;
  readonly messages: Messages;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { client, store, clock, log, signal } = options;
  let found = 0;

  async function read(place: Place, oldest: string): Promise<readonly object[]> {
    const { channel, thread } = place;
    const range = { channel, oldest, limit: messages };
    const top = isDirect(channel) ? ((await client.conversations.history(range)).messages ?? []) : [];
    const below =
      thread === undefined ? [] : ((await client.conversations.replies({ ...range, ts: thread })).messages ?? []);
    const known = new Map([...top, ...below].map((message) => [message.ts, message]));
    return [...known.values()]
      .filter(({ ts = '' }) => Number(ts) > Number(oldest))
      .toSorted((one, other) => Number(one.ts) - Number(other.ts))
      .map((message) => ({ ...message, channel }));
  }

  async function look(place: Place, at: number): Promise<void> {
    const since = Math.max(at, clock() - lookBackFor);
    for (const message of await read(place, (since / 1_000).toFixed(6))) {
      await options.messages.take(message);
      found += 1;
    }
  }

  try {
    for (const { place: stored, at } of await store.recent('slack', clock() - lookBackFor, conversations)) {
      const place = readPlace(stored);
      if (signal.aborted) return;
      // Direct messages of people whose channel is not known, and what only one person saw, cannot be looked through.
      if (!place || place.only || place.quiet || /^[UW]/.test(place.channel)) continue;
      await tryLook('a conversation', log, signal, () => look(place, at));
      await pause(betweenCalls, undefined, { signal });
    }
    if (found > 0) log.info({ messages: found }, 'slack: looked through what was written meanwhile');
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'slack: missed messages could not be looked for');
  }
}
