import { z } from 'zod';
import { eventId } from '../../app/receive.ts';
import type { Case, ConversationId, Store } from '../../ports.ts';
import type { Question } from './figures.ts';

/** At most so many events and cases are read. */
export const mostRead = 1_000_000;

/** Lines of a transcript that are read at once. */
const page = 500;

/** The part of a stored event that the report reads; events of other kinds are passed over. */
const said = z.object({
  type: z.literal('said'),
  id: z.string(),
  text: z.string(),
  matches: z.array(z.object({ verdict: z.string() })),
});

/** What visitors wrote since a moment (ms), with what the bot said to it. */
export async function questionsSince(
  store: Pick<Store, 'asked' | 'transcript'>,
  since: number,
  limit: number,
): Promise<readonly Question[]> {
  const replies = new Map<ConversationId, ReadonlyMap<string, readonly string[]>>();
  const questions: Question[] = [];
  for (const { conversation, event } of await store.asked(since, limit)) {
    const { success, data } = said.safeParse(event);
    if (!success) continue;
    const known = replies.get(conversation) ?? (await repliesIn(store, conversation));
    replies.set(conversation, known);
    const matched = data.matches.some(({ verdict }) => verdict === 'answer');
    questions.push({ id: data.id, text: data.text, matched, refs: known.get(data.id) ?? [] });
  }
  return questions;
}

/** What the bot's lines were made of, by the id of the event that they reply to. */
async function repliesIn(store: Pick<Store, 'transcript'>, conversation: ConversationId) {
  const refs = new Map<string, readonly string[]>();
  let after = 0;
  for (;;) {
    const lines = await store.transcript(conversation, after, page);
    for (const { key, message } of lines) {
      const id = eventId(key);
      if (message) refs.set(id, [...(refs.get(id) ?? []), ...message.refs]);
    }
    if (lines.length < page) return refs;
    after = lines.at(-1)?.position ?? Number.MAX_SAFE_INTEGER;
  }
}

/** All cases, whatever became of them. */
export async function allCases(store: Pick<Store, 'cases'>): Promise<readonly Case[]> {
  const statuses = ['waiting', 'claimed', 'resolved', 'withdrawn'] as const;
  return (await Promise.all(statuses.map((status) => store.cases(status, mostRead)))).flat();
}
