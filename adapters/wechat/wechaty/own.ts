import { createHash } from 'node:crypto';
import type { ConversationId } from '../../../src/ports.ts';
import type { Tray, Trays } from '../tray.ts';

/** Texts of ours that are remembered in a conversation. */
const kept = 30;

/** Knows what the bot itself said on the account: WeChat shows it in the same way as what a person types there. */
export interface Own {
  /** To be called before a text is said. */
  willSay(conversation: ConversationId, text: string): Promise<void>;
  said(conversation: ConversationId, text: string): Promise<boolean>;
}

/** Creates the memory; it lasts as long as the conversation. */
export function createOwn(trays: Trays): Own {
  return {
    willSay: (conversation, text) =>
      trays.change(conversation, (tray: Tray) => {
        const id = hash(text);
        return { ...tray, ids: [...tray.ids.filter((one) => one.id !== id), { id, keys: [] }].slice(-kept) };
      }),
    async said(conversation, text) {
      const { ids } = await trays.read(conversation);
      // In a room the text begins with a mention, however the puppet writes it.
      const forms = [text, text.replace(/^@[^\u2005\n]*[\u2005\n]\s*/u, '')].map(hash);
      return ids.some(({ id }) => forms.includes(id));
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, '')).digest('base64url').slice(0, 16);
}
