import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { addressOf } from '../../adapters/web/address.ts';
import { createLimiter, createSeats } from '../../adapters/web/limiter.ts';

describe('The limiter', () => {
  test('allows a number at once, then says how long to wait, then allows again', () => {
    let now = 0;
    const limiter = createLimiter(() => now, 3);
    expect([limiter('a'), limiter('a'), limiter('a'), limiter('a')]).toEqual([0, 0, 0, 20]);
    now = 19_000;
    expect(limiter('a')).toBe(1);
    now = 20_000;
    expect([limiter('a'), limiter('a')]).toEqual([0, 20]);
  });

  test('keeps keys apart', () => {
    const limiter = createLimiter(() => 0, 1);
    expect([limiter('a'), limiter('b'), limiter('a')]).toEqual([0, 0, 60]);
  });

  test('does not lend from the future when the clock goes back', () => {
    let now = 60_000;
    const limiter = createLimiter(() => now, 1);
    limiter('a');
    now = 0;
    expect(limiter('a')).toBe(60);
  });

  test('remembers no more keys than it may, forgetting the one unused for longest', () => {
    const limiter = createLimiter(() => 0, 1, 2);
    limiter('a');
    limiter('b');
    limiter('a');
    limiter('c');
    expect(limiter('a')).toBe(60);
    expect(limiter('b')).toBe(0);
  });
});

test('Seats are limited for each key and can be left', () => {
  const take = createSeats(2);
  const leave = take('a');
  expect(take('a')).toBeDefined();
  expect(take('a')).toBeUndefined();
  expect(take('b')).toBeDefined();
  leave?.();
  expect(take('a')).toBeDefined();
  expect(take('a')).toBeUndefined();
});

describe('The address of a request', () => {
  const ask = async (remoteAddress: string | undefined, forwarded: string | undefined, trustProxy: boolean) => {
    const app = new Hono().get('/', (c) => c.text(addressOf(c, trustProxy)));
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const env = remoteAddress === undefined ? {} : { incoming: { socket: { remoteAddress } } };
    return (await app.request('/', { headers }, env)).text();
  };

  test.each([
    ['the socket', '192.0.2.1', undefined, false, '192.0.2.1'],
    ['the socket, as long as the proxy is not trusted', '192.0.2.1', '198.51.100.7', false, '192.0.2.1'],
    ['what a trusted proxy added last', '192.0.2.1', '203.0.113.9, 198.51.100.7', true, '198.51.100.7'],
    ['the socket, when a trusted proxy added nothing', '192.0.2.1', undefined, true, '192.0.2.1'],
    ['IPv4 written as IPv6', '::ffff:192.0.2.1', undefined, false, '192.0.2.1'],
    ['one for a whole IPv6 /64', '2001:db8:1:2:a:b:c:d', undefined, false, '2001:db8:1:2::/64'],
    ['the same in short form', '2001:db8:0001:2::9', undefined, false, '2001:db8:1:2::/64'],
    ['IPv6 with a zone', 'fe80::1%eth0', undefined, false, 'fe80:0:0:0::/64'],
    ['unknown without a socket', undefined, undefined, false, 'unknown'],
  ])('is %s', async (_, socket, forwarded, trustProxy, expected) => {
    expect(await ask(socket, forwarded, trustProxy)).toBe(expected);
  });
});
