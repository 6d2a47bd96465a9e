import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { createMetrics } from '../../src/app/metrics.ts';
import type { Channel, Health } from '../../src/ports.ts';
import { createRoutes, ListenError, type Listening, listen } from '../../src/server.ts';
import { openStore } from '../../src/store/open.ts';
import { keptLog } from './echo.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function channel(name: string, health: Health): Channel {
  return { name, start: async () => {}, send: async () => {}, stop: async () => {}, health: () => health };
}

async function serve(options: { ping?(): Promise<void>; readonly channels?: readonly Channel[] } = {}) {
  const store = await openStore({ dataDir: ':memory:' });
  open.push(store.close);
  const routes = new Hono();
  routes.get('/', (context) => context.text('the chat'));
  routes.get('/broken', () => {
    throw new Error('a detail for the log');
  });
  const { log, lines } = keptLog();
  const app = createRoutes({
    store: { ping: options.ping ?? store.ping },
    channels: options.channels ?? [channel('web', { ready: true, detail: 'The web chat is open.' })],
    metrics: createMetrics({ version: '1.2.3', counts: store.counts }),
    routes: [routes],
    log,
  });
  const get = async (path: string) => {
    const response = await app.request(path);
    return { status: response.status, body: await response.json() };
  };
  return { app, get, log: lines };
}

async function listening(host: string, port: number): Promise<Listening> {
  const { app } = await serve();
  const server = await listen(app, host, port);
  open.push(server.close);
  return server;
}

test('/healthz says that the program is alive', async () => {
  const { get } = await serve();
  expect(await get('/healthz')).toEqual({ status: 200, body: { alive: true } });
});

test('/readyz names the database and every channel', async () => {
  const { get } = await serve();
  expect(await get('/readyz')).toEqual({
    status: 200,
    body: {
      ready: true,
      database: { ready: true, detail: 'The database answers.' },
      web: { ready: true, detail: 'The web chat is open.' },
    },
  });
});

test('/readyz is 503 with the reason when the database or a channel cannot work', async () => {
  const { get } = await serve({
    ping: () => Promise.reject(new Error('PostgreSQL at db does not answer.')),
    channels: [
      channel('web', { ready: true, detail: 'The web chat is open.' }),
      channel('slack', { ready: false, detail: 'Slack refuses the token.' }),
    ],
  });
  expect(await get('/readyz')).toEqual({
    status: 503,
    body: {
      ready: false,
      database: { ready: false, detail: 'PostgreSQL at db does not answer.' },
      web: { ready: true, detail: 'The web chat is open.' },
      slack: { ready: false, detail: 'Slack refuses the token.' },
    },
  });
});

test('/readyz answers also when the database is silent', async () => {
  const { get } = await serve({ ping: () => new Promise(() => {}), channels: [] });
  expect(await get('/readyz')).toEqual({
    status: 503,
    body: { ready: false, database: { ready: false, detail: 'The database does not answer.' } },
  });
});

test('/metrics is what Prometheus reads', async () => {
  const { app } = await serve();
  const response = await app.request('/metrics');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n');
  expect(lines.filter((line) => /^wenda_(build|outbox|waiting|timers)/.test(line))).toEqual([
    'wenda_outbox_messages 0',
    'wenda_timers 0',
    'wenda_waiting_cases 0',
    'wenda_build_info{version="1.2.3"} 1',
  ]);
});

test('an unknown address is 404 with a JSON reason', async () => {
  const { get } = await serve();
  expect(await get('/nowhere')).toEqual({
    status: 404,
    body: { error: 'not-found', message: 'There is nothing at this address.' },
  });
});

test('a request that fails is 500, and only the log knows why', async () => {
  const { get, log } = await serve();
  expect(await get('/broken')).toEqual({
    status: 500,
    body: { error: 'failed', message: 'Something went wrong here. Please try again.' },
  });
  expect(log.map(({ level, method, path, msg }) => [level, method, path, msg])).toEqual([
    ['error', 'GET', '/broken', 'a request failed'],
  ]);
  expect(JSON.stringify(log)).toContain('a detail for the log');
});

test('it listens where it was told, and a free port is found for 0', async () => {
  const { url } = await listening('127.0.0.1', 0);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(url)).text()).toBe('the chat');
});

test('an address for every interface is shown as one that can be opened', async () => {
  expect((await listening('0.0.0.0', 0)).url).toMatch(/^http:\/\/localhost:\d+$/);
});

test('a port that is taken is told in one sentence with the setting', async () => {
  const port = Number(new URL((await listening('127.0.0.1', 0)).url).port);
  const refused = await listening('127.0.0.1', port).catch((error: unknown) => error);
  expect(refused).toEqual(
    new ListenError(`Port ${port} is already in use: stop the other program, or set PORT to a free one.`),
  );
});

test('an address of another machine is told in one sentence with the setting', async () => {
  const refused = await listening('192.0.2.1', 0).catch((error: unknown) => error);
  expect(refused).toEqual(
    new ListenError('This machine does not have the address 192.0.2.1: set HOST, such as 127.0.0.1.'),
  );
});

test('closing ends connections, also those that never finish a request', async () => {
  const server = await listening('127.0.0.1', 0);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n', () => resolve()));
  open.pop();
  await server.close();
  await ended;
});
