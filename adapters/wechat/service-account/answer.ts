import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery, Incoming, Receive } from '../../../src/ports.ts';
import { createMoreReader } from '../decode/text.ts';
import { encode, type Style } from '../encode/encode.ts';
import { createInOrder } from '../in-order.ts';
import { readPlace } from '../ledger.ts';
import type { CommonOptions } from '../options.ts';
import { answerOf, readTray, type Tray, withAnswer, written } from '../tray.ts';
import { words } from '../words.ts';
import type { Heard } from './decode.ts';
import type { Reply } from './reply.ts';

/** How long an answer may take, ms. Tencent waits five seconds. */
export const answerTime = 4_500;

/** Pause before something that did not work is tried again, ms. */
const again = 100;

type Said = Heard & { readonly kind: 'said' };

/** Answers what visitors say: the answer is what waits in the outbox of the conversation, fetched here. */
export function createAnswer(
  options: CommonOptions & {
    readonly receive: Receive;
    readonly style: Style;
    /** Whether the visitor is passed on to WeChat's own desk with these messages. */
    transfers(said: Said, fetched: readonly Delivery[]): Promise<boolean>;
  },
): (said: Said) => Promise<Reply> {
  const { store, receive, style, clock, log, settled } = options;
  const inOrder = createInOrder();
  const underWay = new Map<string, Promise<Reply>>();
  const isMore = createMoreReader(options.moreWords);

  async function answer(said: Said, deadline: number): Promise<Reply> {
    const { key, conversation } = said;
    const more = said.text !== undefined && isMore(said.text) ? await readOn(said) : undefined;
    if (more) return more;
    const outcome = await untilTaken(incomingOf(said, await placeOf(said), deadline), deadline);
    if (outcome === 'late') return { kind: 'text', text: words[detected(said)].broken };
    const before = await readTray(store, conversation);
    const told = outcome === 'seen' ? answerOf(before, key) : undefined;
    if (told !== undefined) return { kind: 'text', text: told };
    const fetched = await untilFetched(conversation, deadline);
    if (fetched.length === 0) return undefined;
    return hand(said, before, fetched, deadline);
  }

  /** Gives the next piece of a long message. */
  async function readOn({ key, conversation }: Said): Promise<Reply> {
    const tray = await readTray(store, conversation);
    const told = answerOf(tray, key);
    if (told !== undefined) return { kind: 'text', text: told };
    if (tray.rest.length === 0) return undefined;
    await store.keep(conversation, written(withAnswer(tray, key, tray.rest)));
    await store.setPlace(conversation, JSON.stringify({ message: clock() }), clock());
    return { kind: 'text', text: tray.rest[0] ?? '' };
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

  async function hand(said: Said, tray: Tray, fetched: readonly Delivery[], deadline: number): Promise<Reply> {
    const { key, conversation } = said;
    const isOurs = await store.botOwns(conversation);
    const [given, dropped] = [
      fetched.filter(({ author }) => isOurs || author !== 'bot'),
      fetched.filter(({ author }) => !isOurs && author === 'bot'),
    ];
    for (const one of dropped) {
      await store.settle(one, { as: 'discarded' }, clock());
      settled(conversation, 'discarded');
    }
    if (given.length === 0) return undefined;
    const transfer = await options.transfers(said, given);
    const pieces = transfer
      ? ['']
      : encode(
          given.map(({ message }) => message),
          style,
        );
    if (clock() >= deadline) {
      for (const one of given)
        await store.settle(one, { as: 'later', at: clock(), reason: 'The answer took too long.' }, clock());
      return undefined;
    }
    const next = transfer ? { ...tray, transferredAt: clock() } : withAnswer(tray, key, pieces);
    await store.hand(
      conversation,
      given.map(({ id }) => id),
      written(next),
    );
    for (const _ of given) settled(conversation, 'sent');
    return transfer ? { kind: 'transfer' } : { kind: 'text', text: pieces[0] ?? '' };
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

function incomingOf(said: Said, place: string, heldUntil: number): Incoming {
  const { key, conversation, at, body, locale } = said;
  return { key, conversation, at, body, place, heldUntil, ...(locale !== undefined && { locale }) };
}

function detected({ locale }: Said): 'en' | 'zh-Hans' {
  return locale === undefined ? 'en' : 'zh-Hans';
}
