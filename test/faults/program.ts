import { writeSync } from 'node:fs';
import type { Core } from '../../src/app/core.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { shippedCore, startBot } from './bot.ts';

/** Where the program stands still, to be killed there. */
export type Step = 'before commit' | 'after commit' | 'after send';

/** What the child process is told. */
export interface Orders {
  readonly store: StoreOptions;
  /** How far its clock is ahead, ms. */
  readonly ahead: number;
  readonly standstill?: Step;
}

/** What the parent sends to it: a message of a visitor, or the wish to hear when everything is carried out. */
export type Order = { readonly incoming: Incoming } | { readonly idle: true };

/** What it says back. */
export type News =
  | { readonly ready: true }
  | { readonly applied: string; readonly as: 'applied' | 'seen' }
  | { readonly rejected: string; readonly reason: string }
  | { readonly idle: true };

const { store: where, ahead, standstill }: Orders = JSON.parse(process.argv[2] ?? '{}');

/** Stands still for good: no timer, no promise, no signal handler runs any more. */
function standStill(step: Step): void {
  if (step !== standstill) return;
  writeSync(1, `${step}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function say(news: News): void {
  process.send?.(news);
}

const real = await openStore(where);
const store: Store = {
  ...real,
  async transact(event, work) {
    const outcome = await real.transact(event, work);
    standStill('after commit');
    return outcome;
  },
};
const shipped = await shippedCore();
const core: Core = {
  ...shipped,
  turn(state, event) {
    const played = shipped.turn(state, event);
    standStill('before commit');
    return played;
  },
};
const bot = await startBot({
  store,
  core,
  clock: () => Date.now() + ahead,
  async send({ key }) {
    writeSync(1, `sent ${key}\n`);
    standStill('after send');
  },
});

process.on('message', (order: Order) => {
  if ('idle' in order) {
    void bot.idle().then(() => say({ idle: true }));
    return;
  }
  const { key } = order.incoming;
  bot.receive(order.incoming).then(
    (as) => say({ applied: key, as }),
    (error: unknown) => say({ rejected: key, reason: String(error) }),
  );
});
say({ ready: true });
