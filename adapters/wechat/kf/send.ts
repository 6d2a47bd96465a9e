import type { AttachedFile } from '../../../src/core/message.ts';
import type { Clock, Delivery } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import { Refused } from '../api/request.ts';
import { commonMeanings, type Meaning, otherWay } from '../failure.ts';
import { createHandOver } from '../hand-over.ts';
import type { Platform } from '../sender.ts';
import { encodeContent } from './encode.ts';
import { idsOf, type Session } from './session.ts';

/** What becomes of a message that cannot be sent now. */
const onReply = 'It is sent when the customer writes again; to reach them sooner, use another way.';

/** The session is in a state in which we may not send. */
const sessionRefused = 95018;

const meanings: Readonly<Record<number, Meaning>> = {
  ...commonMeanings,
  95001: { action: 'kept', reason: `The five messages that WeChat allows are used up. ${onReply}`, over: true },
  95002: {
    action: 'kept',
    reason: `The 48 hours after the customer’s last message are over. ${onReply}`,
    over: true,
  },
  [sessionRefused]: { action: 'kept', reason: `The conversation has ended in WeCom. ${onReply}` },
  41050: { action: 'kept', reason: `The time for a welcome is over. ${onReply}` },
  45002: { action: 'refused', reason: 'The text is too long for WeChat: send it in parts.' },
  40096: { action: 'refused', reason: 'WeChat does not know this customer any more.' },
};

/** Pictures by type; other files, and larger pictures, go as files. Bytes. [developer.work.weixin.qq.com 90253] */
const pictures: Readonly<Record<string, string>> = { 'image/jpeg': 'picture.jpg', 'image/png': 'picture.png' };
const [leastBytes, mostOfPicture, mostBytes] = [6, 10 * 1024 * 1024, 20 * 1024 * 1024];

/** What `enter_session` leaves in the place: the code for one welcome, and until when (ms since 1970). */
export interface Welcome {
  readonly code: string;
  readonly until: number;
}

/** `send_msg`, with our own id of each message; `send_msg_on_event` for the welcome. [96427, 96428] */
export function createPlatform(api: Api, session: Session, clock: Clock): Platform {
  const handOver = createHandOver(api, clock);

  async function give(conversation: string, msgid: string, message: object): Promise<void> {
    const { account, person } = idsOf(conversation);
    try {
      await api.call('kf/send_msg', { touser: person, open_kfid: account, msgid, ...message });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== sessionRefused) throw error;
      await session.changed(conversation);
      await session.check(conversation);
      throw error;
    }
  }

  return {
    permissions: { message: { count: 5, time: 48 * 3_600_000 - 60_000 } },
    meanings,
    repeatable: true,
    onReply,
    check: session.check,
    fits: (messages) => encodeContent(messages).rest.length === 0,
    async transmit(conversation, messages, msgid) {
      const { message, rest } = encodeContent(messages);
      await give(conversation, msgid, message);
      return rest;
    },
    refuses({ size }) {
      if (size < leastBytes) return `WeChat takes no empty file: the customer was told its name. ${otherWay}`;
      return size > mostBytes
        ? `WeChat takes files up to 20 MB: the customer was told the name only. ${otherWay}`
        : undefined;
    },
    handOver(file) {
      const { id, name, type, content } = file;
      const kind = kindOf(file);
      return handOver(id, kind, { name: kind === 'image' ? (pictures[type] ?? name) : name, type, content });
    },
    async transmitFile(conversation, file, media, msgid) {
      const kind = kindOf(file);
      await give(conversation, msgid, { msgtype: kind, [kind]: { media_id: media } });
    },
    freely(delivery, now) {
      const welcome = welcomeOf(delivery);
      if (!welcome || now >= welcome.until) return undefined;
      return async (messages, msgid) => {
        const { message, rest } = encodeContent(messages);
        await api.call('kf/send_msg_on_event', { code: welcome.code, msgid, ...message });
        return rest;
      };
    },
  };
}

function kindOf({ type, size }: AttachedFile): 'image' | 'file' {
  return pictures[type] !== undefined && size <= mostOfPicture ? 'image' : 'file';
}

function welcomeOf({ place }: Delivery): Welcome | undefined {
  return place === undefined ? undefined : (JSON.parse(place) as { readonly welcome?: Welcome }).welcome;
}
