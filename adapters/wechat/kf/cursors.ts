import type { Clock, Store } from '../../../src/ports.ts';
import { channelName } from './decode.ts';

/** How far each 客服账号 has been read. */
interface Known {
  readonly cursor: string;
  /** The token of the last callback, and when it came, ms since 1970. */
  readonly token: string;
  readonly tokenAt: number;
}

/** Tokens are valid for ten minutes. [94699] */
const tokenTime = 10 * 60_000;

/** Where reading goes on, kept in the store. */
export interface Cursors {
  accounts(): Promise<readonly string[]>;
  notified(account: string, token: string): Promise<void>;
  /** The cursor, and the token while it is valid. */
  from(account: string): Promise<{ readonly cursor: string; readonly token?: string }>;
  read(account: string, cursor: string): Promise<void>;
}

/** Opens the cursors. */
export function createCursors(store: Pick<Store, 'recall' | 'keep'>, clock: Clock): Cursors {
  let changing: Promise<unknown> = Promise.resolve();

  async function load(): Promise<Readonly<Record<string, Known>>> {
    const note = await store.recall(channelName);
    return note === undefined ? {} : (JSON.parse(note) as Record<string, Known>);
  }

  function change(account: string, changed: Partial<Known>): Promise<void> {
    const mine = changing.then(async () => {
      const all = await load();
      const known = { cursor: '', token: '', tokenAt: 0, ...all[account], ...changed };
      await store.keep(channelName, JSON.stringify({ ...all, [account]: known }));
    });
    changing = mine.catch(() => undefined);
    return mine;
  }

  return {
    accounts: async () => Object.keys(await load()),
    notified: (account, token) => change(account, { token, tokenAt: clock() }),
    async from(account) {
      const { cursor = '', token = '', tokenAt = 0 } = (await load())[account] ?? {};
      return { cursor, ...(token !== '' && clock() - tokenAt < tokenTime && { token }) };
    },
    read: (account, cursor) => change(account, { cursor }),
  };
}
