import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, Clock, Delivery, Store } from '../ports.ts';
import { createAttempt } from './attempt.ts';
import type { Log } from './log.ts';
import { createLoop } from './loop.ts';
import type { Metrics } from './metrics.ts';

/** How many conversations are served at the same time. */
const lanes = 32;

/** For so long a message belongs to this process, ms; longer than an attempt may take. */
const lease = 15_000;

/** Longest pause between two looks at the outbox, ms: another process may have written to it. */
const longestPause = 2_000;

/** The loop over the outbox. */
export interface DeliveryLoop {
  start(): void;
  wake(): void;
  /** Resolves when nothing is due and nothing is being sent. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Carries the outbox out: the oldest message of each conversation, many conversations at a time, so that a slow
 * recipient holds up only its own. Before each send of the bot's words, the bot must still own the conversation.
 */
export function createDelivery(options: {
  readonly store: Pick<Store, 'claim' | 'settle' | 'botOwns' | 'nextDue'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'settled'>;
  /** Called after each settlement, for channels that show the transcript. */
  settled(conversation: string): void;
}): DeliveryLoop {
  const { store, clock, log, metrics } = options;
  const attempt = createAttempt(options);
  const sending = new Set<Promise<void>>();

  const loop = createLoop({
    name: 'delivery',
    clock,
    log,
    longestPause,
    async round() {
      const free = lanes - sending.size;
      if (free === 0) return null;
      const claimed = await store.claim(clock(), free, lease);
      for (const delivery of claimed) {
        const carried = carry(delivery).finally(() => {
          sending.delete(carried);
          loop.wake();
        });
        sending.add(carried);
      }
      return claimed.length > 0 ? null : (await store.nextDue()).outbox;
    },
  });

  async function carry(delivery: Delivery): Promise<void> {
    try {
      const settlement = await attempt(delivery);
      await store.settle(delivery, settlement, clock());
      metrics.settled(delivery.conversation, settlement.as);
      options.settled(delivery.conversation);
    } catch (error) {
      // The lease ends by itself: then the message is sent again, by this process or another.
      log.error({ key: delivery.key, err: error }, 'the outcome of a delivery could not be stored');
    }
  }

  return {
    start: loop.wake,
    wake: loop.wake,
    async idle() {
      for (;;) {
        const due = (await store.nextDue()).outbox;
        if (sending.size === 0 && (due === null || due > clock())) return;
        loop.wake();
        await pause(5);
      }
    },
    async stop() {
      await loop.stop();
      await Promise.race([Promise.allSettled(sending), pause(3_000)]);
    },
  };
}
