import { expect, vi } from 'vitest';
import { type Bot, botMessages, startBot } from './bot.ts';
import type { Message, Person, Place, Slack } from './stand-in/index.ts';

/** A workspace in which consultants work in a channel of their own. */
export interface Consultants {
  readonly bot: Bot;
  readonly place: Place;
  readonly mei: Person;
  readonly tom: Person;
}

/** Two consultants, their channel, and the program that knows it. */
export async function startConsultants(
  slack: Slack,
  options: Parameters<typeof startBot>[1] & { readonly private?: boolean } = {},
): Promise<Consultants> {
  const [mei, tom] = [slack.user({ name: 'Mei', locale: 'en-US' }), slack.user({ name: 'Tom', locale: 'zh-CN' })];
  const place = slack.channel({ name: 'desk', members: [mei, tom], private: options.private ?? false });
  const bot = await startBot(slack, { ...options, env: { ...options.env, SLACK_DESK_CHANNEL: place.id } });
  return { bot, place, mei, tom };
}

/** A visitor in direct messages; what they write stands in one thread. */
export interface Visitor {
  readonly person: Person;
  readonly place: Place;
  readonly thread: string;
}

/** Waits until something is true of what can be seen. */
export function until(look: () => unknown, timeout = 10_000): Promise<unknown> {
  return vi.waitFor(
    () => {
      const found = look();
      expect(found).toBeTruthy();
      return found;
    },
    { timeout, interval: 20 },
  );
}

/** A visitor asks for a person and gives no details; resolves when the card is there. */
export async function askForPerson(
  slack: Slack,
  desk: Place,
  visitor: Person,
  words = 'I want to talk to a consultant',
): Promise<{ visitor: Visitor; card: Message }> {
  const place = slack.direct(visitor);
  const known = cards(slack, desk).length;
  const thread = visitor.post(place, words);
  await until(() => botMessages(slack, place, thread).length === 1);
  visitor.post(place, 'skip', { thread });
  await until(() => cards(slack, desk).length > known && botMessages(slack, place, thread).length === 2);
  const card = cards(slack, desk).at(-1);
  if (!card) throw new Error('there is no card');
  return { visitor: { person: visitor, place, thread }, card };
}

/** The cards of a desk. */
export function cards(slack: Slack, desk: Place): readonly Message[] {
  return botMessages(slack, desk).filter(({ thread_ts: thread, ephemeralFor }) => !thread && !ephemeralFor);
}

/** What the bot says to a visitor in words, in order. */
export function heard(slack: Slack, { place, thread }: Visitor): readonly string[] {
  return botMessages(slack, place, thread).map(({ text }) => text);
}

/** The marks on a message. */
export function marks(slack: Slack, place: Place, ts: string): readonly string[] {
  return slack.message(place, ts).reactions.map(({ name }) => name);
}
