import type { Json } from './index.ts';
import type { Channel, Stored, World } from './world.ts';

const KIND = { public: 'channels', private: 'groups', im: 'im' } as const;

/** channel_type of message events. */
export const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im' } as const;

/** Sends an event as it is, in Slack's envelope; returns its event_id. */
export function emitRaw(world: World, event: Json, envelope: Json = {}): string {
  const id = world.id('Ev');
  const { teamId, enterpriseId, appId, botUserId } = world;
  const payload = {
    token: 'verification-token',
    team_id: teamId,
    enterprise_id: enterpriseId,
    context_team_id: teamId,
    context_enterprise_id: enterpriseId,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: enterpriseId ? null : teamId,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: enterpriseId !== null,
      },
    ],
    is_ext_shared_channel: false,
    event_context: world.id('EC'),
    ...envelope,
  };
  world.send({ type: 'events_api', id, name: String(event['type']), payload });
  return id;
}

/** Sends an event that the manifest subscribes to; others do not leave Slack. */
export function emit(world: World, name: string, event: Json, channel?: Channel, author?: string): void {
  if (!world.events.has(name)) return;
  const team = (author && world.users.get(author)?.team) ?? world.teamId;
  emitRaw(
    world,
    { ...event, event_ts: event['event_ts'] ?? world.ts() },
    // In a channel shared by Slack Connect the outer team is the author's; the app's own is the context.
    channel?.sharedWith ? { team_id: team, is_ext_shared_channel: true } : {},
  );
}

/** Sends a message event where the bot may read; `author` decides the outer team. */
export function emitMessage(world: World, channel: Channel, event: Json, author: string): void {
  if (!channel.members.has(world.botUserId)) return;
  const kind = KIND[channel.kind];
  if (!world.scopes.has(`${kind}:history`)) return;
  emit(
    world,
    `message.${kind}`,
    { type: 'message', channel: channel.id, channel_type: CHANNEL_TYPE[channel.kind], ...event },
    channel,
    author,
  );
}

/** A message as events and history show it. */
export function shown(world: World, message: Stored, metadata = true): Json {
  const user = world.users.get(message.user);
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: user?.team ?? world.teamId,
    ...(user && user.team !== world.teamId ? { user_team: user.team, source_team: user.team } : {}),
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    ...(message.bot_id ? { bot_id: message.bot_id } : {}),
    ...(message.bot_id === world.botId
      ? {
          app_id: world.appId,
          bot_profile: { id: world.botId, app_id: world.appId, name: user?.name, team_id: world.teamId },
        }
      : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.files ? { files: message.files } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }
      : {}),
    ...(metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}
