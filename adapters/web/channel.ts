import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Channel, Incoming, Receive } from '../../src/ports.ts';
import { createChat } from './chat.ts';
import { defaultLimits, type WebOptions } from './options.ts';
import { apiPath, createPages, isBuilt, suggestPath } from './pages.ts';
import { createSuggestions } from './suggest.ts';
import { createWakes } from './wakes.ts';

/** The web chat: a channel, what it serves over HTTP (mount it at `/`), and the hook to call after a settle. */
export interface WebChannel {
  readonly channel: Channel;
  readonly routes: Hono;
  /** Tells the open pages of this conversation that its transcript has grown. */
  wake(conversation: string): void;
}

const builtPages = join(import.meta.dirname, '../../dist/web');

/**
 * Makes the web chat. Nothing has to be transmitted when a message is sent: the browsers read the transcript, where
 * the line shows as soon as its delivery is settled.
 */
export function createWebChannel(options: WebOptions): WebChannel {
  const { assets = builtPages, publicUrl, clock, trustProxy = false, suggest = () => [] } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const wakes = createWakes();
  const underWay = new Set<Promise<unknown>>();
  let apply: Receive | undefined;

  const receive = async (incoming: Incoming) => {
    if (!apply) throw new Error('the web channel is not started');
    const applying = apply(incoming);
    underWay.add(applying);
    return applying.finally(() => underWay.delete(applying));
  };

  const routes = createPages(assets, options.allowedOrigins);
  routes.route(
    apiPath,
    createChat({
      transcript: options.transcript,
      file: options.file ?? (async () => undefined),
      receive,
      wakes,
      clock,
      limits,
      trustProxy,
      pollEvery: options.pollEvery ?? 2_000,
      heartbeatEvery: options.heartbeatEvery ?? 15_000,
      log: options.log ?? { warn: () => {}, error: () => {} },
    }),
  );

  routes.route(suggestPath, createSuggestions({ suggest, clock, limits, trustProxy }));

  const channel: Channel = {
    name: 'web',
    start: async (received) => {
      apply = received;
    },
    send: async () => {},
    stop: async () => {
      apply = undefined;
      wakes.end();
      await Promise.allSettled(underWay);
    },
    health: () => {
      if (!isBuilt(assets)) return { ready: false, detail: 'The pages of the web chat are not built: npm run build.' };
      if (!apply) return { ready: false, detail: 'The web chat is not started.' };
      return { ready: true, detail: `The web chat is open${publicUrl ? ` at ${publicUrl}` : ''}.` };
    },
  };
  return { channel, routes, wake: wakes.ring };
}
