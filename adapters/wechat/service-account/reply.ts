import { writeXml } from '../xml.ts';
import type { Heard } from './decode.ts';

/** What is answered to a push: a text, the visitor passed on to WeChat's own desk, or nothing. */
export type Reply = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'transfer' } | undefined;

/** A passive reply as XML; `now` in ms since 1970. */
export function replyXml(reply: NonNullable<Reply>, to: Pick<Heard, 'person' | 'account'>, now: number): string {
  const envelope = { ToUserName: to.person, FromUserName: to.account, CreateTime: Math.floor(now / 1000) };
  return reply.kind === 'text'
    ? writeXml({ ...envelope, MsgType: 'text', Content: reply.text })
    : writeXml({ ...envelope, MsgType: 'transfer_customer_service' });
}
