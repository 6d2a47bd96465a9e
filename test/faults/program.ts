import { writeSync } from 'node:fs';
import type { Core } from '../../src/app/core.ts';
import { createDesk } from '../../src/app/desk.ts';
import { eventId } from '../../src/app/receive.ts';
import type { Delivery, DeskAct, DeskOutcome, Incoming, Store } from '../../src/ports.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { shipped, startBot } from './bot.ts';

/**
 * Where the program stands still, to be killed there: around the commit of an event; when something was sent to a
 * visitor; when that was settled; when the desk was told.
 */
export type Step = 'before commit' | 'after commit' | 'after send' | 'after settle' | 'after telling';

/** What the child process is told. */
export interface Orders {
  readonly store: StoreOptions;
  /** How far its clock is ahead, ms. */
  readonly ahead: number;
  readonly standstill?: Step;
  /** Only for the event with this key, and for what it led to. */
  readonly only?: string;
}

/** What the parent sends to it: a message of a visitor, an act at the desk, or the wish to hear when all is carried out. */
export type Order = { readonly incoming: Incoming } | { readonly act: DeskAct } | { readonly idle: true };

/** What it says back. */
export type News =
  | { readonly ready: true }
  | { readonly applied: string; readonly as: 'applied' | 'seen' }
  | { readonly acted: string; readonly outcome: DeskOutcome }
  | { readonly rejected: string; readonly reason: string }
  | { readonly idle: true };

const { store: where, ahead, standstill, only }: Orders = JSON.parse(process.argv[2] ?? '{}');

/** Stands still for good: no timer, no promise, no signal handler runs any more. */
function standStill(step: Step, key: string): void {
  if (step !== standstill || (only !== undefined && key !== only)) return;
  writeSync(1, `${step}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function isForDesk({ conversation }: Pick<Delivery, 'conversation'>): boolean {
  return conversation.startsWith('lane:');
}

/** The key of the event that led to a message. */
function causeOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}

function say(news: News): void {
  process.send?.(news);
}

const real = await openStore(where);
const store: Store = {
  ...real,
  async transact(event, work) {
    const outcome = await real.transact(event, work);
    standStill('after commit', event.key);
    return outcome;
  },
  async settle(delivery, settlement, now) {
    await real.settle(delivery, settlement, now);
    if ('key' in delivery && !isForDesk(delivery)) standStill('after settle', causeOf(String(delivery.key)));
  },
};
const { core: whole, knowledge } = await shipped();
const core: Core = {
  ...whole,
  turn(state, event) {
    const played = whole.turn(state, event);
    standStill('before commit', only !== undefined && event.id === eventId(only) ? only : '');
    return played;
  },
};
const bot = await startBot({
  store,
  core,
  clock: () => Date.now() + ahead,
  async send(delivery) {
    writeSync(1, `sent ${delivery.key}\n`);
    standStill(isForDesk(delivery) ? 'after telling' : 'after send', causeOf(delivery.key));
  },
});
const desk = createDesk({ store, apply: bot.apply, knowledge, channels: () => [] });

process.on('message', (order: Order) => {
  if ('idle' in order) {
    void bot.idle().then(() => say({ idle: true }));
    return;
  }
  if ('act' in order) {
    const { key } = order.act;
    desk.act(order.act).then(
      (outcome) => say({ acted: key, outcome }),
      (error: unknown) => say({ rejected: key, reason: String(error) }),
    );
    return;
  }
  const { key } = order.incoming;
  bot.receive(order.incoming).then(
    (as) => say({ applied: key, as }),
    (error: unknown) => say({ rejected: key, reason: String(error) }),
  );
});
say({ ready: true });
