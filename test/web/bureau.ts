import { Hono } from 'hono';
import { createWebChannel } from '../../adapters/web/channel.ts';
import { createWebDesk, type WebDesk } from '../../adapters/web/desk/desk.ts';
import type { DeskOptions } from '../../adapters/web/desk/options.ts';
import { createApp } from '../../src/app/app.ts';
import type { Apply } from '../../src/app/apply.ts';
import { type Core, createCore } from '../../src/app/core.ts';
import { createDesk } from '../../src/app/desk.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Channel, Desk, Receive, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { keptLog } from '../app/echo.ts';

/** The password of the tests. */
export const password = 'a password of the tests';

/** The whole program in this process: web chat, web desk, the real knowledge, a store in memory. */
export interface Bureau {
  readonly routes: Hono;
  readonly webDesk: WebDesk;
  readonly desk: Desk;
  readonly store: Store;
  /** The way in of a channel named `test`, whose messages arrive nowhere. */
  readonly receive: Receive;
  /** What the channel `test` was given to send. */
  readonly sent: string[];
  /** Resolves when everything has been delivered. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

let known: { readonly knowledge: Knowledge; readonly core: Core } | undefined;

async function load() {
  if (known) return known;
  const { knowledge } = await loadKnowledge('knowledge');
  if (!knowledge) throw new Error('the knowledge has errors');
  known = { knowledge, core: createCore(knowledge) };
  return known;
}

/** Opens it. `test`: what the channel `test` does instead of taking every message. */
export async function openBureau(
  options: Partial<DeskOptions> & { readonly test?: Partial<Channel> } = {},
): Promise<Bureau> {
  const { knowledge, core } = await load();
  const { test, ...deskOptions } = options;
  const clock = options.clock ?? Date.now;
  const { log } = keptLog();
  const store = await openStore({ dataDir: ':memory:' });
  const apply: Apply = (step) => app.apply(step);
  const desk = createDesk({ store, apply, knowledge, channels: () => channels });
  const web = createWebChannel({
    transcript: store.transcript,
    clock,
    allowedOrigins: [],
    ...(options.assets !== undefined && { assets: options.assets }),
  });
  const webDesk = createWebDesk({ desk, password, clock, log, pollEvery: 200, ...deskOptions });
  const sent: string[] = [];
  let receive: Receive | undefined;
  const plain: Channel = {
    name: 'test',
    start: async (received) => {
      receive = received;
    },
    send: async ({ message }) => {
      sent.push(message.text);
    },
    stop: async () => {},
    health: () => ({ ready: true, detail: '' }),
    ...test,
  };
  const channels: readonly Channel[] = [web.channel, plain];
  const app = createApp({
    store,
    core,
    channels,
    clock,
    log,
    metrics: createMetrics({ version: '0', counts: store.counts }),
    settled: (conversation) => {
      web.wake(conversation);
      webDesk.wake();
    },
    changed: webDesk.wake,
  });
  await app.start();
  const routes = new Hono();
  routes.route('/', web.routes);
  routes.route('/', webDesk.routes);
  return {
    routes,
    webDesk,
    desk,
    store,
    sent,
    receive: (incoming) => {
      if (!receive) throw new Error('not started');
      return receive(incoming);
    },
    idle: app.idle,
    close: async () => {
      webDesk.stop();
      await app.stop();
      await store.close();
    },
  };
}
