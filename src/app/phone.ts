import type { Consultant, Event } from '../core/conversation/event.ts';
import { newState } from '../core/conversation/state.ts';
import type { ConversationId, Store } from '../ports.ts';
import type { Apply } from './apply.ts';
import { eventId } from './receive.ts';

/** Questions that may come before a case is open. */
const mostQuestions = 3;

type Happening = Event extends infer Each ? (Each extends Event ? Omit<Each, 'id' | 'at'> : never) : never;

/**
 * A consultant who answers on the platform itself (the phone of a WeChat account) instead of the desk: what they type
 * opens the case and claims it. `id` tells them from consultants at the desk.
 */
export function createPhone(options: {
  readonly id: string;
  readonly store: Pick<Store, 'load'>;
  readonly apply: Apply;
}) {
  const { id, store, apply } = options;

  function happen(conversation: ConversationId, key: string, at: number, event: Happening) {
    return apply({
      key,
      conversation,
      at,
      begin: () => newState('zh'),
      event: () => ({ ...event, id: eventId(key), at }),
      failed: 'nothing',
    });
  }

  async function activity(conversation: ConversationId) {
    return (await store.load(conversation))?.activity ?? { at: 'idle' as const };
  }

  return {
    /** Words typed on the phone: the conversation is that person's from now on. */
    async spoke(said: { key: string; conversation: ConversationId; at: number; name: string; text?: string }) {
      const { key, conversation, at, name, text } = said;
      const consultant: Consultant = { id, name };
      for (let asked = 0; asked <= mostQuestions; asked += 1) {
        const now = (await activity(conversation)).at;
        if (now === 'waiting' || now === 'with-consultant') break;
        // Nobody needs to be asked for details when a person is there already.
        const choice = asked === 0 ? 'consultant' : 'skip';
        await happen(conversation, `${key}:call${asked}`, at, { type: 'chose', choices: [choice] });
      }
      await happen(conversation, `${key}:claim`, at, { type: 'claimed', consultant });
      if (text === undefined) return;
      await happen(conversation, key, at, { type: 'consultant-said', consultant, text });
    },
    /** True while that person has the conversation. */
    async holds(conversation: ConversationId): Promise<boolean> {
      const now = await activity(conversation);
      return now.at === 'with-consultant' && now.consultant.id === id;
    },
    /** The conversation is the bot's again. */
    async left(conversation: ConversationId, key: string, at: number): Promise<void> {
      await happen(conversation, key, at, { type: 'resolved', consultant: { id, name: '' } });
    },
  };
}
