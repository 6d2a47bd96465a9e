import type { Clock, ConversationId, Store } from '../../src/ports.ts';

/** The part of a pino logger that these channels use. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What both ways into WeChat are made from. */
export interface CommonOptions {
  readonly token: string;
  /** EncodingAESKeys: the current one, then the previous one. */
  readonly keys: readonly string[];
  /** Base of the API without a slash at its end. */
  readonly apiUrl: string;
  readonly store: Pick<
    Store,
    | 'fetch'
    | 'hand'
    | 'settle'
    | 'recall'
    | 'keep'
    | 'placeOf'
    | 'setPlace'
    | 'botOwns'
    | 'mark'
    | 'load'
    | 'file'
    | 'keepFile'
  >;
  /** What visitors write to read on (`更多`). */
  readonly moreWords: readonly string[];
  /** Hears of each message that was carried out without the outbox's loop. */
  settled(conversation: ConversationId, as: 'sent' | 'discarded' | 'failed'): void;
  readonly clock: Clock;
  readonly log: Log;
}
