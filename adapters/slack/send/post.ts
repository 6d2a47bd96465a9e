import { setTimeout as pause } from 'node:timers/promises';
import type { KnownBlock, MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { SendError } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import type { Post } from '../encode/encode.ts';
import { type Failure, failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import { opaque, type Place } from '../place.ts';
import { createFinder, type Found } from './find.ts';
import type { Pace } from './pace.ts';

/** A wait that is shorter than this is spent here; otherwise the message goes back to the outbox. ms */
const patience = 500;

/** How long a message waits while nothing works until somebody changes a setting, ms. */
const operatorTime = 120_000;

/** What is to be posted: a message in one or more parts. */
export interface Parcel {
  /** The same for every attempt. */
  readonly key: string;
  /** The event that it answers. */
  readonly event: string;
  readonly attempts: number;
  readonly place: Place;
  readonly posts: readonly Post[];
  /** The channel sees it too, not only the thread. */
  readonly broadcast?: boolean;
}

/** Posts parcels into channels and threads, each part once. */
export interface Poster {
  /**
   * Resolves to the messages when every part is there. Throws a `SendError`, or a `Refused` that only the caller can
   * deal with.
   */
  post(parcel: Parcel): Promise<readonly Found[]>;
}

/** A failure of one place or one form; another one may do. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** What a message shows. */
interface Shown {
  readonly text: string;
  readonly blocks: KnownBlock[];
  readonly metadata: MessageMetadata;
}

/** How far a parcel got in this process. `doubt`: Slack may have taken the part after it. */
interface Progress {
  readonly done: readonly Found[];
  readonly doubt: boolean;
}

/** Creates the poster. After a failure that leaves doubt, the thread is looked through before anything is posted again. */
export function createPoster(options: {
  readonly client: WebClient;
  readonly pace: Pace;
  readonly log: Log;
  /** Hears of every outcome: undefined when Slack took a message. */
  noticed(failure: Failure | undefined): void;
}): Poster {
  const { client, pace, log, noticed } = options;
  const find = createFinder(client, log);
  const progress = createRecent<Progress>(10_000);

  async function post(parcel: Parcel): Promise<readonly Found[]> {
    const { key, place, posts, attempts } = parcel;
    const known = progress.get(key);
    const doubtful = known ? known.doubt : attempts > 0;
    const before = doubtful ? await find.own(place, key) : [];
    const replaced = place.again ? await find.earlier(place, parcel.event) : [];
    const sent = known?.done ?? [];
    const first = Math.max(sent.length, before.length);
    let done = before.length > sent.length ? before : sent;
    try {
      for (const [at, one] of posts.entries()) {
        if (at < done.length) continue;
        progress.set(key, { done, doubt: true });
        done = [...done, await put(parcel, one, at, replaced[at - first])];
        progress.set(key, { done, doubt: false });
        noticed(undefined);
      }
    } catch (error) {
      const failure = error instanceof Wait ? error.failure : failureOf(error);
      progress.set(key, { done, doubt: failure.means === 'doubt' });
      noticed(failure);
      throw raised(failure, place.channel);
    }
    progress.delete(key);
    await Promise.all(replaced.slice(posts.length - first).map(({ channel, ts }) => remove(channel, ts)));
    return done;
  }

  async function put(parcel: Parcel, { text, blocks }: Post, part: number, old: Found | undefined): Promise<Found> {
    const { place, key, event } = parcel;
    const metadata = metadataOf(place, key, event, part);
    const shown: Shown = { text, blocks: [...blocks], metadata };
    await turn(place.channel, `${key}:${part}`);
    if (old && (await update(old, shown))) return old;
    const { channel, thread } = place;
    const spot = thread === undefined ? {} : { thread_ts: thread };
    const said = { channel, ...shown, unfurl_links: false, unfurl_media: false };
    const posted =
      thread !== undefined && parcel.broadcast
        ? await client.chat.postMessage({ ...said, thread_ts: thread, reply_broadcast: true })
        : await client.chat.postMessage({ ...said, ...spot });
    return { channel: posted.channel ?? place.channel, ts: posted.ts ?? '' };
  }

  /** Changes an earlier answer; false when it is gone. */
  async function update({ channel, ts }: Found, shown: Shown): Promise<boolean> {
    try {
      await client.chat.update({ channel, ts, ...shown });
      return true;
    } catch (error) {
      if (failureOf(error).means === 'gone') return false;
      throw error;
    }
  }

  async function turn(channel: string, key: string): Promise<void> {
    const wait = pace.turn(channel, key);
    if (wait > patience)
      throw new Wait({
        means: 'limited',
        error: 'pace',
        after: wait,
        detail: 'The channel takes one message a second.',
      });
    if (wait > 0) await pause(wait);
  }

  function raised(failure: Failure, channel: string): Error {
    const { means, after, detail, error } = failure;
    const reason = `${detail} (${error})`;
    switch (means) {
      case 'limited':
        if (error !== 'pace') pace.pause(channel, after ?? 0);
        return new SendError('retry', reason, { retryAfter: after ?? 0 });
      case 'unsent':
      case 'doubt':
        return new SendError('retry', reason);
      case 'operator':
        return new SendError('retry', reason, { retryAfter: operatorTime });
      default:
        return new Refused(failure);
    }
  }

  async function remove(channel: string, ts: string): Promise<void> {
    await client.chat
      .delete({ channel, ts })
      .catch((error: unknown) => log.debug({ err: error }, 'slack: an old answer stays'));
  }

  return { post };
}

/** The turn of a message has not come yet. */
class Wait extends Error {
  override readonly name = 'Wait';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** What a message is found again by. Every app in the channel can read it, so it says nothing. */
function metadataOf({ ts }: Place, key: string, event: string, part: number): MessageMetadata {
  const question = ts === undefined ? {} : { question: opaque(ts) };
  return { event_type: 'wenda_reply', event_payload: { key: opaque(key), event: opaque(event), part, ...question } };
}
