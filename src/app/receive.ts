import { createHash } from 'node:crypto';
import type { Event } from '../core/conversation/event.ts';
import { newState, type State } from '../core/conversation/state.ts';
import { detectLanguage } from '../core/language.ts';
import type { Channel, Incoming, Receive } from '../ports.ts';
import type { Apply } from './apply.ts';
import type { Core } from './core.ts';
import { lineOf } from './line.ts';
import { type Locale, readLocale } from './locale.ts';
import { channelOf, type Metrics, type Verdict } from './metrics.ts';

/** UTF-16 units of one message that are kept; what follows is cut off, and the stored event says so. */
const longest = 8000;

/** The short id of an event, the same for every redelivery of it. */
export function eventId(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 10);
}

/** Creates the way in for what channels take from their platforms. */
export function createReceive(options: {
  readonly apply: Apply;
  readonly core: Pick<Core, 'understand' | 'label'>;
  readonly metrics: Metrics;
  readonly channels: readonly Pick<Channel, 'name' | 'reachable'>[];
}): Receive {
  const { apply, core, metrics, channels } = options;
  const reachable = new Set(channels.filter((channel) => channel.reachable).map(({ name }) => name));
  return async (incoming) => {
    const began = performance.now();
    const { key, conversation, at } = incoming;
    const channel = channelOf(conversation);
    const body = clean(incoming.body);
    const said = body.kind === 'text' ? body.text : '';
    const locale = languageOf(said, readLocale(incoming.locale));
    const id = eventId(key);
    const applied = await apply({
      key,
      conversation,
      at,
      begin: () => newState(locale.language ?? 'en', locale.script),
      event: (state) => ({
        id,
        at,
        ...(incoming.name !== undefined && { name: storable(incoming.name) }),
        ...(reachable.has(channel) && { reachable: true }),
        ...happened(body, locale, state, core),
      }),
      line: (state) => lineOf(body, state, core),
      ...(incoming.place !== undefined && { place: incoming.place }),
      ...(incoming.heldUntil !== undefined && { heldUntil: incoming.heldUntil }),
      ...(incoming.body.kind === 'text' &&
        incoming.body.text.length > longest && { facts: { cutFrom: incoming.body.text.length } }),
      failed: { id, at, type: 'failed' },
    });
    if (applied.as === 'seen') {
      metrics.received(channel, 'repeated');
      return 'seen';
    }
    metrics.received(channel, verdictOf(applied.event));
    if (applied.effects.some(({ type }) => type === 'say')) metrics.awaited(conversation, began);
    return 'applied';
  };
}

/** What is written tells more than a setting of the platform; a single Latin word ("ICP") tells nothing. */
function languageOf(said: string, setting: Locale): Locale {
  const written = detectLanguage(said);
  const oneWord = written.language === 'en' && !/\S\s+\S/.test(said);
  return oneWord && setting.language !== undefined ? setting : { ...setting, ...written };
}

/** What every database can hold: no NUL, no half of a surrogate pair, not too long. */
function clean(body: Incoming['body']): Incoming['body'] {
  switch (body.kind) {
    case 'arrival':
      return body;
    case 'text':
      return { ...body, text: storable(body.text) };
    case 'choice':
      return { ...body, ids: body.ids.map((id) => storable(id)) };
    case 'attachment':
      return { ...body, ...(body.name !== undefined && { name: storable(body.name) }) };
    case 'edit':
      return { ...body, ...(body.text !== undefined && { text: storable(body.text) }) };
  }
}

/** Text as every database can hold it, at most 8,000 characters unless told otherwise. */
export function storable(text: string, most: number = longest): string {
  return text.slice(0, most).replaceAll('\0', '').toWellFormed();
}

type Happened = Event extends infer Each ? (Each extends Event ? Omit<Each, 'id' | 'at'> : never) : never;

function happened(
  body: Incoming['body'],
  locale: Locale,
  state: State,
  core: Pick<Core, 'understand' | 'label'>,
): Happened {
  const { topic } = state;
  switch (body.kind) {
    case 'arrival':
      return { type: 'arrived', ...locale };
    case 'text':
      return {
        type: 'said',
        text: body.text,
        matches: core.understand(body.text, topic === undefined ? {} : { topic }),
      };
    case 'choice':
      return { type: 'chose', choices: body.ids, labels: body.ids.map((id) => core.label(state, id)) };
    case 'attachment': {
      const { media, name, file } = body;
      return { type: 'sent', media, ...(name !== undefined && { named: name }), ...(file && { file }) };
    }
    case 'edit':
      return { type: 'edited', ...(body.text !== undefined && { text: body.text }) };
  }
}

function verdictOf(event: Event): Verdict {
  switch (event.type) {
    case 'said':
      return event.matches[0]?.verdict ?? 'none';
    case 'chose':
      return 'choice';
    case 'sent':
      return 'attachment';
    case 'arrived':
      return 'arrival';
    case 'edited':
      return 'edit';
    default:
      return 'failed';
  }
}
