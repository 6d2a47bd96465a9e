import type { Json } from '../index.ts';
import type { Media } from '../media.ts';
import { textBytes } from '../reply.ts';
import { Refusal } from '../server.ts';

/** The content of a message as raw text; throws what Tencent would refuse in it. */
export function content(type: string, part: Json, media: Media): string {
  switch (type) {
    case 'text':
      return text(part['content'], textBytes);
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      if (!media.find(String(part['media_id']), type)) throw new Refusal(40007, 'invalid media_id');
      return String(part['media_id']);
    case 'link':
      if (!media.find(String(part['thumb_media_id']), 'image')) throw new Refusal(40007, 'invalid media_id');
      return `${text(part['title'], 128)} ${text(part['url'], 2048)}`;
    case 'location':
      return text(part['name'], 128);
    case 'msgmenu':
      return menu(part);
    default:
      throw new Refusal(40008, 'invalid message type');
  }
}

/** Fields of each item with their most bytes. */
const items: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  click: { id: 64, content: 128 },
  view: { url: 2048, content: 1024 },
  miniprogram: { appid: 64, pagepath: 1024, content: 1024 },
  text: { content: 256 },
};

function menu({ head_content, tail_content, list }: Json): string {
  const around = [head_content, tail_content].map((line) => (line === undefined ? '' : text(line, 1024)));
  if (!Array.isArray(list) || list.length === 0) throw new Refusal(40058, 'invalid Request Parameter: list');
  if (list.length > 10) throw new Refusal(95008, 'menu item count out of limit');
  const lines = (list as Json[]).map((item) => {
    const type = String(item['type']);
    const fields = items[type];
    const part = item[type];
    if (!fields || typeof part !== 'object' || part === null) throw new Refusal(95009, 'invalid menu item type');
    for (const [field, bytes] of Object.entries(fields)) {
      // An item without an id of its own is allowed.
      if (field !== 'id' || (part as Json)[field] !== undefined) text((part as Json)[field], bytes);
    }
    return String((part as Json)['content']);
  });
  return [around[0], ...lines, around[1]].filter((line) => line !== '').join('\n');
}

function text(value: unknown, bytes: number): string {
  if (typeof value !== 'string' || value.trim() === '') throw new Refusal(44004, 'empty content');
  if (Buffer.byteLength(value) > bytes) throw new Refusal(45002, 'content size out of limit');
  return value;
}
