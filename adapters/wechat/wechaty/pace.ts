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
  let next = Promise.resolve(0);

  // Each turn counts from when the one before it really came: a program that stood still does not catch up in a burst.
  async function after(before: Promise<number>, gap: number): Promise<number> {
    const rest = (await before) - performance.now();
    if (rest > 0) await pause(rest);
    return performance.now() + gap;
  }

  return {
    async turn() {
      const now = performance.now();
      const wait = Math.max(0, free - now);
      if (wait > longestWait) {
        throw new SendError('retry', 'Many messages wait for this WeChat account.', { retryAfter: longestWait });
      }
      const gap = every + random() * jitter;
      free = now + wait + gap;
      next = after(next, gap);
      await next;
    },
  };
}
