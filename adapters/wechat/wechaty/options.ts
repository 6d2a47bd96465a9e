import type { Wechaty } from 'wechaty';
import type { ConversationId } from '../../../src/ports.ts';
import type { CommonOptions } from '../options.ts';

/** Whose friend requests are accepted: nobody's, everybody's, or those whose greeting holds one of these words. */
export type FriendRule = 'off' | 'on' | readonly string[];

/** What a person writes on the phone of the account itself, as the desk takes it. */
export interface Phone {
  /** From now on the conversation is that person's. `text` is undefined for pictures and the like. */
  spoke(said: PhoneWords): Promise<void>;
  /** True while that person has the conversation. */
  holds(conversation: ConversationId): Promise<boolean>;
  /** The conversation is the bot's again. */
  left(conversation: ConversationId, key: string, at: number): Promise<void>;
}

/** Words typed on the phone. */
export interface PhoneWords {
  /** Unique for this message, the same when it comes again. */
  readonly key: string;
  readonly conversation: ConversationId;
  readonly at: number;
  /** Name of the account. */
  readonly name: string;
  readonly text?: string;
}

/** What a personal account is connected with. */
export interface WechatyOptions extends Pick<CommonOptions, 'store' | 'moreWords' | 'clock' | 'log'> {
  /** A bot that is not started yet; called again for every new attempt. */
  build(): Wechaty;
  readonly friends: FriendRule;
  readonly phone: Phone;
  /** Protects the login page; without it a link with a random key is made. */
  readonly password?: string;
  /** Shows a text in the terminal. */
  print(text: string): void;
  /** Pause between two messages of the account, ms; a random part of `jitter` is added. */
  readonly pace?: { readonly every: number; readonly jitter: number };
}
