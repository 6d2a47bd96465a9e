import type { ConversationId } from '../../src/ports.ts';

/** A person who answers on the platform itself (the phone of an account, the WeCom app), as the desk takes it. */
export interface Phone {
  /** From now on the conversation is that person's. Without a text the person only took it, or sent a picture. */
  spoke(said: PhoneWords): Promise<void>;
  /** True while such a person has the conversation. */
  holds(conversation: ConversationId): Promise<boolean>;
  /** The person has left: the conversation is the bot's again. */
  left(conversation: ConversationId, key: string, at: number): Promise<void>;
}

/** What a person did there. */
export interface PhoneWords {
  /** Unique for this message, the same when it comes again. */
  readonly key: string;
  readonly conversation: ConversationId;
  readonly at: number;
  /** Who it is, where several people use the account. */
  readonly who?: string;
  readonly name: string;
  readonly text?: string;
}
