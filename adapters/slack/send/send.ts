import type { WebClient } from '@slack/web-api';
import { type Delivery, SendError } from '../../../src/ports.ts';
import { createRecent, type Recent } from '../../../src/recent.ts';
import { named } from '../encode/block-id.ts';
import { encode, encodeForView, encodePlainly, type Post } from '../encode/encode.ts';
import { failureOf } from '../failure.ts';
import type { ShareFile } from '../file/share.ts';
import type { Log } from '../options.ts';
import { isDirect, opaque, type Place, readPlace } from '../place.ts';
import { words } from '../words.ts';
import type { Chosen } from './chosen.ts';
import type { Found } from './find.ts';
import { type Poster, Refused } from './post.ts';
import { respond } from './respond.ts';
import type { Thinking } from './thinking.ts';
import type { Windows } from './window.ts';

/** What sending is made from. */
export interface SendOptions {
  readonly client: WebClient;
  readonly poster: Poster;
  readonly share: ShareFile;
  readonly windows: Windows;
  readonly chosen: Chosen;
  readonly thinking: Thinking;
  /** Questions that were deleted, as `channel:ts`. */
  readonly deleted: Recent<true>;
  readonly log: Log;
}

/** Creates what carries deliveries out: into a thread, to one person's eyes only, or into a window. */
export function createSend(options: SendOptions): (delivery: Delivery) => Promise<void> {
  const { client, poster, share, windows, chosen, thinking, deleted, log } = options;
  /** Events to which only the person who clicked may see the reply. */
  const stale = createRecent<true>(1_000);
  /** Events whose first reply has taken the place of what was clicked. */
  const replaced = createRecent<true>(1_000);

  async function send(delivery: Delivery): Promise<void> {
    const { conversation, message, key } = delivery;
    const event = key.slice(0, key.lastIndexOf('#'));
    const place = readPlace(delivery.place) ?? placeIn(conversation);
    if (place.quiet) return;
    if (place.ts !== undefined && deleted.get(`${place.channel}:${place.ts}`) && delivery.author === 'bot')
      throw new SendError('refused', 'The question was deleted.');
    const isStale = message.refs[0] === 'pick.stale';
    if (isStale && place.user !== undefined) stale.set(event, true);
    try {
      if (place.view !== undefined && delivery.author === 'bot') await show(delivery, event, place, place.view);
      else if ((place.only || stale.get(event)) && delivery.author === 'bot') await whisper(delivery, event, place);
      else await say(delivery, event, place);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      end(place, true);
      log.error({ key, error: error.failure.error }, `slack: a message cannot be delivered: ${error.failure.detail}`);
      throw new SendError('refused', error.message, { cause: error });
    }
    end(place, false);
    if (isStale || stale.get(event)) chosen.forget(event);
    else chosen.settle(event, message.language);
  }

  function end({ channel, thread }: Place, silent: boolean): void {
    if (thread !== undefined) thinking.end(channel, thread, silent);
  }

  /** Into the channel; where that is impossible, to the person who asked. Refused blocks give way to words alone. */
  async function say(delivery: Delivery, event: string, place: Place): Promise<void> {
    const { key, attempts } = delivery;
    const posts = postsOf(delivery, false);
    const parcel = { key, event, attempts, place, posts };
    try {
      await attach(delivery, place, await poster.post(parcel));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { means } = error.failure;
      if (means === 'plainer')
        return attach(
          delivery,
          place,
          await poster.post({ ...parcel, key: `${key}:plain`, posts: encodePlainly(delivery.message) }),
        );
      if (means !== 'elsewhere' || isDirect(place.channel) || place.user === undefined) throw error;
      log.warn(
        { channel: place.channel, error: error.failure.error },
        `slack: an answer went to the person instead of the channel: ${error.failure.detail}`,
      );
      await privately(delivery, event, place.user);
    }
  }

  /** As a direct message, with a word about why it comes there. */
  async function privately(delivery: Delivery, event: string, user: string): Promise<void> {
    const { key, attempts, message } = delivery;
    const text = `_${words[message.language].notHere}_\n\n${message.text}`;
    const posts = postsOf({ ...delivery, message: { ...message, text } }, false);
    const place = { channel: user, user };
    await attach(delivery, place, await poster.post({ key: `${key}:direct`, event, attempts, place, posts }));
  }

  /** The file of a consultant, below the words that go with it. */
  async function attach(
    { key, message: { file } }: Delivery,
    { thread }: Place,
    posted: readonly Found[],
  ): Promise<void> {
    const channel = posted[0]?.channel;
    if (!file || channel === undefined) return;
    try {
      await share(key, file, { channel, thread });
    } catch (error) {
      if (error instanceof SendError) throw error;
      const { means, detail, after } = failureOf(error);
      const again = means === 'limited' || means === 'unsent' || means === 'doubt';
      const reason = `The file ${file.name} is missing: ${detail}`;
      throw new SendError(again ? 'retry' : 'refused', reason, {
        cause: error,
        ...(after !== undefined && { retryAfter: after }),
      });
    }
  }

  /** To one person's eyes only. Nobody can look whether it arrived; after a doubt it is shown again. */
  async function whisper(delivery: Delivery, event: string, place: Place): Promise<void> {
    const { channel, thread, user } = place;
    const [first, ...more] = postsOf(delivery, place.only === true && isAnswer(delivery));
    if (!first) return;
    for (const [at, post] of [first, ...more].entries()) {
      const instead = place.instead === true && at === 0 && !replaced.get(event);
      const shown = { text: post.text, blocks: [...post.blocks] };
      if (place.respond !== undefined && place.only) {
        const body = { response_type: 'ephemeral', replace_original: instead, ...shown };
        const taken = await respond(place.respond, body).then(
          () => true,
          () => false,
        );
        if (taken) {
          replaced.set(event, true);
          continue;
        }
      }
      try {
        if (user === undefined) throw new Error('nobody to show it to');
        await client.chat.postEphemeral({
          channel,
          user,
          ...shown,
          ...(thread !== undefined && { thread_ts: thread }),
        });
      } catch (error) {
        const failure = failureOf(error);
        if (user !== undefined && (failure.means === 'elsewhere' || failure.means === 'refused'))
          return privately(delivery, event, user);
        const { detail, after } = failure;
        throw new SendError('retry', detail, { cause: error, ...(after !== undefined && { retryAfter: after }) });
      }
    }
  }

  /** Into the window; when it was closed meanwhile, as a direct message. */
  async function show(delivery: Delivery, event: string, place: Place, view: string): Promise<void> {
    const { message, conversation, key } = delivery;
    try {
      const blocks = named(encodeForView(message), conversation, opaque(key));
      await windows.show(view, event, blocks, message.language);
    } catch (error) {
      const { means, detail, after } = failureOf(error);
      if (means === 'limited' || means === 'unsent' || means === 'doubt' || means === 'operator')
        throw new SendError('retry', detail, { cause: error, ...(after !== undefined && { retryAfter: after }) });
      const { view: _, ...rest } = place;
      await say(delivery, event, rest);
    }
  }

  return send;
}

/** The posts of a delivery, their controls named after its conversation. */
function postsOf({ message, conversation, key }: Delivery, share: boolean): readonly Post[] {
  return encode(message, { share }).map(({ text, blocks }) => ({
    text,
    blocks: named(blocks, conversation, opaque(key)),
  }));
}

function isAnswer({ message }: Delivery): boolean {
  return message.refs.some((ref) => ref.startsWith('answer:'));
}

/** Where a conversation is when nothing was stored about it: its own id says so. */
function placeIn(conversation: string): Place {
  const [, first = '', second = ''] = conversation.split(':');
  return /^[CG]/.test(first) ? { channel: first, thread: second } : { channel: second, user: second };
}
