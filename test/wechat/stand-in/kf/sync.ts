import { randomBytes } from 'node:crypto';
import type { Json } from '../index.ts';
import { type Method, Refusal } from '../server.ts';
import type { World } from './world.ts';

/** Messages are kept for three days. */
const keptFor = 3 * 24 * 3_600_000;
const tokenValidFor = 600_000;

/** Tokens of callbacks, and the method that takes them. */
export interface Sync {
  readonly method: Method;
  /** A token for one account, valid for ten minutes. */
  giveToken(openKfId: string): string;
}

/**
 * `kf/sync_msg`. An empty cursor begins with the earliest message kept. Without a token only ten calls a minute (the
 * pages say "strict" and give no number).
 */
export function createSync(world: World, pageSize: number): Sync {
  const tokens = new Map<string, { readonly openKfId: string; readonly until: number }>();
  let bare: number[] = [];

  function admit(token: unknown, openKfId: string): void {
    const now = world.clock.now();
    if (token === undefined || token === '') {
      bare = bare.filter((at) => now - at < 60_000);
      if (bare.length >= 10) throw new Refusal(45009, 'api freq out of limit');
      bare.push(now);
      return;
    }
    const known = tokens.get(String(token));
    if (known?.openKfId !== openKfId || known.until < now) throw new Refusal(95007, 'invalid msg token');
  }

  return {
    giveToken(openKfId) {
      const token = `ENC${randomBytes(24).toString('base64url')}`;
      tokens.set(token, { openKfId, until: world.clock.now() + tokenValidFor });
      return token;
    },
    method: {
      verb: 'POST',
      run({ body }) {
        const openKfId = String(body['open_kfid'] ?? '');
        const log = world.logs.get(openKfId);
        if (!log) throw new Refusal(95000, 'invalid open_kfid');
        const limit = count(body['limit'] ?? 1000);
        if (![undefined, 0, 1].includes(body['voice_format'] as number | undefined)) throw invalid('voice_format');
        const from = position(body, openKfId, log.length);
        admit(body['token'], openKfId);
        const oldest = log.findIndex(({ at }) => world.clock.now() - at <= keptFor);
        const start = Math.max(from, oldest < 0 ? log.length : oldest);
        const page = log.slice(start, start + Math.min(limit, pageSize));
        const end = start + page.length;
        return {
          errcode: 0,
          errmsg: 'ok',
          next_cursor: cursorAt(openKfId, end),
          has_more: end < log.length ? 1 : 0,
          msg_list: page.map(({ message }) => message),
        };
      },
    },
  };
}

function count(limit: unknown): number {
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > 1000) throw invalid('limit');
  return limit;
}

function cursorAt(openKfId: string, index: number): string {
  return Buffer.from(`${openKfId} ${index}`).toString('base64url');
}

function position({ cursor = '' }: Json, openKfId: string, length: number): number {
  if (cursor === '') return 0;
  const [account, index] = Buffer.from(String(cursor), 'base64url').toString().split(' ');
  const at = Number(index);
  if (account !== openKfId || !Number.isInteger(at) || at < 0 || at > length) throw invalid('cursor');
  return at;
}

function invalid(what: string): Refusal {
  return new Refusal(40058, `invalid Request Parameter: ${what}`);
}
