import type { Delivery } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import { body } from '../encode/encode.ts';
import type { Log } from '../options.ts';
import { channelName, type Heard } from './decode.ts';

/** After this time without an end WeChat gives the visitor back, ms. [doc/service, forwarding] */
export const transferTime = 30 * 60_000;

/** Passes visitors on to WeChat's own desk (客服) instead of ours. */
export interface Transfer {
  /** Whether these messages open a case that WeChat's desk should take; then the visitor is told. */
  opens(said: Heard & { readonly kind: 'said' }, fetched: readonly Delivery[]): Promise<boolean>;
}

/** Creates the passing on. Nobody online there: the case stays at our own desk. */
export function createTransfer(api: Api, log: Log): Transfer {
  async function isStaffed(): Promise<boolean> {
    try {
      const { kf_online_list: online } = await api.call('customservice/getonlinekflist');
      return Array.isArray(online) && online.length > 0;
    } catch (error) {
      log.warn({ err: error }, 'wechat: it cannot be seen whether anybody is at the 客服 of WeChat');
      return false;
    }
  }

  async function tell(conversation: string, opened: Delivery): Promise<void> {
    const content = body(opened.message, { passive: false });
    const touser = conversation.slice(channelName.length + 1);
    try {
      await api.call('message/custom/send', { touser, msgtype: 'text', text: { content } });
    } catch (error) {
      log.warn({ err: error, conversation }, 'wechat: the visitor could not be told about the transfer');
    }
  }

  return {
    async opens({ conversation, permits }, fetched) {
      // Only a message can be passed on, never a click.
      const opened = fetched.find(({ message }) => message.refs.includes('handoff.opened'));
      if (!opened || permits !== 'message' || !(await isStaffed())) return false;
      await tell(conversation, opened);
      return true;
    },
  };
}
