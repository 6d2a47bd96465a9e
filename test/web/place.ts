import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createWebChannel, type WebChannel } from '../../adapters/web/channel.ts';
import type { WebOptions } from '../../adapters/web/options.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import type { Outgoing } from '../../src/core/message.ts';
import type { Incoming, Receive, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';

/** What the scripted bot does with a message: what it says, in order. */
export type Script = (body: Incoming['body'], incoming: Incoming) => readonly (Outgoing | Effect)[];

/** A web channel with a store and a scripted bot behind it. */
export interface Place extends WebChannel {
  readonly store: Store;
  /** What reached the bot, each message once. */
  readonly received: readonly Incoming[];
  /** Carries something to a visitor that no message of theirs caused. */
  push(conversation: string, effects: readonly (Outgoing | Effect)[]): Promise<void>;
  /** Lets the next messages fail as if the database were gone. */
  fail(times: number): void;
  /** Resolves when everything that the bot said so far can be seen. */
  delivered(): Promise<unknown>;
  close(): Promise<void>;
}

/** Labels of choices by id, as a real bot would put them into the transcript. */
export type Labels = ReadonlyMap<string, string>;

export async function createPlace(
  script: Script,
  options: Partial<WebOptions> = {},
  labels: Labels = new Map(),
): Promise<Place> {
  const store = await openStore({ dataDir: ':memory:' });
  const received: Incoming[] = [];
  let failures = 0;
  let pushes = 0;
  const web = createWebChannel({
    transcript: store.transcript,
    clock: Date.now,
    allowedOrigins: [],
    ...options,
  });

  const effectsOf = (said: readonly (Outgoing | Effect)[]): readonly Effect[] =>
    said.map((one) => ('type' in one ? one : { type: 'say', message: one }));
  const commit = (key: string, conversation: string, text: string | undefined, said: readonly (Outgoing | Effect)[]) =>
    store.transact({ key, conversation, at: Date.now() }, () => ({
      state,
      ...(text === undefined ? {} : { line: { author: 'visitor', text } }),
      event: {},
      effects: effectsOf(said),
    }));
  const deliver = async () => {
    for (let due = await store.claim(Date.now(), 100, 30_000); due.length > 0; ) {
      for (const delivery of due) {
        await web.channel.send(delivery);
        await store.settle(delivery, { as: 'sent' }, Date.now());
        web.wake(delivery.conversation);
      }
      due = await store.claim(Date.now(), 100, 30_000);
    }
  };
  const delivering = new Set<Promise<void>>();
  const startDelivery = () => {
    const delivery = deliver().finally(() => delivering.delete(delivery));
    delivering.add(delivery);
    return delivery;
  };

  const receive: Receive = async (incoming) => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('the database is gone');
    }
    const { body } = incoming;
    const text =
      body.kind === 'text'
        ? body.text
        : body.kind === 'choice'
          ? body.ids.map((id) => labels.get(id) ?? id).join(', ')
          : undefined;
    const outcome = await commit(incoming.key, incoming.conversation, text, script(body, incoming));
    if (outcome === 'applied') received.push(incoming);
    void startDelivery();
    return outcome;
  };
  await web.channel.start(receive);

  return {
    ...web,
    store,
    received,
    push: async (conversation, said) => {
      pushes += 1;
      await commit(`test:push:${pushes}`, conversation, undefined, said);
      await startDelivery();
    },
    fail: (times) => {
      failures = times;
    },
    delivered: () => Promise.all(delivering),
    close: async () => {
      await web.channel.stop();
      await Promise.all(delivering);
      await store.close();
    },
  };
}

const state = {
  version: 1,
  language: 'en',
  script: 'simplified',
  languageChosen: false,
  activity: { at: 'idle' },
  misses: 0,
} as const;

/** Serves these routes on a free loopback port (or the given one). */
export async function serve(place: Pick<Place, 'routes'>, port = 0): Promise<{ url: string; server: Server }> {
  const server = createServer(getRequestListener(place.routes.fetch));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${bound}`, server };
}

/** Ends every connection and stops listening. */
export async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
