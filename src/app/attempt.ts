import { type Channel, type Clock, type Delivery, SendError, type Settlement, type Store } from '../ports.ts';
import { backoff, mostAttempts } from './backoff.ts';
import type { Log } from './log.ts';
import { channelOf } from './metrics.ts';

/** How long a channel may take to send one message, ms. */
export const sendTimeout = 10_000;

/** After which time a message that waits for its visitor is looked at again at the latest, ms. */
const keptFor = 24 * 3_600_000;

/** For how long a message of a channel that is switched off stays put, ms. */
const absence = 60_000;

/** One attempt to carry a message out; resolves to what became of it, and never rejects. */
export type Attempt = (delivery: Delivery) => Promise<Settlement>;

/** Creates the attempts: through the channel of the conversation, and only while the bot may speak in it. */
export function createAttempt(options: {
  readonly store: Pick<Store, 'botOwns'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
}): Attempt {
  const { store, clock, log } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const absent = new Set<string>();

  function postpone(name: string): Settlement {
    if (!absent.has(name)) log.warn({ channel: name }, 'messages wait for a channel that is switched off');
    absent.add(name);
    return { as: 'later', at: clock() + absence, reason: `The channel ${name} is switched off.` };
  }

  function failed({ key, conversation, attempts }: Delivery, error: unknown): Settlement {
    const reason = error instanceof Error ? error.message : String(error);
    const action = error instanceof SendError ? error.action : 'retry';
    const facts = { key, conversation, attempts: attempts + 1, reason };
    switch (action) {
      case 'uncertain':
        log.error(facts, 'a message may or may not have arrived');
        return { as: 'uncertain', reason };
      case 'refused':
        log.error(facts, 'a message was refused');
        return { as: 'failed', reason };
      case 'kept':
        log.info(facts, 'a message waits for the visitor to write again');
        return { as: 'later', at: clock() + keptFor, reason };
      case 'retry': {
        if (attempts + 1 >= mostAttempts) {
          log.error(facts, 'a message was given up');
          return { as: 'failed', reason };
        }
        log.warn(facts, 'a message could not be sent yet');
        const asked = error instanceof SendError ? error.retryAfter : undefined;
        return { as: 'later', at: clock() + backoff(attempts + 1, asked), reason };
      }
    }
  }

  return async (delivery) => {
    const name = channelOf(delivery.conversation);
    const channel = channels.get(name);
    if (!channel) return postpone(name);
    try {
      if (delivery.author === 'bot' && !(await store.botOwns(delivery.conversation))) return { as: 'discarded' };
      await within(sendTimeout, channel.send(delivery));
      return { as: 'sent' };
    } catch (error) {
      return failed(delivery, error);
    }
  };
}

/** Does not wait longer than `ms` for the work, which goes on and is no longer listened to. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SendError('retry', `no answer within ${ms / 1000} seconds`)), ms);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
