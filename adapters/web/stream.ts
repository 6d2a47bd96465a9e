import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Line, Store } from '../../src/ports.ts';
import { encode } from './encode.ts';
import type { Log } from './options.ts';
import type { Bell } from './wakes.ts';

/** Lines read from the store at a time. */
const batch = 100;

/** What a stream needs: whose lines, from where, and how often to look without being woken (ms). */
export interface Following {
  readonly transcript: Store['transcript'];
  readonly conversation: string;
  readonly after: number;
  readonly bell: Bell;
  readonly pollEvery: number;
  readonly heartbeatEvery: number;
  readonly log: Log;
  /** Called once when the stream is over. */
  readonly onEnd: () => void;
}

/**
 * Sends the lines after a position and stays to send new ones, each once and in order. Events: `line` (id: its
 * position), `ready` when all that was there has been sent, `reset` when the position is not known (any more) and
 * everything follows from the start.
 */
export function follow(c: Context, following: Following): Response {
  const { bell, conversation, heartbeatEvery, log, onEnd } = following;
  // Keeps proxies (nginx reads the second one) from holding lines back.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    stream.onAbort(bell.end);
    const heartbeat = setInterval(() => void stream.write(': \n\n'), heartbeatEvery);
    try {
      await send(following, (event, data, id) =>
        stream.writeSSE({ event, data: JSON.stringify(data), ...(id === undefined ? {} : { id: String(id) }) }),
      );
    } catch (error) {
      // The browser comes back with its position, so nothing is lost.
      log.warn({ err: error, conversation }, 'web: a stream ended because the transcript could not be read');
    } finally {
      clearInterval(heartbeat);
      bell.end();
      onEnd();
    }
  });
}

async function send(
  { transcript, conversation, after, bell, pollEvery }: Following,
  write: (event: string, data: unknown, id?: number) => Promise<void>,
): Promise<void> {
  let position = after;
  if (after > 0 && (await transcript(conversation, after - 1, 1))[0]?.position !== after) {
    position = 0;
    await write('reset', {});
  }
  let ready = false;
  while (!bell.ended()) {
    const lines = await transcript(conversation, position, batch);
    for (const line of lines.filter(isShown)) {
      await write('line', encode(line), line.position);
      position = line.position;
    }
    if (lines.length === batch) continue;
    if (!ready) await write('ready', {});
    ready = true;
    await bell.wait(pollEvery);
  }
}

function isShown(line: Line): line is Line & { readonly position: number } {
  return line.position !== null;
}
