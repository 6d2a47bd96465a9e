import { FileBox } from 'file-box';
import { createWechatyChannel } from '../../../adapters/wechat/wechaty/channel.ts';
import type { WechatyOptions } from '../../../adapters/wechat/wechaty/options.ts';
import { createApp } from '../../../src/app/app.ts';
import { createApply } from '../../../src/app/apply.ts';
import { createLog } from '../../../src/app/log.ts';
import { createMetrics } from '../../../src/app/metrics.ts';
import { createPhone } from '../../../src/app/phone.ts';
import type { Store } from '../../../src/ports.ts';
import { createRoutes } from '../../../src/server.ts';
import { openStore } from '../../../src/store/open.ts';
import { shipped } from '../bot.ts';
import type { Account } from './account.ts';

/** A clock that a test can put forward. */
export function createClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    forward(ms: number) {
      ahead += ms;
    },
  };
}

/** Starts the bot on an account; it is not logged in yet. `store` outlives it when given. */
export async function startBot(
  account: Account,
  options: Partial<Pick<WechatyOptions, 'friends' | 'password' | 'pace'>> & {
    readonly store?: Store;
    readonly clock?: () => number;
  } = {},
) {
  const { knowledge, core } = await shipped();
  const { clock = Date.now } = options;
  const store = options.store ?? (await openStore({ dataDir: ':memory:' }));
  const lines: string[] = [];
  const printed: string[] = [];
  const log = createLog({ level: 'info', output: { write: (line) => void lines.push(line) } });
  const metrics = createMetrics({ version: '0', counts: store.counts });
  const phone = createPhone({
    surface: 'wechat-personal',
    store,
    apply: createApply({ store, core, log, committed: () => undefined }),
  });
  const { channel, routes, notice } = createWechatyChannel({
    store,
    moreWords: Object.values(knowledge.phrases).flatMap(({ commands }) => commands.more),
    friends: options.friends ?? 'off',
    phone,
    build: account.build,
    box: (base64, name) => FileBox.fromBase64(base64, name),
    ...(options.password !== undefined && { password: options.password }),
    print: (text) => void printed.push(text),
    pace: options.pace ?? { every: 0, jitter: 0 },
    clock,
    log,
  });
  const app = createApp({ store, core, channels: [channel], clock, log, metrics });
  await app.start();
  return {
    store,
    channel,
    notice,
    routes: createRoutes({ store, channels: [channel], metrics, routes: [routes], log }),
    log: lines,
    printed,
    idle: app.idle,
    lines: (conversation: string) => store.transcript(conversation, 0, 1_000),
    async stop() {
      await app.stop();
      if (!options.store) await store.close();
    },
  };
}

export type Bot = Awaited<ReturnType<typeof startBot>>;
