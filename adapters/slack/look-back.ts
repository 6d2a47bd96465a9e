import { setTimeout as pause } from 'node:timers/promises';
import { failureOf } from './failure.ts';
import type { Log } from './options.ts';

/** Missed messages that are older than this are not taken in any more, ms; the store remembers keys for longer. */
export const lookBackFor = 24 * 60 * 60_000;

/** Pause between two calls, ms: Slack allows about fifty a minute. */
export const betweenCalls = 1_200;

/** Looks through one place. Where that fails it is left, after the pause that Slack asks for. */
export async function tryLook(
  place: string,
  log: Pick<Log, 'debug'>,
  signal: AbortSignal,
  look: () => Promise<void>,
): Promise<void> {
  try {
    await look();
  } catch (error) {
    const { after, detail } = failureOf(error);
    log.debug({ detail }, `slack: ${place} could not be looked through for missed messages`);
    if (after !== undefined) await pause(after, undefined, { signal });
  }
}
