import { z } from 'zod';
import { eventId } from '../../app/receive.ts';
import type { Choice, Outgoing } from '../../core/message.ts';
import type { ConversationId, Store } from '../../ports.ts';

/** Lines of a transcript that are read at once. */
const page = 500;

/** The part of a stored event that the report reads; events of other kinds are passed over. */
const stored = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('said'),
    id: z.string(),
    text: z.string(),
    matches: z.array(z.object({ verdict: z.string(), entry: z.string().nullable(), text: z.string() })),
  }),
  z.object({ type: z.literal('chose'), id: z.string(), choices: z.array(z.string()) }),
]);

/** What a visitor said or chose, with what the bot said to it. */
export interface Happening {
  readonly conversation: ConversationId;
  readonly event: z.output<typeof stored>;
  readonly replies: Replies;
}

/** All replies to one event together. */
export interface Replies {
  /** What they were made of. */
  readonly refs: readonly string[];
  /** What the visitor could pick when asked which entry is meant. */
  readonly asked?: readonly Choice[];
}

const silence: Replies = { refs: [] };

/** What visitors said and chose since a moment (ms), oldest first. */
export async function happeningsSince(
  store: Pick<Store, 'asked' | 'transcript'>,
  since: number,
  limit: number,
): Promise<readonly Happening[]> {
  const known = new Map<ConversationId, ReadonlyMap<string, Replies>>();
  const happenings: Happening[] = [];
  for (const { conversation, event } of await store.asked(since, limit)) {
    const { success, data } = stored.safeParse(event);
    if (!success) continue;
    const replies = known.get(conversation) ?? (await repliesIn(store, conversation));
    known.set(conversation, replies);
    happenings.push({ conversation, event: data, replies: replies.get(data.id) ?? silence });
  }
  return happenings;
}

/** What the bot said, by the id of the event that it replied to. */
async function repliesIn(store: Pick<Store, 'transcript'>, conversation: ConversationId) {
  const replies = new Map<string, Replies>();
  let after = 0;
  for (;;) {
    const lines = await store.transcript(conversation, after, page);
    for (const { key, message } of lines) {
      const id = eventId(key);
      if (message) replies.set(id, added(replies.get(id) ?? silence, message));
    }
    if (lines.length < page) return replies;
    after = lines.at(-1)?.position ?? Number.MAX_SAFE_INTEGER;
  }
}

function added({ refs, asked }: Replies, message: Outgoing): Replies {
  const choices = message.refs.includes('choose.ask') ? message.choices : asked;
  return { refs: [...refs, ...message.refs], ...(choices && { asked: choices }) };
}

/** The entries that replies answered with, in order. */
export function answeredIn({ refs }: Replies): readonly string[] {
  return refs.flatMap((ref) => /^answer:(.+)$/.exec(ref)?.[1] ?? []);
}
