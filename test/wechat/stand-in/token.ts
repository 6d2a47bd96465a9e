import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type Method, Refusal } from './server.ts';

/** Access tokens of one platform. */
export interface Tokens {
  /** The method that gives them out. */
  readonly method: Method;
  /** Throws when a token is missing, unknown, expired or replaced. */
  check(token: string | undefined): void;
  /** Expires the present token, or replaces it as if somebody else had asked for a new one. */
  end(how: 'expired' | 'replaced'): void;
}

const validFor = 7_200_000;
const overlap = 300_000;
const day = 86_400_000;

interface Token {
  readonly value: string;
  until: number;
}

function createStock(clock: Clock, length: number, unknown: number) {
  const known = new Map<string, Token>();
  const replaced = new Set<string>();
  let current: Token | undefined;
  const stock = {
    current: () => (current && current.until > clock.now() ? current : undefined),
    mint() {
      current = { value: randomBytes(length).toString('base64url'), until: clock.now() + validFor };
      known.set(current.value, current);
      return current;
    },
    /** Ends the present token at once. */
    replace() {
      if (current) replaced.add(current.value);
      return stock.mint();
    },
    check(value: string | undefined) {
      if (value === undefined || value === '') throw new Refusal(41001, 'access_token missing');
      const token = known.get(value);
      if (!token) throw new Refusal(40014, 'invalid access_token');
      if (replaced.has(value)) {
        throw new Refusal(unknown, 'invalid credential, access_token is invalid or not latest');
      }
      if (token.until <= clock.now()) throw new Refusal(42001, 'access_token expired');
    },
    end(how: 'expired' | 'replaced') {
      if (how === 'replaced') stock.replace();
      else if (current) current.until = clock.now();
    },
  };
  return stock;
}

/**
 * `stable_token`: the same token until five minutes before its end, then a new one beside the old one;
 * `force_refresh` ends the old one at once, 20 times a day, 30 seconds apart.
 */
export function createStableTokens(clock: Clock, appId: string, secret: string): Tokens {
  const stock = createStock(clock, 360, 40001);
  let forced: number[] = [];

  function force() {
    const now = clock.now();
    forced = forced.filter((at) => now - at < day);
    if (forced.length >= 20) throw new Refusal(45009, 'reach max api daily quota limit');
    if (now - (forced.at(-1) ?? -Infinity) < 30_000) throw new Refusal(45011, 'api minute-quota reach limit');
    forced.push(now);
    return stock.replace();
  }

  function normal() {
    const current = stock.current();
    return current && current.until - clock.now() > overlap ? current : stock.mint();
  }

  return {
    check: stock.check,
    end: stock.end,
    method: {
      verb: 'POST',
      needsToken: false,
      run({ body }) {
        if (body['grant_type'] !== 'client_credential') throw new Refusal(40002, 'invalid grant_type');
        if (body['appid'] === undefined) throw new Refusal(41002, 'appid missing');
        if (body['appid'] !== appId) throw new Refusal(40013, 'invalid appid');
        if (body['secret'] === undefined) throw new Refusal(41004, 'appsecret missing');
        if (body['secret'] !== secret) throw new Refusal(40125, 'invalid appsecret');
        const { value, until } = body['force_refresh'] === true ? force() : normal();
        return { access_token: value, expires_in: Math.floor((until - clock.now()) / 1000) };
      },
    },
  };
}

/** `gettoken` of WeCom: the same token until its end. */
export function createCorpTokens(clock: Clock, corpId: string, secret: string): Tokens {
  const stock = createStock(clock, 160, 40014);
  return {
    check: stock.check,
    end: stock.end,
    method: {
      verb: 'GET',
      needsToken: false,
      run({ query }) {
        if (!query['corpid']) throw new Refusal(41002, 'corpid missing');
        if (query['corpid'] !== corpId) throw new Refusal(40013, 'invalid corpid');
        if (!query['corpsecret']) throw new Refusal(41004, 'corpsecret missing');
        if (query['corpsecret'] !== secret) throw new Refusal(40001, 'invalid credential');
        const { value, until } = stock.current() ?? stock.mint();
        const expires_in = Math.floor((until - clock.now()) / 1000);
        return { errcode: 0, errmsg: 'ok', access_token: value, expires_in };
      },
    },
  };
}
