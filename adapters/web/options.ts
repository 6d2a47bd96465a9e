import type { Language, Suggestion } from '../../src/core/message.ts';
import type { Clock, Store } from '../../src/ports.ts';

/** The part of a pino logger that the web chat uses. */
export interface Log {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** How much is allowed. `...PerMinute` counts in a sliding way; `streams...` at the same time. */
export interface Limits {
  readonly bodyBytes: number;
  readonly visitorMessagesPerMinute: number;
  readonly addressMessagesPerMinute: number;
  readonly addressSessionsPerMinute: number;
  readonly addressConnectionsPerMinute: number;
  readonly addressSuggestionsPerMinute: number;
  readonly visitorStreams: number;
  readonly addressStreams: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 16 * 1024,
  visitorMessagesPerMinute: 20,
  addressMessagesPerMinute: 60,
  addressSessionsPerMinute: 20,
  addressConnectionsPerMinute: 120,
  addressSuggestionsPerMinute: 240,
  visitorStreams: 8,
  addressStreams: 100,
};

/** What the web chat is made from. */
export interface WebOptions {
  readonly transcript: Store['transcript'];
  /** The files of consultants; without it they are only named. */
  readonly file?: Store['file'];
  readonly clock: Clock;
  /** Entries that a visitor may mean who is still writing; without it the page suggests nothing. */
  readonly suggest?: (text: string, language: Language) => readonly Suggestion[];
  /** The address under which visitors reach the chat, shown to the operator. */
  readonly publicUrl?: string;
  /** Origins whose pages may embed the chat, such as `https://www.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** True when a proxy of the operator sets X-Forwarded-For. */
  readonly trustProxy?: boolean;
  readonly limits?: Partial<Limits>;
  /** Folder of the built pages; default: `dist/web` of this project. */
  readonly assets?: string;
  /** How often a stream looks for lines that another replica wrote, ms; default 2,000. */
  readonly pollEvery?: number;
  /** How often an idle stream sends a sign of life, ms; default 15,000. */
  readonly heartbeatEvery?: number;
  readonly log?: Log;
}
