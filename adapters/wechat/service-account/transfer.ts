import type { Clock, Delivery } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import { body } from '../encode/encode.ts';
import type { Log } from '../options.ts';
import type { Trays } from '../tray.ts';
import { channelName, type Heard } from './decode.ts';

/** After this time without an end WeChat gives the visitor back, ms. [doc/service, forwarding] */
const transferTime = 30 * 60_000;

type Said = Heard & { readonly kind: 'said' };

/** Passes visitors on to WeChat's own desk (客服) instead of ours. Only messages can be passed on, never clicks. */
export interface Transfer {
  /** Whether WeChat's desk has this visitor, or lets him or her wait: then the bot says nothing. */
  holds(said: Said): Promise<boolean>;
  /** Whether these messages open a case that WeChat's desk takes; then the visitor is told. */
  opens(said: Said, fetched: readonly Delivery[]): Promise<boolean>;
}

/** Creates the passing on. While nobody is online there, cases stay at our own desk. */
export function createTransfer(options: {
  readonly api: Api;
  readonly trays: Trays;
  readonly clock: Clock;
  readonly log: Log;
}): Transfer {
  const { api, trays, clock, log } = options;

  async function isStaffed(): Promise<boolean> {
    try {
      const { kf_online_list: online } = await api.call('customservice/getonlinekflist');
      return Array.isArray(online) && online.length > 0;
    } catch (error) {
      log.warn({ err: error }, 'wechat: it cannot be seen whether anybody is at WeChat’s own desk');
      return false;
    }
  }

  async function tell(conversation: string, opened: Delivery): Promise<void> {
    const content = body(opened.message, { passive: false });
    const touser = conversation.slice(channelName.length + 1);
    try {
      await api.call('message/custom/send', { touser, msgtype: 'text', text: { content } });
    } catch (error) {
      log.warn({ err: error, conversation }, 'wechat: a visitor could not be told about the transfer');
    }
  }

  return {
    async holds({ conversation, permits }) {
      const { transferredAt } = await trays.read(conversation);
      return permits === 'message' && clock() - transferredAt < transferTime;
    },
    async opens({ conversation, permits }, fetched) {
      const opened = fetched.find(({ message }) => message.refs.includes('handoff.opened'));
      if (!opened || permits !== 'message' || !(await isStaffed())) return false;
      await tell(conversation, opened);
      return true;
    },
  };
}
