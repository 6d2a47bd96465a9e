import type { Hono } from 'hono';
import { createApp } from '../../src/app/app.ts';
import type { Applied, Apply } from '../../src/app/apply.ts';
import { type Core, createCore } from '../../src/app/core.ts';
import { createDesk } from '../../src/app/desk.ts';
import { createLog } from '../../src/app/log.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { readConfig } from '../../src/config.ts';
import type { Event } from '../../src/core/conversation/event.ts';
import { newState } from '../../src/core/conversation/state.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { prepareKnowledge } from '../../src/knowledge/prepare.ts';
import type { Allowance, Desk, Line, Store } from '../../src/ports.ts';
import { createRoutes, listen } from '../../src/server.ts';
import { openStore } from '../../src/store/open.ts';
import { wechatOf } from '../../src/wechat.ts';
import type { Tencent } from './stand-in/index.ts';

let loaded: { readonly knowledge: Knowledge; readonly core: Core } | undefined;

/** The shipped knowledge and its core, read once. */
export async function shipped(): Promise<{ readonly knowledge: Knowledge; readonly core: Core }> {
  if (loaded) return loaded;
  const prepared = await prepareKnowledge('knowledge');
  if (!prepared.knowledge) throw new Error(JSON.stringify(prepared.problems));
  loaded = { knowledge: prepared.knowledge, core: createCore(prepared.knowledge, prepared.index) };
  return loaded;
}

/** Events that come from the desk. */
type DeskEvent = Extract<Event, { type: 'claimed' | 'released' | 'resolved' | 'consultant-said' | 'failed' }>;
type Told = DeskEvent extends infer Each ? (Each extends DeskEvent ? Omit<Each, 'id' | 'at'> : never) : never;

/** The bot behind a local Tencent, on Tencent's clock. */
export interface Bot {
  readonly url: string;
  readonly store: Store;
  /** What was logged, one JSON object a line. */
  readonly log: readonly string[];
  /** Where a consultant's surface comes in. */
  readonly surface: Desk;
  /** Something that happens at the desk. */
  desk(conversation: string, event: Told): Promise<Applied>;
  allowance(conversation: string): Promise<Allowance | undefined>;
  /** Every line of a conversation that was shown. */
  lines(conversation: string): Promise<readonly Line[]>;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the bot for both platforms; `store` outlives it when given. */
export async function startBot(
  tencent: Tencent,
  options: { readonly env?: Readonly<Record<string, string>>; readonly store?: Store } = {},
): Promise<Bot> {
  const { knowledge, core } = await shipped();
  const config = readConfig({ ...tencent.account.env, ...tencent.kf.env, ...options.env });
  const store = options.store ?? (await openStore({ dataDir: ':memory:' }));
  const lines: string[] = [];
  const log = createLog({ level: 'info', output: { write: (line) => void lines.push(line) } });
  const metrics = createMetrics({ version: '0', counts: store.counts });
  const clock = tencent.clock.now;
  const apply: Apply = (step) => app.apply(step);
  const ways = await wechatOf(config, { store, apply, knowledge, metrics, clock, log });
  const channels = ways.map(({ channel }) => channel);
  const app = createApp({ store, core, channels, clock, log, metrics });
  const routes: readonly Hono[] = ways.map((way) => way.routes);
  const http = await listen(createRoutes({ store, channels, metrics, routes, log }), '127.0.0.1', 0);
  await app.start();
  tencent.account.sendTo(`${http.url}/wechat/service-account`);
  tencent.kf.sendTo(`${http.url}/wechat/kf`);
  let told = 0;
  return {
    url: http.url,
    store,
    surface: createDesk({ store, apply, knowledge, channels: () => channels }),
    log: lines,
    desk(conversation, event) {
      told += 1;
      const [id, at] = [`desk${told}`, clock()];
      const key = `desk:${conversation}:${told}`;
      const happened = { ...event, id, at };
      return apply({ key, conversation, at, begin: () => newState('zh'), event: () => happened, failed: 'nothing' });
    },
    allowance: async (conversation) =>
      channels.find(({ name }) => conversation.startsWith(`${name}:`))?.allowance?.(conversation),
    lines: (conversation) => store.transcript(conversation, 0, 1_000),
    idle: app.idle,
    async stop() {
      await app.stop();
      await http.close();
      if (!options.store) await store.close();
    },
  };
}
