import type { WireBody } from '../wire.ts';
import { type Posted, post } from './api.ts';
import type { Keep } from './keep.ts';
import { backoff, createPause } from './pause.ts';
import type { Session } from './session.ts';
import type { Pending } from './transcript.ts';

/** Tells how the sending goes. */
export interface SenderEvents {
  sending(id: string): void;
  sent(id: string): void;
  refused(id: string, code: string): void;
  /** It will be tried again. `slow`: the visitor was faster than allowed. */
  postponed(id: string, slow: boolean): void;
  /** The token was not accepted; there is a new conversation. */
  sessionLost(): void;
}

/** Sends messages one after the other, each until the server has it. */
export interface Sender {
  add(pending: Pending): void;
  /** Greets the bot in a new conversation, once. */
  arrive(locale: string): void;
  /** Tries again now. */
  hurry(): void;
  /** What was not sent before the page was left, oldest first. */
  kept(): readonly Pending[];
}

const prefix = 'unsent:';

/**
 * Makes the sender. A message is kept in the browser until the server has it, one record each, so that two tabs
 * cannot overwrite one another; its id never changes, so that a second attempt is not a second message.
 */
export function createSender(keep: Keep, session: Session, events: SenderEvents): Sender {
  const queue: { id: string; body: WireBody }[] = [];
  const pause = createPause();
  let running = false;

  const run = async () => {
    if (running) return;
    running = true;
    let failures = 0;
    for (let next = queue[0]; next; next = queue[0]) {
      const { id, body } = next;
      events.sending(id);
      const posted = await attempt(body);
      if (posted.as === 'accepted' || posted.as === 'refused') {
        queue.splice(queue.indexOf(next), 1);
        if (body.kind === 'arrival') keep.set('arrived', '1');
        else keep.remove(nameOf(id));
        if (posted.as === 'accepted') events.sent(id);
        else events.refused(id, posted.code);
        failures = 0;
        continue;
      }
      events.postponed(id, posted.slow);
      failures += 1;
      await pause.wait(posted.ms ?? backoff(failures));
    }
    running = false;
  };

  const attempt = async (body: WireBody): Promise<Exclude<Posted, { as: 'session' }>> => {
    const later = { as: 'later', slow: false } as const;
    const token = await session.token().catch(() => undefined);
    if (token === undefined) return later;
    const posted = await post(token, body);
    if (posted.as !== 'session') return posted;
    session.drop(token);
    events.sessionLost();
    return later;
  };

  return {
    add: (pending) => {
      keep.set(nameOf(pending.id), JSON.stringify(pending));
      queue.push(pending);
      void run();
    },
    arrive: (locale) => {
      if (keep.get('arrived') !== null || queue.some(({ body }) => body.kind === 'arrival')) return;
      queue.unshift({ id: 'arrival', body: { kind: 'arrival', locale } });
      void run();
    },
    hurry: pause.end,
    kept: () =>
      keep
        .names(prefix)
        .map((name) => JSON.parse(keep.get(name) ?? 'null') as Pending | null)
        .filter((pending) => pending !== null)
        .sort((one, other) => one.at - other.at),
  };
}

function nameOf(id: string): string {
  return `${prefix}${id}`;
}
