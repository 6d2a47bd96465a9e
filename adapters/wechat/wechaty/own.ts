import { createHash } from 'node:crypto';
import type { Clock, ConversationId } from '../../../src/ports.ts';
import type { Tray, Trays } from '../tray.ts';

/** Texts of ours that are remembered in a conversation. */
const kept = 30;

/** A file that is seen within this time of one of ours, ms, is taken for ours: files cannot be told apart. */
const fileTime = 60_000;

/** Knows what the bot itself said on the account: WeChat shows it in the same way as what a person types there. */
export interface Own {
  /** To be called before a text is said. */
  willSay(conversation: ConversationId, text: string): Promise<void>;
  said(conversation: ConversationId, text: string): Promise<boolean>;
  /** To be called before a file is sent. */
  willSend(conversation: ConversationId): Promise<void>;
  /** Whether a file that was seen at this time (ms since 1970) is ours. */
  sent(conversation: ConversationId, at: number): Promise<boolean>;
}

/** Creates the memory; it lasts as long as the conversation. */
export function createOwn(trays: Trays, clock: Clock): Own {
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
    willSend: (conversation) => trays.change(conversation, (tray) => ({ ...tray, sentFileAt: clock() })),
    async sent(conversation, at) {
      const { sentFileAt } = await trays.read(conversation);
      return Math.abs(at - sentFileAt) < fileTime;
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, '')).digest('base64url').slice(0, 16);
}
