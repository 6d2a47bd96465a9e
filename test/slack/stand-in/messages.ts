import { links, mentions } from './content.ts';
import { CHANNEL_TYPE, emit, emitMessage, shown } from './event.ts';
import type { Json } from './index.ts';
import { isReply } from './transcript.ts';
import type { Channel, Stored, User, World } from './world.ts';

/** What a new message says. */
export interface Draft {
  readonly text: string;
  readonly blocks?: readonly Json[] | undefined;
  readonly metadata?: Json | undefined;
  readonly thread?: string | undefined;
  readonly subtype?: string | undefined;
  readonly files?: readonly Json[] | undefined;
  readonly ephemeralFor?: string | undefined;
  /** Whether Slack fetches previews of its links. */
  readonly unfurl?: boolean | undefined;
  /** Whether bare `@name` and `@channel` are linked (`parse: full`, `link_names`). */
  readonly names?: boolean | undefined;
}

/** Ids of users whom a text or blocks notify in a channel. */
function notified(world: World, channel: Channel, author: string, text: string, blocks: unknown): string[] {
  const found = mentions(text, blocks).flatMap((id) =>
    world.users.has(id) ? [id] : [...channel.members].filter((member) => member !== author),
  );
  if (channel.kind === 'im') found.push(...[...channel.members].filter((member) => member !== author));
  return [...new Set(found)];
}

/** Adds block ids where the app gave none, as Slack does. */
export function withIds(world: World, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block['block_id'] ?? world.id('b'),
    ...(Array.isArray(block['elements']) && block['type'] !== 'rich_text' && block['type'] !== 'context'
      ? { elements: block['elements'].map((one: Json) => ({ ...one, action_id: one['action_id'] ?? world.id('a') })) }
      : {}),
  }));
}

/** Puts a message into a channel and tells the app what Slack would. */
export function post(world: World, channel: Channel, author: User, draft: Draft): Stored {
  const names = draft.names ? draft.text.replaceAll(/(?<![<!])@(channel|here|everyone)\b/g, '<!$1>') : draft.text;
  const visible = links(names, draft.blocks);
  const message: Stored = {
    ts: world.ts(),
    channel: channel.id,
    user: author.id,
    text: names,
    reactions: [],
    unfurled: draft.unfurl && !draft.ephemeralFor ? visible : [],
    notified: notified(world, channel, author.id, names, draft.blocks),
    links: visible,
    ...(draft.thread ? { thread_ts: draft.thread } : {}),
    ...(draft.blocks ? { blocks: withIds(world, draft.blocks) } : {}),
    ...(draft.metadata ? { metadata: draft.metadata } : {}),
    ...(author.botId ? { bot_id: author.botId } : {}),
    ...(draft.subtype ? { subtype: draft.subtype } : {}),
    ...(draft.files ? { files: draft.files } : {}),
    ...(draft.ephemeralFor ? { ephemeralFor: draft.ephemeralFor } : {}),
  };
  channel.messages.push(message);
  if (author.id === world.botUserId) world.session(`${channel.id}:${draft.thread ?? message.ts}`).status = undefined;
  if (draft.ephemeralFor) return message;
  announce(world, channel, message);
  if (message.unfurled.length > 0) {
    const attachments = message.unfurled.map((url) => ({ from_url: url, fallback: url }));
    changed(world, channel, message, shown(world, message), { attachments });
  }
  return message;
}

/** The `message` event and, where the bot is mentioned, `app_mention`; either may come first. */
function announce(world: World, channel: Channel, message: Stored): void {
  const event = shown(world, message);
  const stamped = { ...event, channel: channel.id, event_ts: message.ts };
  const tellMessage = () =>
    emitMessage(
      world,
      channel,
      {
        ...stamped,
        ...(message.subtype ? {} : { client_msg_id: message.bot_id ? undefined : world.id('cm') }),
        ...(isReply(message) ? { parent_user_id: root(channel, message)?.user } : {}),
      },
      message.user,
    );
  const mentioned =
    channel.kind !== 'im' &&
    message.user !== world.botUserId &&
    channel.members.has(world.botUserId) &&
    message.text.includes(`<@${world.botUserId}`);
  const tellMention = () => {
    if (mentioned) emit(world, 'app_mention', { ...stamped, type: 'app_mention' }, channel, message.user);
  };
  const order = world.random() < 0.5 ? [tellMessage, tellMention] : [tellMention, tellMessage];
  for (const tell of order) tell();
}

