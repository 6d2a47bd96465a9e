import { flagArgument, textArgument } from '../arguments.ts';
import { shown } from '../event.ts';
import type { Json } from '../index.ts';
import { join } from '../messages.ts';
import { channelOf, type Method, messageOf, page, readableChannel } from '../method.ts';
import { directOf } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { inThread, isReply } from '../transcript.ts';
import type { Channel, Stored, World } from '../world.ts';

function described(world: World, channel: Channel): Json {
  const user = [...channel.members].find((id) => id !== world.botUserId);
  const shared = channel.sharedWith !== undefined;
  if (channel.kind === 'im')
    return { id: channel.id, is_im: true, user, is_archived: channel.archived, is_ext_shared: shared };
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_ext_shared: shared,
    is_shared: shared,
    is_member: channel.members.has(world.botUserId),
    context_team_id: world.teamId,
    ...(shared ? { connected_team_ids: [channel.sharedWith] } : {}),
  };
}

function listed(world: World, args: Json, mine: boolean): Json {
  const types = (textArgument(args, 'types') ?? 'public_channel').split(',');
  const name = { public: 'public_channel', private: 'private_channel', im: 'im' };
  const need = { public: 'channels:read', private: 'groups:read', im: 'im:read' };
  for (const kind of ['public', 'private', 'im'] as const) {
    if (types.includes(name[kind]) && !world.scopes.has(need[kind])) {
      throw new Refusal('missing_scope', { needed: need[kind], provided: [...world.scopes].join(',') });
    }
  }
  const all = [...world.channels.values()].filter(
    (channel) =>
      types.includes(name[channel.kind]) &&
      (channel.members.has(world.botUserId) || (!mine && channel.kind === 'public')) &&
      !(channel.archived && flagArgument(args, 'exclude_archived')),
  );
  const { items, next } = page(all, args, 100, 1000);
  return { channels: items.map((channel) => described(world, channel)), response_metadata: { next_cursor: next } };
}

function span(messages: readonly Stored[], args: Json): Stored[] {
  const oldest = textArgument(args, 'oldest');
  const latest = textArgument(args, 'latest');
  const inclusive = flagArgument(args, 'inclusive');
  const order = (ts: string, edge: string) => Number(ts) - Number(edge);
  return messages.filter(({ ts, ephemeralFor }) => {
    if (ephemeralFor) return false;
    if (oldest !== undefined && order(ts, oldest) < 0) return false;
    if (latest !== undefined && order(ts, latest) > 0) return false;
    return inclusive || (ts !== oldest && ts !== latest);
  });
}

function read(world: World, args: Json): Channel {
  const channel = readableChannel(world, args, 'history');
  if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

function answer(world: World, args: Json, found: readonly Stored[], channel: Channel): Json {
  const { items, next } = page(found, args, 100, 999);
  const messages = items.map((message) => {
    const replies = channel.messages.filter((one) => isReply(one) && one.thread_ts === message.ts && !one.ephemeralFor);
    const last = replies.at(-1);
    return {
      ...shown(world, message, flagArgument(args, 'include_all_metadata')),
      ...(last
        ? {
            thread_ts: message.ts,
            reply_count: replies.length,
            latest_reply: last.ts,
            reply_users: [...new Set(replies.map((one) => one.user))],
          }
        : {}),
    };
  });
  return { messages, has_more: next !== '', ...(next ? { response_metadata: { next_cursor: next } } : {}) };
}

/** conversations.* and users.conversations */
export const conversations: Readonly<Record<string, Method>> = {
  'conversations.info': (world, args) => ({ channel: described(world, readableChannel(world, args, 'read')) }),
  'conversations.list': (world, args) => listed(world, args, false),
  'users.conversations': (world, args) => listed(world, args, true),
  'conversations.history': (world, args) => {
    const channel = read(world, args);
    const found = span(channel.messages, args).filter((one) => !isReply(one) || one.subtype === 'thread_broadcast');
    return answer(world, args, found.reverse(), channel);
  },
  'conversations.replies': (world, args) => {
    const channel = read(world, args);
    const ts = textArgument(args, 'ts') ?? '';
    const root = messageOf(channel, ts, 'thread_not_found');
    const thread = root.thread_ts ?? ts;
    const replies = span(
      channel.messages.filter((one) => inThread(one, thread) && one.ts !== thread),
      args,
    );
    // The root comes with every answer, whatever the span.
    return answer(world, args, [messageOf(channel, thread, 'thread_not_found'), ...replies], channel);
  },
  'conversations.members': (world, args) => {
    const channel = readableChannel(world, args, 'read');
    const { items, next } = page([...channel.members], args, 100, 1000);
    return { members: items, response_metadata: { next_cursor: next } };
  },
  'conversations.open': (world, args) => {
    const ids = textArgument(args, 'users')?.split(',') ?? [];
    const user = world.users.get(ids[0] ?? '');
    if (ids.length > 1)
      throw new Refusal('missing_scope', { needed: 'mpim:write', provided: [...world.scopes].join(',') });
    if (!user) throw new Refusal('user_not_found');
    if (!world.scopes.has('im:write'))
      throw new Refusal('missing_scope', { needed: 'im:write', provided: [...world.scopes].join(',') });
    if (user.id === world.botUserId || user.bot) throw new Refusal('cannot_dm_bot');
    const channel = directOf(world, user);
    return { channel: { id: channel.id } };
  },
  'conversations.join': (world, args) => {
    const channel = channelOf(world, args);
    if (channel.archived) throw new Refusal('is_archived');
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    const bot = world.users.get(world.botUserId);
    if (bot) join(world, channel, bot);
    return { channel: described(world, channel) };
  },
};
