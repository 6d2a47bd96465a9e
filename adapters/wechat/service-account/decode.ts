import { createHash } from 'node:crypto';
import type { Incoming } from '../../../src/ports.ts';
import { decodeText, localeOf } from '../decode/text.ts';
import type { Place } from '../ledger.ts';
import type { Fields } from '../xml.ts';

/** Name of the channel. */
export const channelName = 'wechat-service-account';

/** What Tencent pushed, as far as it concerns us. */
export type Heard = {
  readonly key: string;
  readonly conversation: string;
  /** When it happened, ms since 1970. */
  readonly at: number;
  /** The two ids for the envelope of a reply. */
  readonly person: string;
  readonly account: string;
} & (
  | {
      readonly kind: 'said';
      readonly body: Incoming['body'];
      readonly locale?: string;
      /** What it permits us to send. */
      readonly permits: keyof Place & ('message' | 'action');
      /** As it was written. */
      readonly text?: string;
      /** Id of the media that holds the content. */
      readonly media?: string;
    }
  | { readonly kind: 'left' }
  /** WeChat's own desk took the visitor over, or gave the visitor back. */
  | { readonly kind: 'desk'; readonly open: boolean }
);

/** Reads a message or an event; undefined for what needs no answer. */
export function decode(fields: Fields): Heard | undefined {
  const field = (name: string) => fields.get(name) ?? '';
  const [person, account, seconds] = [field('FromUserName'), field('ToUserName'), Number(field('CreateTime'))];
  if (person === '' || account === '' || !Number.isSafeInteger(seconds)) return undefined;
  const conversation = `${channelName}:${person}`;
  const here = { conversation, at: seconds * 1000, person, account, key: `${conversation}:${identity(fields)}` };
  if (field('MsgType') === 'event') return event(here, field('Event'), field('EventKey'));
  const body = bodyOf(fields);
  if (!body) return undefined;
  const text = field('MsgType') === 'text' ? { text: field('Content') } : {};
  const id = field('MediaId');
  const media = body.kind === 'attachment' && body.media !== 'video' && id !== '' ? { media: id } : {};
  return { ...here, kind: 'said', body, ...localeOf(body), permits: 'message', ...text, ...media };
}

/** The id of a message; events, and clicks that come without one, are told apart by time and content. */
function identity(fields: Fields): string {
  const id = fields.get('MsgId') ?? '';
  if (id !== '') return id;
  const told = ['MsgType', 'Event', 'EventKey', 'Content'].map((name) => fields.get(name) ?? '');
  return `${fields.get('CreateTime')}:${createHash('sha256').update(told.join('\n')).digest('base64url').slice(0, 16)}`;
}

type Here = Pick<Heard, 'conversation' | 'at' | 'person' | 'account' | 'key'>;

function event(here: Here, name: string, key: string): Heard | undefined {
  const said = (body: Incoming['body']) =>
    ({ ...here, kind: 'said', body, ...localeOf(body), permits: 'action' }) as const;
  switch (name) {
    case 'subscribe':
    case 'SCAN':
      return said({ kind: 'arrival' });
    case 'CLICK':
      return key === '' ? undefined : said({ kind: 'choice', ids: [key] });
    case 'unsubscribe':
      return { ...here, kind: 'left' };
    case 'kf_create_session':
    case 'kf_close_session':
      return { ...here, kind: 'desk', open: name === 'kf_create_session' };
    default:
      return undefined;
  }
}

function bodyOf(fields: Fields): Incoming['body'] | undefined {
  const field = (name: string) => fields.get(name) ?? '';
  switch (field('MsgType')) {
    case 'text':
      return decodeText(field('Content'));
    case 'voice': {
      // Recognition is being given up by WeChat: empty is the rule.
      const heard = field('Recognition').trim();
      return heard === '' ? { kind: 'attachment', media: 'voice' } : decodeText(heard);
    }
    case 'image':
      return { kind: 'attachment', media: 'image' };
    case 'video':
    case 'shortvideo':
      return { kind: 'attachment', media: 'video' };
    case 'location':
      return { kind: 'attachment', media: 'location', name: field('Label') };
    case 'link':
      return { kind: 'attachment', media: 'link', name: `${field('Title')} ${field('Url')}`.trim() };
    case 'file':
      return { kind: 'attachment', media: 'file', name: field('Title') };
    default:
      return undefined;
  }
}
