import { writeSync } from 'node:fs';
import { createApp } from '../../src/app/app.ts';
import type { Apply } from '../../src/app/apply.ts';
import { createCore } from '../../src/app/core.ts';
import { createLog } from '../../src/app/log.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { readConfig } from '../../src/config.ts';
import { prepareKnowledge } from '../../src/knowledge/prepare.ts';
import type { Store } from '../../src/ports.ts';
import { createRoutes, listen } from '../../src/server.ts';
import { openStore } from '../../src/store/open.ts';
import { wechatOf } from '../../src/wechat.ts';

/** Where the program stands still, to be killed there. */
export type Step = 'after commit' | 'before hand' | 'after hand' | 'before cursor' | 'nowhere';

/** What the program is told. */
export interface Orders {
  readonly dataDir: string;
  readonly port: number;
  readonly standstill: Step;
}

const { dataDir, port, standstill }: Orders = JSON.parse(process.argv[2] ?? '{}');

/** Stands still for good: no timer, no promise, no signal handler runs any more. */
function standStill(step: Step): void {
  if (step !== standstill) return;
  writeSync(1, `${step}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const real = await openStore({ dataDir });
const store: Store = {
  ...real,
  async transact(event, work) {
    const outcome = await real.transact(event, work);
    standStill('after commit');
    return outcome;
  },
  async hand(conversation, ids, note) {
    standStill('before hand');
    await real.hand(conversation, ids, note);
    standStill('after hand');
  },
  async keep(key, note) {
    if (key === 'wechat-kf' && /"cursor":"[^"]/.test(note)) standStill('before cursor');
    await real.keep(key, note);
  },
};
const prepared = await prepareKnowledge('knowledge');
if (!prepared.knowledge) throw new Error('the knowledge cannot be read');
const { knowledge, index } = prepared;
const log = createLog({ level: 'silent', output: process.stderr });
const metrics = createMetrics({ version: '0', counts: store.counts });
const clock = Date.now;
const apply: Apply = (step) => app.apply(step);
const ways = await wechatOf(readConfig(process.env), { store, apply, knowledge, metrics, clock, log });
const channels = ways.map(({ channel }) => channel);
const app = createApp({ store, core: createCore(knowledge, index), channels, clock, log, metrics });
const routes = createRoutes({ store, channels, metrics, routes: ways.map((way) => way.routes), log });
const { url } = await listen(routes, '127.0.0.1', port);
await app.start();
writeSync(1, `ready ${url}\n`);
