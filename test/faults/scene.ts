import type { Core } from '../../src/app/core.ts';
import { createDesk } from '../../src/app/desk.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { Act, Clock, Delivery, Desk, DeskAct, DeskOutcome, Incoming, Store } from '../../src/ports.ts';
import { type Bot, startBot, text } from './bot.ts';

export const mei = { id: 'lane:mei', name: 'Mei' };
export const lo = { id: 'web:lo', name: 'Lo' };

/** When everything happens, ms; later than any clock of a test, so that no timer is due. */
const base = 1_800_000_000_000;

/** A visitor's words that open a case. */
export const asksForPerson = 'my site is example.com, I want to talk to a consultant';

/** A bot with its desk. */
export interface Scene extends Bot {
  readonly desk: Desk;
  /** Acts on the case of a visitor, under a key of its own unless one is given. */
  act(visitor: string, consultant: typeof mei, act: Act, key?: string): Promise<DeskOutcome>;
  /** The visitor writes. */
  says(visitor: string, words: string): Promise<unknown>;
  /** What was carried to a visitor, in order. */
  heard(visitor: string): readonly Delivery[];
}

/** Starts a bot and its desk on a store. */
export async function startScene(options: {
  readonly store: Store;
  readonly core: Core;
  readonly knowledge: Knowledge;
  readonly clock?: Clock;
  send?(delivery: Delivery): Promise<void>;
}): Promise<Scene> {
  const { store, knowledge } = options;
  const bot = await startBot(options);
  const desk = createDesk({ store, apply: bot.apply, knowledge, channels: () => [] });
  let number = 0;
  return {
    ...bot,
    desk,
    async act(visitor, consultant, act, key) {
      number += 1;
      const id = await caseOf(store, visitor);
      return desk.act({ key: key ?? `desk:${visitor}:${number}`, case: id, at: base + number * 1000, consultant, act });
    },
    says(visitor, words) {
      number += 1;
      return bot.receive(text(visitor, number, words));
    },
    heard: (visitor) => bot.sent.filter(({ conversation }) => conversation === `test:${visitor}`),
  };
}

/** The visitor's latest case. */
export async function caseOf(store: Pick<Store, 'findCases'>, visitor: string): Promise<string> {
  const all = await store.findCases({ show: 'all', limit: 1_000 });
  const found = all.find(({ conversation }) => conversation === `test:${visitor}`);
  if (!found) throw new Error(`${visitor} has no case`);
  return found.id;
}

/** The same act again and again has this key. */
export function sayAct(id: string, words: string): DeskAct {
  return {
    key: 'desk:say',
    case: id,
    at: base + 900_000,
    consultant: mei,
    act: { does: 'say', text: words, origin: 'lane:1' },
  };
}

/** A visitor's message at a time of its own. */
export function lastWords(visitor: string, words: string): Incoming {
  return text(visitor, 950, words);
}
