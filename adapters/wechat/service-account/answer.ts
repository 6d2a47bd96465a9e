import { setTimeout as pause } from 'node:timers/promises';
import type { Outgoing } from '../../../src/core/message.ts';
import { type Delivery, type Incoming, lineOfKey, type Receive } from '../../../src/ports.ts';
import type { Fetched } from '../api/request.ts';
import { createAttach } from '../attachments.ts';
import { createMoreReader } from '../decode/text.ts';
import { encode, type Style } from '../encode/encode.ts';
import { createInOrder } from '../in-order.ts';
import { readPlace } from '../ledger.ts';
import type { CommonOptions } from '../options.ts';
import { answerOf, type Trays, withAnswer } from '../tray.ts';
import { words } from '../words.ts';
import type { Heard } from './decode.ts';
import type { Reply } from './reply.ts';
import { noFiles } from './send.ts';
import type { Transfer } from './transfer.ts';

/** How long an answer may take, ms. Tencent waits five seconds. */
export const answerTime = 4_500;

/** How long a file of a visitor may take, ms. */
export const fetchTime = 2_500;

/** Pause before something that did not work is tried again, ms. */
const again = 100;

type Said = Heard & { readonly kind: 'said' };

/** Answers what visitors say: the answer is what waits in the outbox of the conversation, fetched here. */
export function createAnswer(
  options: CommonOptions & {
    readonly receive: Receive;
    readonly trays: Trays;
    readonly style: Style;
    readonly transfer: Transfer | undefined;
    /** The content of what visitors send; without it they are named only. */
    readonly fetchMedia: ((media: string) => Promise<Fetched>) | undefined;
  },
): (said: Said) => Promise<Reply> {
  const { store, trays, receive, style, transfer, fetchMedia, clock, log, settled } = options;
  const attach = createAttach({ store, log, time: fetchTime });
  const inOrder = createInOrder();
  const underWay = new Map<string, Promise<Reply>>();
  const isMore = createMoreReader(options.moreWords);

  async function answer(said: Said, deadline: number): Promise<Reply> {
    const { key, conversation } = said;
    const more = said.text !== undefined && isMore(said.text) ? await readOn(said) : undefined;
    if (more) return more;
    const body = await withContent(said);
    const outcome = await untilTaken(incomingOf({ ...said, body }, await placeOf(said), deadline), deadline);
    if (outcome === 'late') return { kind: 'text', text: words[said.locale === undefined ? 'en' : 'zh-Hans'].broken };
    const told = outcome === 'seen' ? answerOf(await trays.read(conversation), key) : undefined;
    if (told !== undefined) return told === '' ? { kind: 'transfer' } : { kind: 'text', text: told };
    const fetched = await spoken(conversation, await untilFetched(conversation, deadline));
    if (await transfer?.holds(said)) return passOn(said, fetched, 'discarded');
    if (fetched.length === 0) return undefined;
    if (await transfer?.opens(said, fetched)) return passOn(said, fetched, 'sent');
    return hand(said, fetched, deadline);
  }

  async function withContent(said: Said): Promise<Incoming['body']> {
    const { media, body } = said;
    return media === undefined || !fetchMedia ? body : attach(said, () => fetchMedia(media));
  }

  /** Gives the next piece of a long message. */
  async function readOn({ key, conversation }: Said): Promise<Reply> {
    const tray = await trays.read(conversation);
    const told = answerOf(tray, key);
    if (told !== undefined) return { kind: 'text', text: told };
    const [text] = tray.rest;
    if (text === undefined) return undefined;
    await store.setPlace(conversation, JSON.stringify({ message: clock() }), clock());
    await trays.change(conversation, (now) => withAnswer(now, key, now.rest));
    return { kind: 'text', text };
  }

  /** A click gives a permission beside that of the last message; a message replaces everything. */
  async function placeOf({ permits, conversation }: Said): Promise<string> {
    if (permits === 'message') return JSON.stringify({ message: clock() });
    const { message } = readPlace(await store.placeOf(conversation));
    return JSON.stringify({ ...(message !== undefined && { message }), action: clock() });
  }

  /** Tries again what the database did not take; what it never took is `late`. */
  async function untilTaken(incoming: Incoming, deadline: number): Promise<'applied' | 'seen' | 'late'> {
    for (;;) {
      try {
        return await receive(incoming);
      } catch (error) {
        if (clock() + again >= deadline) {
          log.error({ err: error, key: incoming.key }, 'wechat: a message could not be stored; the visitor was told');
          return 'late';
        }
        await pause(again);
      }
    }
  }

  /** Everything that waits for the visitor; nothing when somebody else carries it out until the deadline. */
  async function untilFetched(conversation: string, deadline: number): Promise<readonly Delivery[]> {
    for (;;) {
      const fetched = await store.fetch(conversation, clock(), Math.max(1, deadline - clock()));
      if (fetched) return fetched;
      if (clock() + again >= deadline) return [];
      await pause(again);
    }
  }

  /** Without what the bot may not say any more because a consultant has the conversation. */
  async function spoken(conversation: string, fetched: readonly Delivery[]): Promise<readonly Delivery[]> {
    if (fetched.every(({ author }) => author !== 'bot') || (await store.botOwns(conversation))) return fetched;
    await discard(fetched.filter(({ author }) => author === 'bot'));
    return fetched.filter(({ author }) => author !== 'bot');
  }

  async function discard(messages: readonly Delivery[]): Promise<void> {
    for (const one of messages) {
      await store.settle(one, { as: 'discarded' }, clock());
      settled(one.conversation, 'discarded');
    }
  }

  async function passOn({ key, conversation }: Said, fetched: readonly Delivery[], as: 'sent' | 'discarded') {
    if (as === 'discarded') await discard(fetched);
    const ids = as === 'sent' ? fetched.map(({ id }) => id) : [];
    await trays.hand(conversation, ids, (tray) => ({ ...withAnswer(tray, key, ['']), transferredAt: clock() }));
    for (const _ of ids) settled(conversation, 'sent');
    return { kind: 'transfer' } as const;
  }

  async function hand({ key, conversation }: Said, fetched: readonly Delivery[], deadline: number): Promise<Reply> {
    const isLate = clock() >= deadline;
    const given = isLate ? [] : fitting(fetched);
    for (const one of fetched.slice(given.length)) await store.settle(one, { as: 'later', at: clock() }, clock());
    if (given.length === 0) return undefined;
    const pieces = encode(given.map(messageOf), style);
    const ids = given.map(({ id }) => id);
    await trays.hand(conversation, ids, (tray) => withAnswer(tray, key, pieces));
    for (const _ of ids) settled(conversation, 'sent');
    const named = given.filter(({ message }) => message.file).map((one) => lineOfKey(one.key));
    if (named.length > 0) await store.mark(conversation, named, 'failed', noFiles);
    return { kind: 'text', text: pieces[0] ?? '' };
  }

  /** Everything, unless the rest can be sent afterwards, such as files: then as much as fits. */
  function fitting(fetched: readonly Delivery[]): readonly Delivery[] {
    if (style.passive) return fetched;
    const count = fetched.findIndex(
      ({ message }, at) =>
        message.file || (at > 0 && encode(fetched.slice(0, at + 1).map(messageOf), style).length > 1),
    );
    return count < 0 ? fetched : fetched.slice(0, count);
  }

  return (said) => {
    const joined = underWay.get(said.key);
    if (joined) return joined;
    const deadline = clock() + answerTime;
    const mine = inOrder(said.conversation, () => answer(said, deadline)).finally(() => underWay.delete(said.key));
    underWay.set(said.key, mine);
    return mine;
  };
}

function messageOf({ message }: Delivery): Outgoing {
  return message;
}

function incomingOf(said: Said, place: string, heldUntil: number): Incoming {
  const { key, conversation, at, body, locale } = said;
  return { key, conversation, at, body, place, heldUntil, ...(locale !== undefined && { locale }) };
}
