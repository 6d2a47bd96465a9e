import type { AttachedFile } from '../../src/core/message.ts';

/** Text inside a paragraph, as the browser receives it. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  /** `href` is https or mailto, nothing else. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' };

/** A part of a bot message, as the browser receives it. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Block[])[] };

/** Something the visitor can pick. */
export interface WireChoice {
  readonly id: string;
  readonly label: string;
  /** A control (back, cancel) rather than an answer. */
  readonly quiet?: true;
}

/** What the bot says. */
export interface WireMessage {
  readonly blocks: readonly Block[];
  readonly language: string;
  readonly source?: string;
  readonly choices?: readonly WireChoice[];
  readonly multiple?: boolean;
  readonly feedback?: { readonly ask: string; readonly yes: WireChoice; readonly no: WireChoice };
  /** True when everything before this line was erased at the visitor's wish. */
  readonly erased?: boolean;
}

/**
 * One line of the transcript on its way to the browser: the data of a `line` event. `id` is the one that the browser
 * gave to the message that is this line or caused it; empty when there is none.
 */
export type WireLine = { readonly position: number; readonly at: number; readonly id: string } & (
  | { readonly author: 'bot'; readonly message: WireMessage }
  | { readonly author: 'consultant'; readonly text: string; readonly language?: string; readonly file?: AttachedFile }
  /** Said about a consultant: who has joined. */
  | { readonly author: 'notice'; readonly blocks: readonly Block[]; readonly language: string }
  | { readonly author: 'visitor'; readonly text: string }
);

/** What the browser posts. */
export type WireBody =
  | { readonly kind: 'arrival'; readonly locale?: string }
  | { readonly kind: 'text'; readonly id: string; readonly text: string; readonly locale?: string }
  | { readonly kind: 'choice'; readonly id: string; readonly ids: readonly string[]; readonly locale?: string };

/** The longest message, in characters (code points). */
export const textLimit = 2000;