function root(channel: Channel, message: Stored): Stored | undefined {
  return channel.messages.find(({ ts }) => ts === message.thread_ts);
}

/** The message_changed event: hidden, and without a user of its own. */
export function changed(world: World, channel: Channel, message: Stored, before: Json, more: Json = {}): void {
  const ts = world.ts();
  emitMessage(
    world,
    channel,
    {
      subtype: 'message_changed',
      hidden: true,
      message: { ...shown(world, message), ...more },
      previous_message: before,
      ts,
      event_ts: ts,
    },
    message.user,
  );
}

/**
 * Takes a message out and tells the app. The root of a thread with replies stays as a tombstone, and the app hears
 * message_changed (github.com/slack-edge/slack-edge/pull/10, github.com/42wim/matterbridge/issues/600).
 */
export function remove(world: World, channel: Channel, message: Stored): void {
  if (!message.ephemeralFor && replies(channel, message).length > 0) {
    bury(world, channel, message);
    return;
  }
  channel.messages.splice(channel.messages.indexOf(message), 1);
  if (message.ephemeralFor) return;
  const ts = world.ts();
  const previous_message = shown(world, message);
  const event = {
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message,
    ts,
    event_ts: ts,
  };
  emitMessage(world, channel, event, message.user);
  const left = root(channel, message);
  if (left?.subtype === 'tombstone' && replies(channel, left).length === 0) remove(world, channel, left);
}

function replies(channel: Channel, message: Stored): Stored[] {
  return channel.messages.filter((one) => isReply(one) && one.thread_ts === message.ts && !one.ephemeralFor);
}

function bury(world: World, channel: Channel, message: Stored): void {
  const before = shown(world, message);
  delete message.blocks;
  delete message.files;
  delete message.metadata;
  const text = 'This message was deleted.';
  Object.assign(message, {
    subtype: 'tombstone',
    user: 'USLACKBOT',
    text,
    links: [],
    reactions: [],
    thread_ts: message.ts,
  });
  changed(world, channel, message, before, { hidden: true, reply_count: replies(channel, message).length });
}

/** Changes what a message says and tells the app, also about an own message. */
export function rewrite(world: World, channel: Channel, message: Stored, draft: Omit<Draft, 'thread'>): void {
  const before = shown(world, message);
  message.text = draft.text;
  // Without blocks the old ones stay; an empty list takes them away.
  if (draft.blocks && draft.blocks.length > 0) message.blocks = withIds(world, draft.blocks);
  else if (draft.blocks) delete message.blocks;
  if (draft.metadata) message.metadata = draft.metadata;
  message.edited = true;
  message.links = links(draft.text, message.blocks);
  message.notified = [
    ...new Set([
      ...message.notified,
      ...notified(world, { ...channel, kind: 'public' }, message.user, draft.text, draft.blocks),
    ]),
  ];
  if (!message.ephemeralFor) changed(world, channel, message, before);
}

/** Lets a user or the bot into a channel: a channel_join message and member_joined_channel. */
export function join(world: World, channel: Channel, user: User, inviter?: string): void {
  if (channel.members.has(user.id)) return;
  channel.members.add(user.id);
  const subtype = channel.kind === 'private' ? 'group_join' : 'channel_join';
  post(world, channel, { ...user, botId: undefined }, { text: `<@${user.id}> has joined the channel`, subtype });
  const needed = channel.kind === 'private' ? 'groups:read' : 'channels:read';
  if (!channel.members.has(world.botUserId) || !world.scopes.has(needed)) return;
  emit(
    world,
    'member_joined_channel',
    {
      type: 'member_joined_channel',
      user: user.id,
      channel: channel.id,
      channel_type: CHANNEL_TYPE[channel.kind] === 'group' ? 'G' : 'C',
      team: user.team,
      ...(inviter ? { inviter } : {}),
    },
    channel,
    user.id,
  );
}
