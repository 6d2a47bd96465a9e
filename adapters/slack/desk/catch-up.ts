import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../src/ports.ts';
import { betweenCalls, lookBackFor, tryLook } from '../look-back.ts';
import type { Log } from '../options.ts';
import type { Cards } from './cards.ts';
import type { DeskMessages } from './messages.ts';
import type { DeskOptions } from './options.ts';

/** Cases that are looked through, and messages in each. */
const cases = 100;
const most = 200;

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
    const oldest = ((clock() - lookBackFor) / 1_000).toFixed(6);
    const { channel, ts } = card;
    const found = await client.conversations.replies({ channel, ts, oldest, limit: most });
    for (const message of found.messages ?? []) await messages.take({ ...message, channel }, 'late');
    await pause(betweenCalls, undefined, { signal });
  }

  try {
    for (const { id } of await desk.find({ show: 'open', limit: cases })) {
      if (signal.aborted) return;
      await tryLook('a case', log, signal, () => look(id));
    }
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'slack: missed messages at the desk could not be looked for');
  }
}
