import type { Friendship, Message, Wechaty } from 'wechaty';
import type { Clock } from '../../../src/ports.ts';
import type { Log } from '../options.ts';
import { soon } from '../soon.ts';
import type { Status } from './status.ts';

/** Pauses before a new attempt, ms: doubled each time. */
const [firstPause, longestPause] = [2_000, 5 * 60_000];

/** As many errors within a minute mean that the puppet does not recover by itself. */
const mostErrors = 10;

/** How often it is looked whether the puppet still runs, and how long after a start or a logout a code may take, ms. */
const [lookEvery, codeTime] = [15_000, 120_000];

/** How long a puppet may take to stop, ms; the rest of the program does not wait longer. */
const stopTime = 3_000;

/** What the session hands on. Whatever these throw is logged. */
export interface Listeners {
  message(bot: Wechaty, message: Message): Promise<void>;
  friendship(bot: Wechaty, friendship: Friendship): Promise<void>;
  /** A code to be scanned. */
  code(code: string): void;
}

/** The connection of the account, kept up. */
export interface Session {
  start(): void;
  stop(): Promise<void>;
  /** The bot while it is logged in. */
  bot(): Wechaty | undefined;
}

/** Supervises a bot: starts it, hears its events, and builds a new one with growing pauses when it fails. */
export function createSession(options: {
  build(): Wechaty;
  readonly status: Status;
  readonly listeners: Listeners;
  readonly clock: Clock;
  readonly log: Log;
  /** Shorter pauses, for tests. */
  readonly firstPause?: number;
  readonly lookEvery?: number;
}): Session {
  const { build, status, listeners, clock, log } = options;
  let current: Wechaty | undefined;
  let stopped = true;
  let failures = 0;
  /** Since when WeChat owes us a code: after a start, after a logout. */
  let owedSince: number | undefined;
  let errors: number[] = [];
  let again: NodeJS.Timeout | undefined;
  let look: NodeJS.Timeout | undefined;

  /** A listener that throws would end the process. */
  function guarded<Args extends readonly unknown[]>(bot: Wechaty, hear: (...args: Args) => void | Promise<void>) {
    return (...args: Args): void => {
      if (bot !== current) return;
      status.heard();
      const work = async () => hear(...args);
      void work().catch((error: unknown) => log.error({ err: error }, 'wechat: an event could not be handled'));
    };
  }

  function listen(bot: Wechaty): void {
    bot.on(
      'scan',
      guarded(bot, (code, state) => scanned(bot, code, state)),
    );
    bot.on(
      'login',
      guarded(bot, (user) => loggedIn(user.name())),
    );
    bot.on(
      'logout',
      guarded(bot, (_, reason) => loggedOut(reason ?? 'no reason given')),
    );
    bot.on(
      'message',
      guarded(bot, (message) => listeners.message(bot, message)),
    );
    bot.on(
      'friendship',
      guarded(bot, (friendship) => listeners.friendship(bot, friendship)),
    );
    bot.on(
      'heartbeat',
      guarded(bot, () => undefined),
    );
    bot.on('error', (error) => failed(bot, error));
  }

  function scanned(bot: Wechaty, code: string, state: number): void {
    const { Scanned, Confirmed } = scanStates;
    if (bot.isLoggedIn) return;
    if (state === Scanned || state === Confirmed) status.set({ at: 'scanned' });
    else if (code !== '') ask(code);
  }

  function ask(code: string): void {
    owedSince = undefined;
    const { login } = status;
    if (login.at === 'scan' && login.code === code) return;
    status.set({ at: 'scan', code });
    listeners.code(code);
  }

  function loggedIn(name: string): void {
    failures = 0;
    owedSince = undefined;
    status.set({ at: 'in', name, since: clock() });
  }

  function loggedOut(reason: string): void {
    owedSince = clock();
    status.set({ at: 'out', reason });
  }

  function failed(bot: Wechaty, error: unknown): void {
    if (bot !== current) return;
    log.warn({ err: error }, 'wechat: the puppet reports an error');
    const now = clock();
    errors = [...errors.filter((at) => now - at < 60_000), now];
    if (status.login.at === 'starting' || errors.length >= mostErrors) restart(reasonOf(error));
  }

  function begin(): void {
    if (stopped) return;
    errors = [];
    owedSince = clock();
    status.set({ at: 'starting' });
    try {
      const bot = build();
      current = bot;
      listen(bot);
      bot.start().catch((error: unknown) => {
        if (bot === current) restart(reasonOf(error));
      });
    } catch (error) {
      restart(reasonOf(error));
    }
  }

  function restart(reason: string): void {
    const old = current;
    current = undefined;
    if (old) void halt(old);
    if (stopped) return;
    status.set({ at: 'failed', reason });
    const pause = Math.min((options.firstPause ?? firstPause) * 2 ** failures, longestPause);
    failures += 1;
    clearTimeout(again);
    again = setTimeout(begin, pause);
  }

  /** Notices what puppets do not report: that they ended, or that no new code comes after a logout. */
  function watch(): void {
    if (!current) return;
    if (owedSince !== undefined && clock() - owedSince > codeTime) restart('neither a code nor a login came');
    else if (status.login.at !== 'starting' && current.puppet.state.inactive() === true) restart('the puppet ended');
  }

  async function halt(bot: Wechaty): Promise<void> {
    const ended = bot.stop().catch((error: unknown) => log.warn({ err: error }, 'wechat: the puppet does not stop'));
    await soon(stopTime, ended);
  }

  return {
    start() {
      stopped = false;
      look = setInterval(watch, options.lookEvery ?? lookEvery);
      begin();
    },
    async stop() {
      stopped = true;
      clearTimeout(again);
      clearInterval(look);
      const bot = current;
      current = undefined;
      status.set({ at: 'stopped' });
      if (bot) await halt(bot);
    },
    bot: () => (status.login.at === 'in' && current?.isLoggedIn ? current : undefined),
  };
}

/** States of a code. [wechaty-puppet, ScanStatus] */
const scanStates = { Scanned: 3, Confirmed: 4 };

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
