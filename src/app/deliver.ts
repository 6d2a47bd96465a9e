import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, Clock, ConversationId, Delivery, Settlement, Store } from '../ports.ts';
import { createAttempt, sendTimeout } from './attempt.ts';
import type { Log } from './log.ts';
import { createLoop } from './loop.ts';
import type { Metrics } from './metrics.ts';

/**
 * For how long a claimed message is ours, ms. Longer than a send may take, and no longer than a visitor can be left
 * waiting: after a crash the message is taken up again when it ends, by whichever process looks first.
 */
const lease = sendTimeout + 5_000;

/** Messages that are being sent at once. They wait for networks, so many slow ones cost little. */
const lanes = 256;

/** What another process leaves behind when it dies is found after this time at the latest, ms. */
const longestPause = 5_000;

/** After which pauses a settlement is tried again when the database fails, ms; all within the lease. */
const settleAgain = [250, 750, 1_500];

/** For how long `stop` waits for what is being sent, ms. */
const drainTime = 3_000;

/** The loop that carries out what lies in the outbox. */
export interface DeliveryLoop {
  start(): void;
  /** There may be something to carry out. */
  wake(): void;
  /** Resolves when nothing is due and nothing is being sent any more. */
  idle(): Promise<void>;
  /** Finishes what is being sent, three seconds at most; the rest stays in the store. */
  stop(): Promise<void>;
}

/**
 * Carries the outbox out: the oldest message of each conversation, many conversations at a time, so that a slow
 * recipient holds up only its own. `settled` hears of each message after what became of it is stored.
 */
export function createDelivery(options: {
  readonly store: Pick<Store, 'claim' | 'settle' | 'botOwns' | 'nextDue'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'settled'>;
  settled(conversation: ConversationId): void;
}): DeliveryLoop {
  const { store, clock, log, metrics, settled } = options;
  const attempt = createAttempt(options);
  const loop = createLoop({ name: 'delivery', clock, log, longestPause, round });
  const sending = new Set<Promise<void>>();
  let idlers: (() => void)[] = [];

  async function round(): Promise<number | null> {
    // Only who asked before the claim may be told that it found nothing.
    const asked = idlers;
    idlers = [];
    const free = lanes - sending.size;
    const claimed = free > 0 ? await store.claim(clock(), free, lease) : [];
    for (const delivery of claimed) send(delivery);
    if (sending.size === 0) for (const resolve of asked) resolve();
    else idlers.push(...asked);
    // The first message that is settled leads to the next round.
    return claimed.length > 0 || free === 0 ? null : (await store.nextDue()).outbox;
  }

  function send(delivery: Delivery): void {
    const sent = carry(delivery).finally(() => {
      sending.delete(sent);
      loop.wake();
    });
    sending.add(sent);
  }

  async function carry(delivery: Delivery): Promise<void> {
    const { key, conversation } = delivery;
    const settlement = await attempt(delivery);
    try {
      await settle(delivery, settlement);
    } catch (error) {
      log.error({ key, conversation, as: settlement.as, err: error }, 'what became of a message could not be stored');
      return;
    }
    metrics.settled(conversation, settlement.as);
    settled(conversation);
  }

  // A settlement that is lost means that the message is sent twice.
  async function settle(delivery: Delivery, settlement: Settlement): Promise<void> {
    for (const wait of settleAgain) {
      try {
        return await store.settle(delivery, settlement, clock());
      } catch {
        await pause(wait);
      }
    }
    return store.settle(delivery, settlement, clock());
  }

  return {
    start: loop.wake,
    wake: loop.wake,
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        loop.wake();
      }),
    async stop() {
      await loop.stop();
      const drained = new AbortController();
      const late = pause(drainTime, undefined, { signal: drained.signal }).catch(() => {});
      await Promise.race([Promise.all(sending), late]);
      drained.abort();
    },
  };
}
