import { emit } from './event.ts';
import type { Json, Place } from './index.ts';
import { actOnMessage, actOnView, picked, pressed } from './interaction.ts';
import { join, post, remove, rewrite } from './messages.ts';
import { messagesTab } from './methods/chat.ts';
import { shownFile, storeFile } from './methods/files.ts';
import { changeReaction } from './methods/people.ts';
import {
  closeModal,
  enter,
  runCommand,
  runMessageShortcut,
  runShortcut,
  submitModal,
  suggestOptions,
} from './modal.ts';
import { directOf } from './people.ts';
import type { Person, PostOptions, Upload } from './person.ts';
import { plainMessages, plainView } from './transcript.ts';
import { shownView } from './views.ts';
import { type Channel, manifestValue, type Stored, type User, type View, type World } from './world.ts';

/** A channel by handle or id; throws when there is none. */
export function findChannel(world: World, place: Place | string): Channel {
  const id = typeof place === 'string' ? place : place.id;
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`there is no channel ${id}`);
  return channel;
}

/** A message by ts; throws when there is none. */
export function findMessage(channel: Channel, ts: string): Stored {
  const message = channel.messages.find((one) => one.ts === ts);
  if (!message) throw new Error(`there is no message ${ts} in ${channel.name}`);
  return message;
}

