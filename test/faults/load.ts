import type { Core } from '../../src/app/core.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { seen, startBot, text } from './bot.ts';

/** Longer than a message stays with a process that died, ms. */
export const past = 60_000;

export const conversations: readonly string[] = Array.from({ length: 24 }, (_, number) => `visitor-${number}`);

const questions = ['hello', 'how much does an ICP filing cost?', '备案要多少钱', '1', 'blue bananas', 'hosting'];

/** Ten messages of each conversation, in the order in which they arrive. */
export const messages: readonly Incoming[] = Array.from({ length: 240 }, (_, number) =>
  text(conversations[number % 24] ?? '', number, questions[(number * 7) % questions.length] ?? ''),
);

/** What these conversations look like after a program that is never disturbed. */
export async function undisturbed(core: Core, incoming: readonly Incoming[], which: readonly string[]) {
  const store = await openStore({ dataDir: ':memory:' });
  const bot = await startBot({ store, core });
  for (const message of incoming) await bot.receive(message);
  await bot.idle();
  const left = await look(store, which);
  await bot.stop();
  await store.close();
  return left;
}

/** What a store holds: every line of these conversations, and how much is still to be carried out. */
export async function left(options: StoreOptions, which: readonly string[]) {
  const store = await openStore(options);
  const found = await look(store, which);
  await store.close();
  return found;
}

async function look(store: Store, which: readonly string[]) {
  const lines = await Promise.all(which.map((conversation) => seen(store, conversation)));
  return { lines, outbox: (await store.counts()).outbox };
}
