import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import { z } from 'zod';

/** What @hono/node-server passes as `c.env`. */
const node = z.object({ incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }) });

/**
 * Where a request comes from, for limits. The last entry of X-Forwarded-For counts only when the operator trusts the
 * proxy that added it. One household has a whole IPv6 /64, so that is what counts as one address.
 */
export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const address = forwarded || node.safeParse(c.env).data?.incoming.socket.remoteAddress || 'unknown';
  return isIPv6(address) ? network(address) : address;
}

function network(address: string): string {
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
