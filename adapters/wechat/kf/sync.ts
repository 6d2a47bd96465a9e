import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../api/api.ts';
import { Refused } from '../api/request.ts';
import type { Log } from '../options.ts';
import type { Cursors } from './cursors.ts';
import { decode, type Heard, messageSchema } from './decode.ts';

/** Items asked for at once. */
const pageSize = 1_000;

/** The token of a callback is no longer valid. */
const badToken = 95007;

/** Pauses after a failure, ms: the first, and the longest. */
const [firstPause, longestPause] = [1_000, 60_000];

/** Reads what customers write, one page after another, each item once and in order. */
export interface Sync {
  /** There is something to read. */
  wake(account: string): void;
  /** A sentence about what is wrong, when reading fails. */
  trouble(): string | undefined;
  stop(): Promise<void>;
}

/** Creates the reader. The cursor moves on only after every item of a page was taken. */
export function createSync(options: {
  readonly api: Api;
  readonly cursors: Cursors;
  take(heard: Heard): Promise<void>;
  readonly log: Log;
}): Sync {
  const { api, cursors, take, log } = options;
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let trouble: string | undefined;

  async function page(account: string, cursor: string, token: string | undefined) {
    const call = (by: object) => api.call('kf/sync_msg', { cursor, limit: pageSize, open_kfid: account, ...by });
    try {
      return await call(token === undefined ? {} : { token });
    } catch (error) {
      if (token === undefined || !(error instanceof Refused) || error.code !== badToken) throw error;
      return call({});
    }
  }

  async function readAll(account: string): Promise<void> {
    for (;;) {
      const { cursor, token } = await cursors.from(account);
      const result = await page(account, cursor, token);
      const items = Array.isArray(result['msg_list']) ? result['msg_list'] : [];
      for (const item of items) {
        if (signal.aborted) return;
        const message = messageSchema.safeParse(item);
        if (!message.success) log.warn({ account }, 'wechat: an item of sync_msg cannot be read and is left out');
        const heard = message.success ? decode(message.data) : undefined;
        if (heard) await take(heard);
      }
      const next = String(result['next_cursor'] ?? '');
      if (next !== '' && next !== cursor) await cursors.read(account, next);
      if (Number(result['has_more'] ?? 0) !== 1 || next === '') return;
    }
  }

  async function run(account: string, self: { again: boolean }): Promise<void> {
    let wait = firstPause;
    while (self.again && !signal.aborted) {
      self.again = false;
      try {
        await readAll(account);
        if (trouble !== undefined) log.info({ account }, 'wechat: 微信客服 can be read again');
        trouble = undefined;
        wait = firstPause;
      } catch (error) {
        if (trouble === undefined)
          log.error({ account, err: error }, 'wechat: 微信客服 cannot be read; it is tried again');
        trouble = `微信客服 cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
        self.again = true;
        await pause(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, longestPause);
      }
    }
    running.delete(account);
  }

  return {
    wake(account) {
      const now = running.get(account);
      if (now) {
        now.again = true;
        return;
      }
      const self = { again: true, done: Promise.resolve() };
      running.set(account, self);
      self.done = run(account, self);
    },
    trouble: () => trouble,
    async stop() {
      stopping.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
