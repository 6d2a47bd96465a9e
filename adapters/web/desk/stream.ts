import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Bell } from '../wakes.ts';
import type { DeskOptions } from './options.ts';

/** A browser comes back by itself after this time (ms), which renews its session. */
const longest = 30 * 60_000;

/**
 * Tells a page when something at the desk has changed (`change`, with the number of the version), for as long as
 * `isOpen` holds. The page then asks for what it shows.
 */
export function followDesk(
  c: Context,
  options: Pick<DeskOptions, 'desk' | 'clock' | 'log'> & {
    readonly bell: Bell;
    readonly pollEvery: number;
    readonly heartbeatEvery: number;
    isOpen(): boolean;
    onEnd(): void;
  },
): Response {
  const { desk, bell, clock, log, pollEvery, heartbeatEvery, isOpen, onEnd } = options;
  // Keeps proxies (nginx reads this one) from holding events back.
  c.header('X-Accel-Buffering', 'no');
  const until = clock() + longest;
  return streamSSE(c, async (stream) => {
    stream.onAbort(bell.end);
    const heartbeat = setInterval(() => void stream.write(': \n\n'), heartbeatEvery);
    let last: number | undefined;
    let rung = true;
    try {
      while (!bell.ended() && isOpen() && clock() < until) {
        const version = await desk.version();
        if (version !== last || rung) await stream.writeSSE({ event: 'change', data: String(version) });
        last = version;
        rung = await bell.wait(pollEvery);
      }
    } catch (error) {
      // The browser comes back by itself.
      log.warn({ err: error }, 'desk: a stream ended because the store could not be read');
    } finally {
      clearInterval(heartbeat);
      bell.end();
      onEnd();
    }
  });
}
