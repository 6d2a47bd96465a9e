import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../src/ports.ts';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import type { Cards } from './cards.ts';
import type { DeskMessages } from './messages.ts';
import type { DeskOptions } from './options.ts';

/** What is older than this is not taken in any more, ms; the store remembers keys for longer. */
const longest = 24 * 60 * 60_000;

/** Cases that are looked through, and messages in each. */
const cases = 100;
const most = 200;

/** Pause between two calls, ms: Slack allows about fifty a minute. */
const between = 1_200;

/**
 * Looks for what consultants wrote under the cards of open cases while the program was away. What was taken in before
 * is known by its key. Never rejects.
 */
export async function catchUpAtDesk(options: {
  readonly client: WebClient;
  readonly desk: Pick<DeskOptions['desk'], 'find'>;
  readonly cards: Cards;
  readonly messages: DeskMessages;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { client, desk, cards, messages, clock, log, signal } = options;

  async function look(id: string): Promise<void> {
    const card = await cards.find(id);
    if (!card) return;
    const oldest = ((clock() - longest) / 1_000).toFixed(6);
    const { channel, ts } = card;
    const found = await client.conversations.replies({ channel, ts, oldest, limit: most });
    for (const message of found.messages ?? []) await messages.take({ ...message, channel }, 'late');
    await pause(between, undefined, { signal });
  }

  try {
    for (const { id } of await desk.find({ show: 'open', limit: cases })) {
      if (signal.aborted) return;
      await look(id).catch(async (error: unknown) => {
        const { after, detail } = failureOf(error);
        log.debug({ detail }, 'slack: a case could not be looked through for missed messages');
        if (after !== undefined) await pause(after, undefined, { signal });
      });
    }
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'slack: missed messages at the desk could not be looked for');
  }
}
