import { z } from 'zod';
import { attachment } from '../../../src/core/conversation/attachment.ts';
import type { Incoming } from '../../../src/ports.ts';
import { decodeText, localeOf } from '../decode/text.ts';

/** Name of the channel. */
export const channelName = 'wechat-kf';

const words = z.object({ content: z.string(), menu_id: z.string().optional() });
const named = z.object({ name: z.string().optional(), address: z.string().optional() });
const kept = z.object({ media_id: z.string() });
const linked = z.object({ title: z.string().optional(), url: z.string().optional() });

/** One item of `sync_msg`; what is not named here is kept as it is and not looked at. */
export const messageSchema = z.object({
  msgid: z.string(),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  servicer_userid: z.string().optional(),
  send_time: z.number(),
  origin: z.number(),
  msgtype: z.string(),
  text: words.optional(),
  image: kept.optional(),
  voice: kept.optional(),
  video: kept.optional(),
  file: kept.optional(),
  location: named.optional(),
  link: linked.optional(),
  event: z
    .object({
      event_type: z.string(),
      open_kfid: z.string().optional(),
      external_userid: z.string().optional(),
      welcome_code: z.string().optional(),
      fail_msgid: z.string().optional(),
      fail_type: z.number().optional(),
      change_type: z.number().optional(),
      new_servicer_userid: z.string().optional(),
      msg_code: z.string().optional(),
    })
    .optional(),
});

type Message = z.output<typeof messageSchema>;

/** What an item says, as far as it concerns us. */
export type Heard = { readonly conversation: string; readonly key: string; readonly at: number } & (
  | {
      readonly kind: 'said';
      readonly body: Incoming['body'];
      readonly locale?: string;
      /** As it was written. */
      readonly text?: string;
      /** Id of the media that holds the content. */
      readonly media?: string;
    }
  | { readonly kind: 'entered'; readonly code: string }
  | { readonly kind: 'failed'; readonly id: string; readonly type: number }
  /** The session went to a person in WeCom, or ended; then `code` permits one last message. */
  | { readonly kind: 'session'; readonly servicer?: string; readonly ended: boolean; readonly code?: string }
  /** A person in WeCom wrote to the customer. */
  | { readonly kind: 'servicer'; readonly servicer: string; readonly text: string }
);

/** Origins of items. [94670] */
const [customer, system, colleague] = [3, 4, 5];

/** What `session_status_change` says when a session ends. */
const ended = 3;

/** Reads an item; undefined for what is no concern of ours. */
export function decode(message: Message): Heard | undefined {
  const { msgid, send_time: seconds, origin, event } = message;
  const account = message.open_kfid ?? event?.open_kfid;
  const person = message.external_userid ?? event?.external_userid;
  if (account === undefined || person === undefined) return undefined;
  const conversation = `${channelName}:${account}:${person}`;
  const here = { conversation, key: `${conversation}:${msgid}`, at: seconds * 1000 };
  if (origin === customer) {
    const body = bodyOf(message);
    const text = message.text && message.text.menu_id === undefined ? { text: message.text.content } : {};
    const media = (message.image ?? message.voice ?? message.video ?? message.file)?.media_id;
    return { ...here, kind: 'said', body, ...localeOf(body), ...text, ...(media !== undefined && { media }) };
  }
  if (origin === colleague) {
    const { servicer_userid: servicer } = message;
    return servicer ? { ...here, kind: 'servicer', servicer, text: wordsOf(message) } : undefined;
  }
  if (origin !== system || !event) return undefined;
  switch (event.event_type) {
    case 'enter_session':
      return event.welcome_code ? { ...here, kind: 'entered', code: event.welcome_code } : undefined;
    case 'msg_send_fail':
      return { ...here, kind: 'failed', id: event.fail_msgid ?? '', type: event.fail_type ?? 0 };
    case 'session_status_change':
      return { ...here, kind: 'session', ...changeOf(event) };
    default:
      return undefined;
  }
}

function changeOf({ change_type: type, new_servicer_userid: servicer, msg_code: code }: NonNullable<Message['event']>) {
  if (type === ended) return { ended: true, ...(code && { code }) };
  return { ended: false, ...(servicer && { servicer }) };
}

/** A colleague's message as a line of the transcript. */
function wordsOf(message: Message): string {
  const body = bodyOf(message);
  if (body.kind === 'attachment') return attachment('zh', body.media, body.name);
  return message.text?.content ?? '';
}

function bodyOf({ msgtype, text, location, link }: Message): Incoming['body'] {
  switch (msgtype) {
    case 'text':
      return text?.menu_id ? { kind: 'choice', ids: [text.menu_id] } : decodeText(text?.content ?? '');
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return { kind: 'attachment', media: msgtype };
    case 'location':
      return { kind: 'attachment', media: 'location', name: location?.name ?? location?.address ?? '' };
    case 'link':
      return { kind: 'attachment', media: 'link', name: `${link?.title ?? ''} ${link?.url ?? ''}`.trim() };
    case 'business_card':
    case 'miniprogram':
      return { kind: 'attachment', media: 'link' };
    default:
      return { kind: 'attachment', media: 'file' };
  }
}
