import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Log } from '../options.ts';

/** How long a socket may take until Slack says hello, ms. */
const helloTime = 10_000;

/** How often Slack is asked for a sign of life, and after which silence a socket counts as dead, ms. */
const pingEvery = 5_000;
const longestSilence = 15_000;

/** For how long a socket that was told to leave still takes what comes, ms; Slack closes it by itself. */
const linger = 15_000;

const envelope = z.object({
  type: z.string(),
  envelope_id: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
  reason: z.string().optional(),
});

/** Handles what came in an envelope; what it resolves to goes back with the acknowledgement. */
export type Handle = (payload: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Nothing can be taken in now: the channel is being started or stopped. Slack delivers again. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Notes that an event was not acknowledged. */
export function notTaken(log: Log, error: unknown): void {
  const level = error instanceof NotReady ? 'debug' : 'error';
  log[level]({ err: error }, 'slack: an event was not taken in; Slack will send it again');
}

/** One open socket. */
export interface Link {
  /** Resolves, with the reason, when another socket is to take over; this one may still bring events for a while. */
  readonly leaving: Promise<string>;
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
  /** Lets it end after what may still come. */
  retire(): void;
  close(): void;
}

/** Opens a socket; resolves at Slack's hello, rejects when there is none. Never throws later. */
export async function openLink(url: string, handle: Handle, log: Log): Promise<Link> {
  const socket = new WebSocket(url, { handshakeTimeout: helloTime, maxPayload: 8 * 1024 * 1024 });
  const hello = Promise.withResolvers<void>();
  const leaving = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<void>();
  let heardAt = Date.now();
  const late = setTimeout(() => fail('Slack did not say hello'), helloTime);
  const pulse = setInterval(() => {
    if (Date.now() - heardAt > longestSilence) fail('Slack has fallen silent');
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingEvery);

  function fail(reason: string): void {
    hello.reject(new Error(reason));
    leaving.resolve(reason);
    socket.terminate();
  }

  function acknowledge(id: string, payload: unknown): void {
    // A socket that is gone cannot acknowledge: Slack delivers again, and the store knows the key.
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ envelope_id: id, ...(payload !== undefined && { payload }) }));
  }

  async function take(frame: string): Promise<void> {
    const { type, envelope_id: id, payload, reason } = envelope.parse(JSON.parse(frame));
    if (type === 'hello') hello.resolve();
    else if (type === 'disconnect') leaving.resolve(reason ?? 'disconnect');
    else if (id !== undefined) acknowledge(id, await handle(payload ?? {}));
  }

  socket.on('message', (data) => {
    heardAt = Date.now();
    take(data.toString()).catch((error: unknown) => notTaken(log, error));
  });
  socket.on('pong', () => {
    heardAt = Date.now();
  });
  socket.on('ping', () => {
    heardAt = Date.now();
  });
  socket.on('error', (error) => hello.reject(error));
  socket.on('close', () => {
    clearTimeout(late);
    clearInterval(pulse);
    hello.reject(new Error('the socket was closed'));
    leaving.resolve('closed');
    closed.resolve();
  });
  await hello.promise.finally(() => clearTimeout(late));
  return {
    leaving: leaving.promise,
    closed: closed.promise,
    retire: () => {
      const end = setTimeout(() => socket.close(), linger);
      closed.promise.then(() => clearTimeout(end));
    },
    close: () => {
      socket.close();
      setTimeout(() => socket.terminate(), 1_000).unref();
    },
  };
}
