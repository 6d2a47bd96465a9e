import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Log } from './app/log.ts';
import type { Metrics } from './app/metrics.ts';
import type { Channel, Health, Store } from './ports.ts';

/** How long open requests may take when the program stops, ms. */
const drainTime = 2_000;

/** A database that does not answer within this time is not ready, ms. */
const pingTime = 2_000;

/** The program cannot listen on the address that it was given. The message names the setting to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** The HTTP side of the program: its own pages beside the routes of the channels. */
export function createRoutes(options: {
  readonly store: Pick<Store, 'ping'>;
  readonly channels: readonly Channel[];
  readonly metrics: Metrics;
  readonly routes: readonly Hono[];
  readonly log: Log;
}): Hono {
  const { store, channels, metrics, routes, log } = options;
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ alive: true }));
  app.get('/readyz', async (context) => {
    const database = await healthOf(store);
    const parts = { database, ...Object.fromEntries(channels.map((channel) => [channel.name, channel.health()])) };
    const ready = Object.values(parts).every((part) => part.ready);
    return context.json({ ready, ...parts }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) =>
    context.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );
  for (const own of routes) app.route('/', own);
  app.notFound((context) => context.json({ error: 'not-found', message: 'There is nothing at this address.' }, 404));
  app.onError((error, context) => {
    log.error({ err: error, method: context.req.method, path: context.req.path }, 'a request failed');
    return context.json({ error: 'failed', message: 'Something went wrong here. Please try again.' }, 500);
  });
  return app;
}

async function healthOf(store: Pick<Store, 'ping'>): Promise<Health> {
  const timer = Promise.withResolvers<Health>();
  const late = setTimeout(() => timer.resolve({ ready: false, detail: 'The database does not answer.' }), pingTime);
  const answer = store.ping().then(
    () => ({ ready: true, detail: 'The database answers.' }),
    (error: unknown) => ({ ready: false, detail: error instanceof Error ? error.message : String(error) }),
  );
  return Promise.race([answer, timer.promise]).finally(() => clearTimeout(late));
}

/** An HTTP server that listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on an address. Rejects with a `ListenError`. */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(reasonOf(error, host, port), { cause: error });
  }
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return { url: `http://${shown}:${actual}`, close: () => close(server) };
}

function reasonOf(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is already in use: stop the other program, or set PORT to a free one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to a number above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `This machine does not have the address ${host}: set HOST, such as 127.0.0.1.`;
  return `The web server cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A stream that ends leaves its connection open for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), drainTime);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
