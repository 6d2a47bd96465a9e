import { METHODS } from '../platform.ts';
import { textArgument } from './arguments.ts';
import type { Json } from './index.ts';
import { Refusal } from './refusal.ts';
import type { Channel, Stored, World } from './world.ts';

/** Carries out one method; what it returns is joined to `{ok: true}`. */
export type Method = (world: World, args: Json) => Json;

const PREFIX = { public: 'channels', private: 'groups', im: 'im' } as const;

function missing(world: World, needed: string): Refusal {
  return new Refusal('missing_scope', { needed, provided: [...world.scopes].join(',') });
}

/** Refuses a method for which the app has no scope at all. */
export function checkScope(world: World, method: string): void {
  const facts = METHODS[method];
  const scopes = facts?.app ? [] : (facts?.scopes ?? []);
  if (scopes.length > 0 && !scopes.some((scope) => world.scopes.has(scope))) throw missing(world, scopes.join(','));
}

/** The channel of an argument, as far as the bot may know of it. */
export function channelOf(world: World, args: Json, name = 'channel'): Channel {
  const channel = world.channels.get(textArgument(args, name) ?? '');
  if (!channel) throw new Refusal('channel_not_found');
  const inside = channel.members.has(world.botUserId);
  if (channel.kind !== 'public' && !inside) throw new Refusal('channel_not_found');
  return channel;
}

/** The same for methods whose scope depends on the channel's type: `history` or `read`. */
export function readableChannel(world: World, args: Json, right: 'history' | 'read'): Channel {
  const channel = channelOf(world, args);
  const scope = `${PREFIX[channel.kind]}:${right}`;
  if (!world.scopes.has(scope)) throw missing(world, scope);
  return channel;
}

/** A message by ts that everybody can see. */
export function messageOf(channel: Channel, ts: string | undefined, error = 'message_not_found'): Stored {
  const message = channel.messages.find((one) => one.ts === ts && !one.ephemeralFor);
  if (!message) throw new Refusal(error);
  return message;
}

/** A page of items by `cursor` and `limit`. */
export function page<T>(items: readonly T[], args: Json, fallback: number, most: number): { items: T[]; next: string } {
  const limit = Number(textArgument(args, 'limit') ?? fallback);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new Refusal('invalid_limit');
  const cursor = textArgument(args, 'cursor');
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace(/^at:/, '')) : 0;
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`at:${end}`).toString('base64') : '',
  };
}
