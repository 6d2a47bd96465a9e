import type { Consultant, Event } from '../core/conversation/event.ts';
import { newState } from '../core/conversation/state.ts';
import type { Clock, ConversationId, Store } from '../ports.ts';
import type { Apply } from './apply.ts';
import { eventId } from './receive.ts';

/** For how long what the bot would say about a new case is held back, ms: the claim that follows discards it. */
const opening = 10_000;

type Happening = Event extends infer Each ? (Each extends Event ? Omit<Each, 'id' | 'at'> : never) : never;

/** Where and when a person on the platform did something. */
interface Doing {
  readonly key: string;
  readonly conversation: ConversationId;
  readonly at: number;
}

/**
 * Consultants who answer on the platform itself (the phone of a WeChat account, the WeCom app) instead of the desk: what
 * they type opens the case and claims it. Their ids are `surface`, or begin with it: `wecom:li`.
 */
export function createPhone(options: {
  readonly surface: string;
  readonly store: Pick<Store, 'load'>;
  readonly apply: Apply;
  readonly clock: Clock;
}) {
  const { surface, store, apply, clock } = options;
  const isOurs = ({ id }: Consultant) => id === surface || id.startsWith(`${surface}:`);

  function happen({ key, conversation, at }: Doing, event: Happening, heldUntil?: number) {
    return apply({
      key,
      conversation,
      at,
      begin: () => newState('zh'),
      event: () => ({ ...event, id: eventId(key), at }),
      ...(heldUntil !== undefined && { heldUntil }),
      failed: 'nothing',
    });
  }

  async function holder(conversation: ConversationId): Promise<Consultant | 'case' | 'nobody'> {
    const activity = (await store.load(conversation))?.activity;
    if (activity?.at === 'with-consultant') return activity.consultant;
    return activity?.at === 'waiting' ? 'case' : 'nobody';
  }

  return {
    /** Words typed there: the conversation is that person's from now on, unless somebody at the desk has it. */
    async spoke(said: Doing & { who?: string; name: string; text?: string }) {
      const { key, who, name, text } = said;
      const consultant = { id: who === undefined ? surface : `${surface}:${who}`, name };
      const now = await holder(said.conversation);
      if (typeof now === 'object' && !isOurs(now)) {
        if (text !== undefined) await happen(said, { type: 'noted', consultant, text });
        return;
      }
      if (typeof now === 'object') {
        if (now.id !== consultant.id)
          await happen({ ...said, key: `${key}:transfer` }, { type: 'transferred', consultant: now, to: consultant });
      } else {
        // The visitor picked nothing, so the choice has no words.
        const call = { type: 'chose', choices: ['consultant'], labels: [], reachable: true } as const;
        if (now === 'nobody') await happen({ ...said, key: `${key}:call` }, call, clock() + opening);
        await happen({ ...said, key: `${key}:claim` }, { type: 'claimed', consultant }, clock());
      }
      if (text !== undefined) await happen(said, { type: 'consultant-said', consultant, text });
    },
    /** True while such a person has the conversation. */
    async holds(conversation: ConversationId): Promise<boolean> {
      const now = await holder(conversation);
      return typeof now === 'object' && isOurs(now);
    },
    /** The conversation is the bot's again. */
    async left(conversation: ConversationId, key: string, at: number): Promise<void> {
      const now = await holder(conversation);
      if (typeof now === 'object' && isOurs(now))
        await happen({ key, conversation, at }, { type: 'resolved', consultant: now });
    },
  };
}
