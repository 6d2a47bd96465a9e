import type { Clock } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import { encode, type Style } from '../encode/encode.ts';
import { commonMeanings, type Meaning, otherWay } from '../failure.ts';
import { createHandOver } from '../hand-over.ts';
import type { Platform } from '../sender.ts';
import { channelName } from './decode.ts';

/** What becomes of a message that cannot be sent now. */
export const onReply =
  'It is given as the answer when the visitor writes again; to reach them sooner, use another way.';

const meanings: Readonly<Record<number, Meaning>> = {
  ...commonMeanings,
  45015: {
    action: 'kept',
    reason: `The 48 hours after the visitor’s last message are over, or they no longer follow. ${onReply}`,
    over: true,
  },
  45047: { action: 'kept', reason: `The messages that WeChat allows are used up. ${onReply}`, over: true },
  48001: { action: 'kept', reason: `The account is not certified for customer service messages. ${onReply}` },
  45002: { action: 'refused', reason: 'The text is too long for WeChat: send it in parts.' },
  40003: { action: 'refused', reason: 'WeChat does not know this visitor any more.' },
};

/** Why a file is not given with a reply. */
export const noFiles = `A reply of a service account carries no file: the visitor was told its name. ${otherWay}`;

/** Pictures that media/upload takes, by type; the most bytes. [doc/service, media/upload] */
const pictures: Readonly<Record<string, string>> = {
  'image/jpeg': 'picture.jpg',
  'image/png': 'picture.png',
  'image/gif': 'picture.gif',
};
const mostBytes = 10 * 1024 * 1024;

/** Customer service messages (客服消息): custom/send. A little less time than WeChat gives. [api_sendcustommessage] */
export function createPlatform(api: Api, style: Style, clock: Clock): Platform {
  const handOver = createHandOver(api, clock);
  return {
    permissions: {
      message: { count: 5, time: 48 * 3_600_000 - 60_000 },
      action: { count: 3, time: 58_000 },
    },
    meanings,
    repeatable: false,
    onReply,
    fits: (messages) => encode(messages, style).length <= 1,
    async transmit(conversation, messages) {
      const [content = '', ...rest] = encode(messages, style);
      const touser = conversation.slice(channelName.length + 1);
      await api.call('message/custom/send', { touser, msgtype: 'text', text: { content } });
      return rest;
    },
    refuses: ({ type, size }) =>
      pictures[type] === undefined || size > mostBytes
        ? `A service account sends pictures (JPG, PNG, GIF) up to 10 MB: the visitor was told the name only. ${otherWay}`
        : undefined,
    handOver: ({ id, type, content }) => handOver(id, 'image', { name: pictures[type] ?? 'picture', type, content }),
    async transmitFile(conversation, _, media) {
      const touser = conversation.slice(channelName.length + 1);
      await api.call('message/custom/send', { touser, msgtype: 'image', image: { media_id: media } });
    },
  };
}
