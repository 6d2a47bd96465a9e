import type { Outgoing } from '../../../src/core/message.ts';
import { bytesOf } from '../encode/cut.ts';
import { body, encode, oneLine } from '../encode/encode.ts';

/** Limits of a menu message, bytes and items. [developer.work.weixin.qq.com 96427] */
const limits = { head: 1024, id: 64, content: 128, items: 10 };

const style = { clickable: false, passive: false };

/** A message as `send_msg` takes it, and the pieces that did not fit. */
export interface Content {
  readonly message: { readonly msgtype: string; readonly [part: string]: unknown };
  readonly rest: readonly string[];
}

/** Messages that are said together: a menu to be tapped where everything fits into one, otherwise text with numbers. */
export function encodeContent(messages: readonly Outgoing[]): Content {
  const menu = messages.findLast(({ choices = [] }) => choices.length > 0);
  const head = messages.map((message) => body(message, style)).join('\n\n');
  const list = (menu?.choices ?? []).map(({ id, label }, at) => ({
    type: 'click',
    click: { id, content: `${at + 1}. ${oneLine(label)}` },
  }));
  const fits =
    menu !== undefined &&
    !menu.multiple &&
    list.length <= limits.items &&
    bytesOf(head) <= limits.head &&
    list.every(({ click }) => bytesOf(click.id) <= limits.id && bytesOf(click.content) <= limits.content);
  if (fits) return { message: { msgtype: 'msgmenu', msgmenu: { head_content: head, list } }, rest: [] };
  const [content = '', ...rest] = encode(messages, style);
  return { message: { msgtype: 'text', text: { content } }, rest };
}
