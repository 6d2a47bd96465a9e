import type { FileBoxInterface } from 'file-box';
import type { Contact, Message, Wechaty } from 'wechaty';
import type { Media } from '../../../src/core/conversation/event.ts';
import type { Incoming } from '../../../src/ports.ts';
import { decodeText } from '../decode/text.ts';
import { type Chat, channelName, conversationOf } from './conversation.ts';
import { saidToBot } from './mention.ts';

/** Accounts of WeChat itself, which nobody reads. */
const system = new Set([
  'weixin',
  'fmessage',
  'filehelper',
  'floatbottle',
  'medianote',
  'newsapp',
  'notifymessage',
  'qqmail',
  'qmessage',
  'tmessage',
  'mphelper',
  'exmail_tool',
  'weixinguanhaozhushou',
]);

/** Kinds of messages by the names that wechaty gives them; others are notices of WeChat. */
const media: Readonly<Record<string, Media>> = {
  Attachment: 'file',
  Audio: 'voice',
  ChatHistory: 'link',
  Contact: 'link',
  Emoticon: 'sticker',
  Image: 'image',
  Location: 'location',
  MiniProgram: 'link',
  Url: 'link',
  Video: 'video',
};

/** Kinds that have content, with its usual type. */
const contents: Readonly<Record<string, string>> = {
  Attachment: 'application/octet-stream',
  Audio: 'audio/mpeg',
  Image: 'image/jpeg',
  Video: 'video/mp4',
};

/** A message as far as it concerns us: of a visitor, or sent from the account itself. */
export type Heard = {
  readonly key: string;
  readonly at: number;
  readonly chat: Chat;
  readonly conversation: string;
} & (
  | {
      readonly kind: 'visitor';
      readonly body: Incoming['body'];
      readonly text?: string;
      /** The visitor's name on WeChat. */
      readonly name?: string;
      /** The content of what was sent, and its type where the puppet does not know it. */
      readonly content?: { readonly box: () => Promise<FileBoxInterface>; readonly type: string };
    }
  | { readonly kind: 'account'; readonly text?: string }
);

/** Messages of one chat are taken in order; this is the chat, known at once. */
export function laneOf(message: Message): string {
  return message.room()?.id ?? (message.self() ? message.listener()?.id : undefined) ?? message.talker().id;
}

/** Reads messages. `latest`: the person whom the bot last heard in a room. */
export function createDecode(latest: (room: string) => string | undefined) {
  return async (bot: Wechaty, message: Message): Promise<Heard | undefined> => {
    const at = message.date().getTime();
    const key = `${channelName}:${message.id}`;
    const kind = bot.Message.Type[message.type()] ?? '';
    const here = (chat: Chat) => ({ key, at, chat, conversation: conversationOf(chat) });
    const isText = kind === 'Text';
    if (!isText && media[kind] === undefined) return undefined;
    const room = message.room();
    if (message.self()) {
      const contact = room ? ((await firstMentioned(message)) ?? latest(room.id)) : message.listener()?.id;
      if (contact === undefined || contact === bot.currentUser.id || system.has(contact)) return undefined;
      const chat = room ? { contact, room: room.id } : { contact };
      return { ...here(chat), kind: 'account', ...(isText && { text: message.text() }) };
    }
    const talker = message.talker();
    if (isService(bot, talker)) return undefined;
    const name = talker.name();
    const named = name === '' ? {} : { name };
    if (room) {
      const text = isText ? await saidToBot(bot, message, room) : undefined;
      if (text === undefined) return undefined;
      return { ...here({ contact: talker.id, room: room.id }), kind: 'visitor', text, body: bodyOf(text), ...named };
    }
    const text = message.text();
    const body: Incoming['body'] = isText ? bodyOf(text) : { kind: 'attachment', media: media[kind] ?? 'file' };
    const type = contents[kind];
    const content = type === undefined ? {} : { content: { box: () => message.toFileBox(), type } };
    return { ...here({ contact: talker.id }), kind: 'visitor', body, ...named, ...content, ...(isText && { text }) };
  };
}

/** A bare mention is a greeting. */
function bodyOf(text: string): Incoming['body'] {
  return text.trim() === '' ? { kind: 'arrival' } : decodeText(text);
}

async function firstMentioned(message: Message): Promise<string | undefined> {
  const [contact] = await message.mentionList();
  return contact?.id;
}

/** True for official accounts and those of WeChat itself: whatever they send, nobody waits for an answer. */
export function isService(bot: Wechaty, contact: Contact): boolean {
  return system.has(contact.id) || /^gh_/.test(contact.id) || contact.type() === bot.Contact.Type.Official;
}
