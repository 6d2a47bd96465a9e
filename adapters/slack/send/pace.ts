import type { Clock } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';

/** Slack takes about one message a second in each channel, and short bursts; https://docs.slack.dev/apis/web-api/rate-limits. */
const interval = 1_000;
const burst = 3;

/** Turns to post, one channel independent of the other. */
export interface Pace {
  /**
   * Takes a turn for this message; returns how many ms to wait for it, 0: now. Asking again for the same message
   * keeps its turn.
   */
  turn(channel: string, key: string): number;
  /** Slack asked for a pause in this channel, ms. */
  pause(channel: string, ms: number): void;
}

/** Creates the turns of all channels. */
export function createPace(clock: Clock): Pace {
  /** When the next turn of a channel would come if there were no bursts, ms since 1970. */
  const next = createRecent<number>(10_000);
  const paused = createRecent<number>(10_000);
  const turns = createRecent<number>(20_000);
  return {
    turn(channel, key) {
      const now = clock();
      const kept = turns.get(key);
      const free = next.get(channel) ?? 0;
      const at = kept ?? Math.max(now, free - (burst - 1) * interval);
      if (kept === undefined) next.set(channel, Math.max(now, free) + interval);
      const wait = Math.max(at, paused.get(channel) ?? 0) - now;
      if (wait <= 0) turns.delete(key);
      else turns.set(key, at);
      return Math.max(0, wait);
    },
    pause(channel, ms) {
      paused.set(channel, Math.max(paused.get(channel) ?? 0, clock() + ms));
    },
  };
}
