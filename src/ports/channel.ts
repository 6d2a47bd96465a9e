import type { DeskItem } from '../core/conversation/desk-item.ts';
import type { Media } from '../core/conversation/event.ts';
import type { AttachedFile, Outgoing } from '../core/message.ts';

/** Milliseconds since 1970. Injected, so that tests can move time. */
export type Clock = () => number;

/** One conversation: `<channel>:<address>`; the address is understood by its channel only. */
export type ConversationId = string;

/** What a channel took from its platform, decoded. */
export interface Incoming {
  /** Unique for this platform event, the same on redelivery; begins with the channel's name. */
  readonly key: string;
  readonly conversation: ConversationId;
  /** When it happened, ms since 1970. */
  readonly at: number;
  /** The visitor's name on their platform, if known. */
  readonly name?: string;
  /** BCP 47 tag of the visitor's platform or browser, if known. */
  readonly locale?: string;
  /** What the channel needs in order to reply to this message; nobody else reads it. Deliveries bring it back. */
  readonly place?: string;
  /**
   * Set by a channel that fetches the replies itself (`Store.fetch`): until then (ms since 1970) nobody else carries
   * them out. What was kept for the conversation is due again then.
   */
  readonly heldUntil?: number;
  readonly body:
    | { readonly kind: 'arrival' }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'choice'; readonly ids: readonly string[] }
    | { readonly kind: 'attachment'; readonly media: Media; readonly name?: string; readonly file?: AttachedFile }
    /** The visitor changed an earlier message, or took it back (`text` absent), that is no longer to be answered anew. */
    | { readonly kind: 'edit'; readonly text?: string };
}

/**
 * Applies one incoming message. Resolves after the commit (`seen`: it had been applied before); rejects when nothing
 * was committed, and the platform must then deliver it again.
 */
export type Receive = (incoming: Incoming) => Promise<'applied' | 'seen'>;

/** Whether a channel can do its work; `detail` is one sentence for the operator. */
export interface Health {
  readonly ready: boolean;
  readonly detail: string;
}

/** A place where visitors talk. Three verbs and a light; everything else is data. */
export interface Channel {
  readonly name: string;
  start(receive: Receive): Promise<void>;
  /** Carries one message out; resolves when the platform took it, otherwise throws a `SendError`. */
  send(delivery: Delivery): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
  /** True where a visitor who left can still be reached there. */
  readonly reachable?: true;
  /** What may still be sent into a conversation, where the platform limits it. */
  allowance?(conversation: ConversationId): Promise<Allowance>;
}

/** How much a platform still takes for a visitor who does not write again: for the consultant's eyes. */
export interface Allowance {
  /** Messages that may still be sent. */
  readonly left: number;
  /** Until when (ms since 1970); null when nothing may be sent. */
  readonly until: number | null;
  /** What that means for a reply, in one sentence. */
  readonly detail: string;
}

/**
 * Why a message could not be carried out, in terms of what to do:
 * `retry`: later; `refused`: never; `uncertain`: the platform may have taken it and cannot be asked; `kept`: not before
 * the visitor writes again (see `Incoming.heldUntil`).
 */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly action: 'retry' | 'refused' | 'uncertain' | 'kept';
  /** Milliseconds to wait before the next attempt, when the platform says so. */
  readonly retryAfter: number | undefined;

  constructor(action: SendError['action'], message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.action = action;
    this.retryAfter = options.retryAfter;
  }
}

/** Something of a case's journal on its way to a desk that is a channel of its own (Slack). */
export interface DeskPost {
  /** The visitor's conversation. */
  readonly conversation: ConversationId;
  readonly case: string;
  readonly item: DeskItem;
}

/** A message on its way out: an outbox row, claimed. */
export interface Delivery {
  readonly id: number;
  readonly conversation: ConversationId;
  readonly author: 'bot' | 'consultant';
  readonly message: Outgoing;
  /** Present on what is for the consultants' desk rather than for a visitor. */
  readonly desk?: DeskPost;
  /** Attempts made before this one. */
  readonly attempts: number;
  /** The same for every attempt; usable as an idempotency or look-up key at the platform. */
  readonly key: string;
  /** The place of the message that this answers, or the last one of the conversation. */
  readonly place?: string;
}
