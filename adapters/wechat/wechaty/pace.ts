import { setTimeout as pause } from 'node:timers/promises';
import { SendError } from '../../../src/ports.ts';

/** A message waits at most this long for its turn, ms; beyond that the outbox keeps it. */
const longestWait = 4_000;

/** WeChat punishes accounts that write faster than people do, so all messages of the account share one queue. */
export interface Pace {
  /** Resolves when it is this message's turn; throws a `SendError` when that would take too long. */
  turn(): Promise<void>;
}

/** Creates the queue: one message every `every` ms and a random part of `jitter`. */
export function createPace(
  { every, jitter }: { readonly every: number; readonly jitter: number },
  random: () => number = Math.random,
): Pace {
  let free = 0;
  return {
    async turn() {
      const now = performance.now();
      const wait = Math.max(0, free - now);
      if (wait > longestWait) {
        throw new SendError('retry', 'Many messages wait for this WeChat account.', { retryAfter: longestWait });
      }
      free = now + wait + every + random() * jitter;
      if (wait > 0) await pause(wait);
    },
  };
}
