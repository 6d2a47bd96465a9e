import type { Consultant, Event } from '../core/conversation/event.ts';
import { newState } from '../core/conversation/state.ts';
import type { ConversationId, Store } from '../ports.ts';
import type { Apply } from './apply.ts';
import { eventId } from './receive.ts';

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
}) {
  const { surface, store, apply } = options;
  const isOurs = ({ id }: Consultant) => id === surface || id.startsWith(`${surface}:`);

  function happen({ key, conversation, at }: Doing, event: Happening) {
    return apply({
      key,
      conversation,
      at,
      begin: () => newState('zh'),
      event: () => ({ ...event, id: eventId(key), at }),
      failed: 'nothing',
    });
  }

  async function holder(conversation: ConversationId): Promise<Consultant | undefined> {
    const activity = (await store.load(conversation))?.activity;
    return activity?.at === 'with-consultant' ? activity.consultant : undefined;
  }

  return {
    /** Words typed there: the conversation is that person's from now on, unless somebody at the desk has it. */
    async spoke(said: Doing & { who?: string; name: string; text?: string }) {
      const { key, who, name, text } = said;
      const consultant = { id: who === undefined ? surface : `${surface}:${who}`, name };
      const now = await holder(said.conversation);
      if (now && !isOurs(now)) {
        if (text !== undefined) await happen(said, { type: 'noted', consultant, text });
        return;
      }
      if (now && now.id !== consultant.id)
        await happen({ ...said, key: `${key}:transfer` }, { type: 'transferred', consultant: now, to: consultant });
      if (!now) await happen({ ...said, key: `${key}:claim` }, { type: 'claimed', consultant, opens: true });
      if (text !== undefined) await happen(said, { type: 'consultant-said', consultant, text });
    },
    /** True while such a person has the conversation. */
    async holds(conversation: ConversationId): Promise<boolean> {
      const now = await holder(conversation);
      return now !== undefined && isOurs(now);
    },
    /** The conversation is the bot's again. */
    async left(conversation: ConversationId, key: string, at: number): Promise<void> {
      const now = await holder(conversation);
      if (now && isOurs(now)) await happen({ key, conversation, at }, { type: 'resolved', consultant: now });
    },
  };
}
