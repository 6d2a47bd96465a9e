import type { Clock } from '../../src/ports.ts';
import { createRecent } from '../../src/recent.ts';

/** Takes one from the allowance of a key: 0 when there was one left, otherwise the seconds until there is. */
export type Limiter = (key: string) => number;

/**
 * Allows each key `perMinute` at once and as many again over a minute. Remembers `most` keys; the ones unused for
 * longest are forgotten first, so that strangers cannot fill the memory.
 */
export function createLimiter(clock: Clock, perMinute: number, most = 10_000): Limiter {
  const buckets = createRecent<{ readonly left: number; readonly at: number }>(most);
  const perMs = perMinute / 60_000;

  return (key) => {
    const now = clock();
    const bucket = buckets.get(key) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * perMs);
    const allowed = left >= 1;
    buckets.set(key, { left: allowed ? left - 1 : left, at: now });
    return allowed ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000));
  };
}

/** Takes one of the seats of a key: gives the function that frees it, or undefined when all are taken. */
export type Seats = (key: string) => (() => void) | undefined;

/** At most `most` at the same time for each key. */
export function createSeats(most: number): Seats {
  const taken = new Map<string, number>();

  return (key) => {
    const count = taken.get(key) ?? 0;
    if (count >= most) return undefined;
    taken.set(key, count + 1);
    return () => {
      const left = (taken.get(key) ?? 1) - 1;
      if (left > 0) taken.set(key, left);
      else taken.delete(key);
    };
  };
}
