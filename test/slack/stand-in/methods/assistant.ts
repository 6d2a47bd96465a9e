import { jsonArgument, textArgument } from '../arguments.ts';
import type { Json } from '../index.ts';
import { channelOf, type Method, messageOf } from '../method.ts';
import { Refusal, refuse } from '../refusal.ts';
import { type Channel, manifestValue, type Session, type World } from '../world.ts';

/** A status goes by itself after two minutes. */
const STATUS_MS = 120_000;

function place(world: World, args: Json): Channel {
  const channel = channelOf(world, args, 'channel_id');
  if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

function agent(world: World): void {
  if (manifestValue(world.setup.manifest, 'features.agent_view') === undefined) throw new Refusal('feature_disabled');
}

function thread(world: World, args: Json): Session {
  const channel = place(world, args);
  const ts = textArgument(args, 'thread_ts');
  messageOf(channel, ts, 'invalid_thread_ts');
  return world.session(`${channel.id}:${ts}`);
}

const setStatus: Method = (world, args) => {
  const loading = jsonArgument(args, 'loading_messages');
  if (Array.isArray(loading) && loading.length > 10) throw refuse('invalid_arguments', ['at most 10 loading_messages']);
  const text = textArgument(args, 'status') ?? '';
  thread(world, args).status = text === '' ? undefined : { text, until: world.clock.now() + STATUS_MS };
  return {};
};

const setSuggestedPrompts: Method = (world, args) => {
  agent(world);
  const prompts = jsonArgument(args, 'prompts');
  if (!Array.isArray(prompts) || prompts.length < 1 || prompts.length > 4) {
    throw refuse('invalid_arguments', ['prompts: 1 to 4']);
  }
  for (const prompt of prompts) {
    if (typeof prompt?.title !== 'string' || typeof prompt?.message !== 'string' || !prompt.title || !prompt.message) {
      throw refuse('invalid_arguments', ['prompts: each needs title and message']);
    }
  }
  const session =
    textArgument(args, 'thread_ts') === undefined ? world.session(place(world, args).id) : thread(world, args);
  session.prompts = prompts;
  return {};
};

const setTitle: Method = (world, args) => {
  agent(world);
  const title = textArgument(args, 'title');
  if (!title || title.length > 200) throw refuse('invalid_arguments', ['title: 1 to 200 characters']);
  thread(world, args).title = title;
  return {};
};

const setSessionStatus: Method = (world, args) => {
  agent(world);
  const status = textArgument(args, 'status') ?? '';
  if (!['active', 'processing', 'suspended', 'closed'].includes(status)) throw new Refusal('invalid_status');
  if (textArgument(args, 'thread_ts') === undefined) throw new Refusal('thread_ts_required');
  if (textArgument(args, 'channel_id') === undefined) throw new Refusal('channel_not_found');
  const title = textArgument(args, 'title');
  if (title && title.length > 200) throw refuse('invalid_arguments', ['title: at most 200 characters']);
  const session = thread(world, args);
  if (session.lifecycle === undefined && title) session.title = title;
  session.lifecycle = status;
  const unheard = !world.events.has('agent_session_stopped');
  return {
    status,
    agent_status: status,
    title: session.title ?? '',
    ...(unheard ? { warning: 'missing_agent_session_stopped_event_subscription' } : {}),
  };
};

/** assistant.threads.* and agents.sessions.* */
export const assistant: Readonly<Record<string, Method>> = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
  'agents.sessions.setStatus': setSessionStatus,
};
