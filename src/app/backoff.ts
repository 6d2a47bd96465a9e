/** Attempts after which a message is given up: with the pauses below, after about twenty minutes. */
export const mostAttempts = 10;

const first = 1000;
const longest = 5 * 60_000;

/**
 * Milliseconds to wait after the given number of failed attempts: 1 s, 3 s, 9 s ... 5 min, less up to half of it at
 * random, so that many messages which failed together do not come back together. Never less than the platform asked for.
 */
export function backoff(failed: number, retryAfter = 0, random: () => number = Math.random): number {
  const pause = Math.min(first * 3 ** (failed - 1), longest);
  return Math.max(retryAfter, Math.round(pause * (1 - random() / 2)));
}
