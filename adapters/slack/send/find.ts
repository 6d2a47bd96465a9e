import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { SendError } from '../../../src/ports.ts';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import { opaque, type Place } from '../place.ts';

/** Messages looked through at most: our reply is among the first after the question. */
const most = 400;
const page = 200;

/** A message of the bot. */
export interface Found {
  readonly channel: string;
  readonly ts: string;
}

/** Looks for messages that the bot has posted. */
export interface Finder {
  /** The parts of a parcel that Slack has, in order; none when it has none, or does not let us look. */
  own(place: Place, key: string): Promise<readonly Found[]>;
  /** What the bot said to the same question before this event, in order. */
  earlier(place: Place, event: string): Promise<readonly Found[]>;
}

const ours = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal('wenda_reply'),
    event_payload: z.object({
      key: z.string(),
      event: z.string(),
      part: z.coerce.number(),
      question: z.string().optional(),
    }),
  }),
});

/** Creates the search. It knows our messages by the keys in their metadata. */
export function createFinder(client: WebClient, log: Log): Finder {
  async function read(place: Place): Promise<readonly z.output<typeof ours>[]> {
    const { channel, thread } = place;
    const found: z.output<typeof ours>[] = [];
    let cursor: string | undefined;
    for (let seen = 0; seen < most; seen += page) {
      const common = { channel, include_all_metadata: true, limit: page, ...(cursor && { cursor }) };
      const result =
        thread === undefined
          ? await client.conversations.history(common)
          : await client.conversations.replies({ ...common, ts: thread });
      for (const message of result.messages ?? []) {
        const parsed = ours.safeParse(message);
        if (parsed.success) found.push(parsed.data);
      }
      cursor = result.response_metadata?.next_cursor;
      if (!cursor) break;
    }
    return found.toSorted((one, other) => Number(one.ts) - Number(other.ts));
  }

  async function look(place: Place): Promise<readonly z.output<typeof ours>[]> {
    try {
      return await read(place);
    } catch (error) {
      const { means, detail, after } = failureOf(error);
      if (means === 'limited' || means === 'doubt' || means === 'unsent') {
        throw new SendError(
          'retry',
          `It is not known whether a message arrived, and Slack cannot be asked: ${detail}`,
          {
            ...(after !== undefined && { retryAfter: after }),
          },
        );
      }
      // Not allowed to look: saying it twice is better than not at all.
      log.warn({ detail }, 'slack: a thread cannot be looked through');
      return [];
    }
  }

  return {
    async own(place, key) {
      const sought = opaque(key);
      const parts = (await look(place)).filter(({ metadata }) => metadata.event_payload.key === sought);
      return parts.map(({ ts }) => ({ channel: place.channel, ts }));
    },
    async earlier(place, event) {
      if (place.ts === undefined) return [];
      const [question, own] = [opaque(place.ts), opaque(event)];
      return (await look(place))
        .filter(({ metadata: { event_payload: said } }) => said.question === question && said.event !== own)
        .map(({ ts }) => ({ channel: place.channel, ts }));
    },
  };
}