/** The hands and eyes of a user. */
export function createPerson(world: World, user: User): Person {
  const inside = (place: Place | string): Channel => {
    const channel = findChannel(world, place);
    if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in ${channel.name}`);
    return channel;
  };
  const visible = (place: Place | string, ts: string): { channel: Channel; message: Stored } => {
    const channel = inside(place);
    const message = findMessage(channel, ts);
    if (message.ephemeralFor && message.ephemeralFor !== user.id) throw new Error(`${user.name} does not see ${ts}`);
    return { channel, message };
  };
  const own = (place: Place | string, ts: string) => {
    const found = visible(place, ts);
    if (found.message.user !== user.id) throw new Error(`${ts} is not a message of ${user.name}`);
    return found;
  };
  const top = (): View => {
    const view = world.modals.get(user.id)?.at(-1);
    if (!view) throw new Error(`no modal is open for ${user.name}`);
    return view;
  };
  const home = (): View => {
    const view = world.homes.get(user.id);
    if (!view) throw new Error(`${user.name} has no App Home yet`);
    return view;
  };
  const say = (place: Place | string, text: string, options: PostOptions = {}, files?: readonly Json[]): string => {
    const channel = inside(place);
    if (channel.archived) throw new Error(`${channel.name} is archived`);
    if (channel.kind === 'im' && !messagesTab(world)) throw new Error('the manifest lets nobody write to the app');
    if (options.thread) findMessage(channel, options.thread);
    const subtype = options.broadcast ? 'thread_broadcast' : (options.subtype ?? (files ? 'file_share' : undefined));
    return post(world, channel, user, { text, thread: options.thread, subtype, files, unfurl: true }).ts;
  };

  return {
    id: user.id,
    name: user.name,
    team: user.team,
    post: say,
    edit(place, ts, text) {
      const { channel, message } = own(place, ts);
      rewrite(world, channel, message, { text });
    },
    delete(place, ts) {
      const { channel, message } = own(place, ts);
      remove(world, channel, message);
    },
    react(place, ts, name) {
      const { channel, message } = visible(place, ts);
      changeReaction(world, channel.id, message, user.id, name, true);
    },
    join: (place) => join(world, findChannel(world, place), user),
    leave(place) {
      const channel = inside(place);
      channel.members.delete(user.id);
      emit(
        world,
        'member_left_channel',
        { type: 'member_left_channel', user: user.id, channel: channel.id, team: user.team },
        channel,
        user.id,
      );
    },
    upload: (place, file, options) => say(place, '', options, [hand(world, user, file)]),

    async click(place, ts, button) {
      const { channel, message } = visible(place, ts);
      return actOnMessage(world, user, channel, message, pressed(message.blocks, button));
    },
    async select(place, ts, menu, option) {
      const { channel, message } = visible(place, ts);
      return actOnMessage(world, user, channel, message, picked(message.blocks, menu, option));
    },
    clickHome: async (button) => actOnView(world, user, home(), pressed(home().content['blocks'], button)),
    clickModal: async (button) => actOnView(world, user, top(), pressed(top().content['blocks'], button)),
    selectModal: (menu, option) => enter(world, user, top(), menu, option),
    submit: async (values) => submitModal(world, user, top(), values ?? {}),
    close: async () => closeModal(world, user, top()),
    command: async (place, command, text = '') => runCommand(world, user, inside(place), command, text),
    shortcut: async (callbackId) => runShortcut(world, user, callbackId),
    async messageShortcut(callbackId, place, ts) {
      const { channel, message } = visible(place, ts);
      return runMessageShortcut(world, user, channel, message, callbackId);
    },
    async suggest(menu, value, at) {
      if (!at) return suggestOptions(world, user, top().content['blocks'], menu, value, top());
      const { message } = visible(at.channel, at.ts);
      return suggestOptions(world, user, message.blocks, menu, value, undefined);
    },

    openHome() {
      const view = world.homes.get(user.id);
      opened(world, user, { tab: 'home', ...(view ? { view: shownView(world, view) } : {}) });
    },
    openAgent(lookingAt) {
      if (manifestValue(world.setup.manifest, 'features.agent_view') === undefined) {
        throw new Error('the manifest has no agent_view: there is no agent pane');
      }
      opened(world, user, { tab: 'messages', context: context(world, lookingAt) });
      const { id, name } = directOf(world, user);
      return { id, name };
    },
    lookAt(place) {
      const channel = directOf(world, user).id;
      emit(world, 'app_context_changed', {
        type: 'app_context_changed',
        user: user.id,
        channel,
        context: context(world, place),
      });
    },
    stopAgent(thread) {
      const channel = directOf(world, user).id;
      const session = world.session(`${channel}:${thread}`);
      if (session.lifecycle !== 'processing')
        throw new Error('the Stop button shows only while the session is processing');
      emit(world, 'agent_session_stopped', {
        type: 'agent_session_stopped',
        user: user.id,
        channel,
        thread_ts: thread,
        streaming_message_ts: [],
      });
    },

    sees: (place, thread) => plainMessages(world, inside(place), user.id, thread),
    home: () => plainView(world.homes.get(user.id)),
    modal: () => plainView(world.modals.get(user.id)?.at(-1)),
    homeView: () => shownOrNone(world, world.homes.get(user.id)),
    modalView: () => shownOrNone(world, world.modals.get(user.id)?.at(-1)),
    notifications: () =>
      [...world.channels.values()]
        .flatMap(({ messages }) => messages)
        .filter(({ notified }) => notified.includes(user.id))
        .sort((a, b) => Number(a.ts) - Number(b.ts))
        .map(({ text }) => text),
  };
}

function shownOrNone(world: World, view: View | undefined): Json | undefined {
  return view && shownView(world, view);
}

function opened(world: World, user: User, more: Json): void {
  emit(world, 'app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel: directOf(world, user).id,
    ...more,
  });
}

function context(world: World, place: Place | string | undefined): Json {
  if (place === undefined) return {};
  const value = findChannel(world, place).id;
  return { entities: [{ type: 'slack#/types/channel_id', value, team_id: world.teamId }] };
}

function hand(world: World, user: User, { name, bytes, mimetype = 'application/octet-stream', hidden }: Upload): Json {
  const file = storeFile(world, { name, size: bytes.length, mimetype, user: user.id, alt: undefined, bytes });
  if (hidden) return { id: file.id, file_access: 'check_file_info', mode: 'file_access' };
  return shownFile(world, file);
}
