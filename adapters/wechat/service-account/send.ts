import type { Api } from '../api/api.ts';
import { encode, type Style } from '../encode/encode.ts';
import { commonMeanings, type Meaning } from '../failure.ts';
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

/** Customer service messages (客服消息): custom/send. A little less time than WeChat gives. [api_sendcustommessage] */
export function createPlatform(api: Api, style: Style): Platform {
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
  };
}
