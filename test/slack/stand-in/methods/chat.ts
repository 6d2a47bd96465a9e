import { flagArgument, jsonArgument, textArgument } from '../arguments.ts';
import { checkBlocks } from '../blocks.ts';
import { weight } from '../content.ts';
import { shown } from '../event.ts';
import type { Json } from '../index.ts';
import { post, remove, rewrite } from '../messages.ts';
import { channelOf, type Method, messageOf } from '../method.ts';
import { directOf } from '../people.ts';
import { Refusal, refuse } from '../refusal.ts';
import { isReply } from '../transcript.ts';
import { type Channel, manifestValue, type User, type World } from '../world.ts';

/** Beyond this Slack answers msg_blocks_too_long; undocumented: 9 597 was taken and 11 341 refused. */
const WEIGHT = 10_000;

/** What a message says, checked as Slack checks it. */
export function content(args: Json): { text: string; blocks?: Json[]; metadata?: Json; names: boolean } {
  const markdown = textArgument(args, 'markdown_text');
  const text = textArgument(args, 'text');
  const blocks = jsonArgument(args, 'blocks', 'invalid_blocks_format');
  const metadata = jsonArgument(args, 'metadata', 'invalid_metadata_format') as Json | undefined;
  if (markdown !== undefined && (text !== undefined || blocks !== undefined))
    throw new Refusal('markdown_text_conflict');
  if ((markdown?.length ?? 0) > 12_000) throw new Refusal('msg_too_long');
  if (blocks !== undefined) {
    if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
    const problems = checkBlocks(blocks);
    if (problems.length > 0) throw refuse('invalid_blocks', problems);
    if (weight(blocks) > WEIGHT) throw new Refusal('msg_blocks_too_long');
  }
  const shownBlocks = markdown === undefined ? blocks : [{ type: 'markdown', text: markdown }];
  const full = shownBlocks as Json[] | undefined;
  if (text === undefined && !full?.length && args['attachments'] === undefined) throw new Refusal('no_text');
  if (metadata !== undefined) checkMetadata(metadata);
  return {
    text: text ?? markdown ?? '',
    ...(full ? { blocks: full } : {}),
    ...(metadata ? { metadata } : {}),
    names: textArgument(args, 'parse') === 'full' || flagArgument(args, 'link_names'),
  };
}

function checkMetadata(metadata: Json): void {
  if (Object.keys(metadata).length === 0) return;
  if (typeof metadata['event_type'] !== 'string' || typeof metadata['event_payload'] !== 'object') {
    throw new Refusal('invalid_metadata_format');
  }
  if (JSON.stringify(metadata).length > 8000) throw new Refusal('metadata_too_large');
}

/** The channel to post to; a user's id means the direct message with that user. */
function target(world: World, args: Json): Channel {
  const id = textArgument(args, 'channel') ?? '';
  const user = world.users.get(id);
  const channel = user ? directOf(world, user) : channelOf(world, args);
  if (channel.kind === 'im' && !messagesTab(world)) throw new Refusal('messages_tab_disabled');
  if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

/** Whether people can write to the app in its Messages tab. */
export function messagesTab(world: World): boolean {
  const tab = manifestValue(world.setup.manifest, 'features.app_home') as Json | undefined;
  return tab?.['messages_tab_enabled'] === true && tab['messages_tab_read_only_enabled'] === false;
}

function thread(channel: Channel, args: Json): string | undefined {
  const ts = textArgument(args, 'thread_ts');
  if (ts === undefined) {
    if (channel.rule === 'read_only_channel' || channel.rule === 'thread_only_channel') {
      throw new Refusal(`restricted_action_${channel.rule}`);
    }
    return undefined;
  }
  if (channel.rule && channel.rule !== 'thread_only_channel') throw new Refusal(`restricted_action_${channel.rule}`);
  const root = messageOf(channel, ts, 'thread_not_found');
  if (isReply(root)) throw refuse('invalid_arguments', ['thread_ts is the ts of a reply; give that of the root']);
  if (root.subtype && !['file_share', 'me_message', 'thread_broadcast'].includes(root.subtype)) {
    throw new Refusal('cannot_reply_to_message');
  }
  return ts;
}

function bot(world: World): User {
  const user = world.users.get(world.botUserId);
  if (!user) throw new Error('the world has no bot');
  return user;
}

function warnings(list: readonly string[]): Json {
  return list.length > 0 ? { warning: list.join(','), response_metadata: { warnings: list } } : {};
}

const postMessage: Method = (world, args) => {
  const said = content(args);
  const channel = target(world, args);
  const root = thread(channel, args);
  const long = said.text.length > 40_000;
  // Slack previews links of a bot only where there are few; with the flags unset it may, so here it does.
  const unfurl = flagArgument(args, 'unfurl_links', true) || flagArgument(args, 'unfurl_media', true);
  const message = post(world, channel, bot(world), {
    ...said,
    text: said.text.slice(0, 40_000),
    thread: root,
    unfurl,
    subtype: root && flagArgument(args, 'reply_broadcast') ? 'thread_broadcast' : undefined,
  });
  const missing =
    said.blocks && textArgument(args, 'text') === undefined && textArgument(args, 'markdown_text') === undefined;
  return {
    channel: channel.id,
    ts: message.ts,
    message: shown(world, message),
    ...warnings([...(long ? ['message_truncated'] : []), ...(missing ? ['missing_text_in_message'] : [])]),
  };
};

const update: Method = (world, args) => {
  const said = content(args);
  const channel = channelOf(world, args);
  const message = messageOf(channel, textArgument(args, 'ts'));
  if (message.user !== world.botUserId) throw new Refusal('cant_update_message');
  if (channel.archived) throw new Refusal('is_inactive');
  if (said.text.length > 4000) throw new Refusal('msg_too_long');
  rewrite(world, channel, message, said);
  return { channel: channel.id, ts: message.ts, text: message.text, message: shown(world, message) };
};

const deleteMessage: Method = (world, args) => {
  const channel = channelOf(world, args);
  const message = messageOf(channel, textArgument(args, 'ts'));
  if (message.user !== world.botUserId) throw new Refusal('cant_delete_message');
  remove(world, channel, message);
  return { channel: channel.id, ts: message.ts };
};

const postEphemeral: Method = (world, args) => {
  const said = content(args);
  const channel = target(world, args);
  const user = textArgument(args, 'user') ?? '';
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
  const message = post(world, channel, bot(world), { ...said, thread: thread(channel, args), ephemeralFor: user });
  return { message_ts: message.ts };
};

const getPermalink: Method = (world, args) => {
  const channel = channelOf(world, args);
  const message = messageOf(channel, textArgument(args, 'message_ts'));
  return {
    channel: channel.id,
    permalink: `https://example.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`,
  };
};

/** chat.* */
export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
