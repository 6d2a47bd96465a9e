import type { WebClient } from '@slack/web-api';
import type { Mark } from '../../../src/core/conversation/desk-item.ts';
import type { Store } from '../../../src/ports.ts';
import { failureOf } from '../failure.ts';
import type { People } from '../people.ts';
import { tongueOf } from '../words.ts';
import { readOrigin } from './origin.ts';
import type { Whisper } from './whisper.ts';
import { reactions, tell } from './words.ts';

/** Errors that mean: it is as it should be, or there is nothing left to mark. */
const settled = new Set(['already_reacted', 'no_reaction', 'message_not_found']);

/**
 * Shows at a consultant's own message what became of it: one reaction, and a word to the writer alone when it did not
 * arrive. Throws like the Web API.
 */
export function createMarks(options: {
  readonly client: WebClient;
  readonly store: Pick<Store, 'recall' | 'keep'>;
  readonly people: Pick<People, 'locale'>;
  readonly whisper: Whisper;
}): (
  item: { readonly origin: string; readonly mark: Mark; readonly reason?: string },
  thread: string,
) => Promise<void> {
  const { client, store, people, whisper } = options;

  async function attempt(call: () => Promise<unknown>): Promise<void> {
    await call().catch((error: unknown) => {
      if (!settled.has(failureOf(error).error)) throw error;
    });
  }

  return async ({ origin, mark, reason = '' }, thread) => {
    const written = readOrigin(origin);
    if (!written) return;
    const { channel, ts: timestamp, user } = written;
    const key = `slack-desk-mark:${channel}:${timestamp}`;
    // Only what is out of the ordinary is noted: most replies arrive at once and keep their first mark.
    const noted = await store.recall(key);
    const before = noted ?? (mark === 'delivered' || mark === 'waiting' ? undefined : reactions.delivered);
    const name = reactions[mark];
    await attempt(() => client.reactions.add({ channel, timestamp, name }));
    if (before !== undefined && before !== name)
      await attempt(() => client.reactions.remove({ channel, timestamp, name: before }));
    if (mark !== 'delivered' || noted !== undefined) await store.keep(key, name);
    if (mark !== 'failed' && mark !== 'uncertain') return;
    const tongue = tongueOf(await people.locale(user));
    await whisper(user, thread, tell(tongue, mark, { reason }));
  };
}
