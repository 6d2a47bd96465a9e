import { expect } from 'vitest';
import { botMessages } from './bot.ts';
import type { Message, Person, Place, Slack } from './stand-in/index.ts';

/** The setting that turns the desk on, as `startBot` takes it. */
export const deskOf = (desk: Place) => ({
  env: { SLACK_DESK_CHANNEL: desk.id, PUBLIC_URL: 'https://chat.example.com' },
});

/** A visitor in a direct message who has asked for a person, and the card of the case. */
export interface Opened {
  readonly visitor: Person;
  readonly place: Place;
  /** ts of the thread with the visitor. */
  readonly thread: string;
  readonly card: Message;
}

/** Lets a visitor ask for a person and waits for the card. */
export async function openCase(slack: Slack, desk: Place, visitor: Person, question: string): Promise<Opened> {
  const place = slack.direct(visitor);
  const before = cards(slack, desk).length;
  const thread = visitor.post(place, question);
  await expect.poll(() => botMessages(slack, place).length, { timeout: 10_000 }).toBeGreaterThan(0);
  const zh = /\p{Script=Han}/u.test(question);
  visitor.post(place, zh ? '转人工' : 'talk to a consultant', { thread });
  await expect.poll(() => botMessages(slack, place).length, { timeout: 10_000 }).toBeGreaterThan(1);
  visitor.post(place, zh ? '跳过' : 'skip', { thread });
  await expect.poll(() => cards(slack, desk).length, { timeout: 10_000 }).toBe(before + 1);
  const card = cards(slack, desk).at(-1);
  if (!card) throw new Error('there is no card');
  return { visitor, place, thread, card };
}

/** The cards in the desk's channel, oldest first. */
export function cards(slack: Slack, desk: Place): readonly Message[] {
  return botMessages(slack, desk).filter((message) => message.thread_ts === undefined && !message.ephemeralFor);
}

/** Waits until somebody sees something in a channel or thread. */
export async function sees(person: Person, place: Place, thread: string | undefined, what: RegExp): Promise<void> {
  await expect.poll(() => person.sees(place, thread), { timeout: 10_000 }).toMatch(what);
}
