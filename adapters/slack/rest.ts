import { setTimeout as pause } from 'node:timers/promises';

/** The first and the longest pause after a failure, ms. */
const shortest = 1_000;
export const longestRest = 60_000;

/**
 * Waits after so many failures in a row: longer each time, a part of it at random, and no less than `least` ms. Ends at
 * once when `signal` is aborted.
 */
export async function rest(failed: number, least: number, signal: AbortSignal): Promise<void> {
  const grown = Math.min(shortest * 2 ** Math.min(failed - 1, 10), longestRest);
  await pause(Math.max(least, grown * (1 - Math.random() / 2)), undefined, { signal }).catch(() => {});
}
