import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { CaseView, Store } from '../../../src/ports.ts';
import { createRecent } from '../../../src/recent.ts';
import { conversationIn } from '../encode/block-id.ts';
import type { Post } from '../encode/encode.ts';
import { failureOf } from '../failure.ts';
import { opaque } from '../place.ts';
import type { Found } from '../send/find.ts';
import type { Poster } from '../send/post.ts';
import { cardOf } from './card.ts';

/** Where the cards of cases are, kept in the store, and what they show. */
export interface Cards {
  /**
   * Makes the card of a case, or brings it up to date. `fresh`: nobody has tried to make it before. Throws like the
   * poster.
   */
  show(view: CaseView, fresh: boolean): Promise<Found>;
  /** Makes another card in place of one that somebody deleted. */
  again(view: CaseView): Promise<Found>;
  /** Shows something else in place of a card, for good. */
  replace(id: string, post: Post): Promise<Found | undefined>;
  /** The case whose card is the root of a thread; undefined when it is none. */
  caseAt(channel: string, ts: string): Promise<string | undefined>;
  /** Where the card of a case is. */
  find(id: string): Promise<Found | undefined>;
}

/** `shown`: what the card shows, `round`: how often it had to be made anew after somebody deleted it. */
const kept = z.object({ channel: z.string(), ts: z.string(), shown: z.string(), round: z.number() });

const root = z.object({
  ts: z.string(),
  bot_id: z.string(),
  blocks: z.array(z.object({ block_id: z.string().optional() })),
});

/** Creates the memory of cards. */
export function createCards(options: {
  readonly client: WebClient;
  readonly poster: Poster;
  readonly store: Pick<Store, 'recall' | 'keep'>;
  readonly channel: string;
  readonly publicUrl: string | undefined;
}): Cards {
  const { client, poster, store, channel, publicUrl } = options;
  /** Threads that are no cards. */
  const others = createRecent<true>(5_000);

  async function recall(id: string): Promise<z.output<typeof kept> | undefined> {
    const note = await store.recall(noteOfCase(id));
    return note === undefined ? undefined : kept.parse(JSON.parse(note));
  }

  async function remember(id: string, card: z.output<typeof kept>): Promise<Found> {
    // The way back first: a card that is known can be answered under.
    await store.keep(noteOfCard(card.channel, card.ts), id);
    await store.keep(noteOfCase(id), JSON.stringify(card));
    return { channel: card.channel, ts: card.ts };
  }

  async function make(id: string, post: Post, round: number, fresh: boolean): Promise<Found> {
    const key = `slack-desk-card:${id}:${round}`;
    const [card] = await poster.post({ key, event: key, attempts: fresh ? 0 : 1, place: { channel }, posts: [post] });
    if (!card) throw new Error('a card was posted without a message');
    return remember(id, { ...card, shown: shownOf(post), round });
  }

  /** False when the card is gone: somebody deleted it. */
  async function update({ channel: at, ts }: Found, { text, blocks }: Post): Promise<boolean> {
    try {
      await client.chat.update({ channel: at, ts, text, blocks: [...blocks] });
      return true;
    } catch (error) {
      if (failureOf(error).means === 'gone') return false;
      throw error;
    }
  }

  return {
    async show(view, fresh) {
      const { id } = view;
      const post = cardOf(view, publicUrl);
      const card = await recall(id);
      if (!card) return make(id, post, 0, fresh);
      if (card.shown === shownOf(post)) return card;
      if (!(await update(card, post))) return make(id, post, card.round + 1, false);
      return remember(id, { ...card, shown: shownOf(post) });
    },
    async again(view) {
      const card = await recall(view.id);
      return make(view.id, cardOf(view, publicUrl), (card?.round ?? 0) + 1, false);
    },
    async replace(id, post) {
      const card = await recall(id);
      if (card) await update(card, post);
      return card;
    },
    async caseAt(at, ts) {
      const id = await store.recall(noteOfCard(at, ts));
      if (id !== undefined || others.get(ts)) return id;
      // The program may have ended between posting the card and remembering it.
      const { messages = [] } = await client.conversations.replies({ channel: at, ts, limit: 1 });
      const found = root.safeParse(messages.find((message) => message.ts === ts)).data?.blocks ?? [];
      const named = found.flatMap(({ block_id: name = '' }) => conversationIn(name) ?? []);
      const [case_] = named;
      if (case_ === undefined) others.set(ts, true);
      return case_;
    },
    find: recall,
  };
}

function noteOfCase(id: string): string {
  return `slack-desk:${id}`;
}

function noteOfCard(channel: string, ts: string): string {
  return `slack-desk-card:${channel}:${ts}`;
}

function shownOf({ text, blocks }: Post): string {
  return opaque(JSON.stringify([text, blocks]));
}
