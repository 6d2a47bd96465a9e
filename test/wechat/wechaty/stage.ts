import { afterEach, beforeEach, expect } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { openStore } from '../../../src/store/open.ts';
import { type Account, createAccount } from './account.ts';
import { type Bot, createClock, startBot } from './bot.ts';

/** What each test has anew: a store, an account, a clock; and the bot once it is started. */
export let store: Store;
export let account: Account;
export let bot: Bot;
export let clock: ReturnType<typeof createClock>;

beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
  account = createAccount();
  clock = createClock();
});
afterEach(async () => {
  await bot.stop();
  await store.close();
});

/** Starts the bot; nobody is logged in yet. */
export async function startOnly(options: Parameters<typeof startBot>[1] = {}): Promise<void> {
  bot = await startBot(account, { store, clock: clock.now, ...options });
}

/** Starts the bot and logs the account in. */
export async function start(options: Parameters<typeof startBot>[1] = {}): Promise<void> {
  await startOnly(options);
  await account.login();
  await expect.poll(() => bot.channel.health().ready).toBe(true);
}

/** Waits until somebody was sent so many texts. */
export const heard = (to: string, count: number) => expect.poll(() => account.heard(to).length).toBe(count);

/** Long enough for a wrong answer to show up. */
export const quiet = () => new Promise((resolve) => setTimeout(resolve, 300));
