import type { CaseReason, Effect } from './core/conversation/effect.ts';
import type { Media } from './core/conversation/event.ts';
import type { State } from './core/conversation/state.ts';
import type { Outgoing } from './core/message.ts';

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
    | { readonly kind: 'attachment'; readonly media: Media; readonly name?: string };
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

/** Who wrote a line of the transcript. */
export type Author = 'visitor' | 'bot' | 'consultant';

/** Where a line stands on its way: visitor lines are `shown` at once, others when they are settled. */
export type LineStatus = 'pending' | 'shown' | 'failed' | 'uncertain' | 'discarded';

/** A line of the transcript. */
export interface Line {
  readonly id: number;
  readonly conversation: ConversationId;
  readonly at: number;
  readonly author: Author;
  /** Plain words of a visitor or a consultant; the Markdown of the bot. */
  readonly text: string;
  readonly status: LineStatus;
  /** Counts up within a conversation as lines become `shown`; the cursor of `transcript`. */
  readonly position: number | null;
  /** Present on every line that the bot or a consultant said. */
  readonly message?: Outgoing;
  /** The dedupe key of the event that caused this line. */
  readonly key: string;
}

/** A message on its way out: an outbox row, claimed. */
export interface Delivery {
  readonly id: number;
  readonly conversation: ConversationId;
  readonly author: 'bot' | 'consultant';
  readonly message: Outgoing;
  /** Attempts made before this one. */
  readonly attempts: number;
  /** The same for every attempt; usable as an idempotency or look-up key at the platform. */
  readonly key: string;
  /** The place of the message that this answers, or the last one of the conversation. */
  readonly place?: string;
}

/** Where a channel last met a conversation. */
export interface Whereabouts {
  readonly conversation: ConversationId;
  readonly place: string;
  /** When something last happened there, ms since 1970. */
  readonly at: number;
}

/** How a delivery ended. `later`: it stays in the outbox until `at`. */
export type Settlement =
  | { readonly as: 'sent' }
  | { readonly as: 'discarded' }
  | { readonly as: 'failed' | 'uncertain'; readonly reason: string }
  | { readonly as: 'later'; readonly at: number; readonly reason: string };

/** A timer that is due. */
export interface Timer {
  readonly conversation: ConversationId;
  readonly name: string;
  readonly at: number;
}

/** A stored handoff. */
export interface Case {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly status: 'waiting' | 'claimed' | 'resolved' | 'withdrawn';
  readonly reason: CaseReason;
  readonly question: string;
  readonly openedAt: number;
  readonly consultant: string | null;
}

/** What one event does to a conversation; it commits as a whole or not at all. */
export interface Commit {
  readonly state: State;
  /** The visitor's own line; absent for timers and arrivals. */
  readonly line?: { readonly author: 'visitor' | 'consultant'; readonly text: string };
  /** The event with its facts, stored for explanation and replay. */
  readonly event: unknown;
  readonly effects: readonly Effect[];
  /** The place of the message, kept with the conversation. */
  readonly place?: string;
  /** See `Incoming.heldUntil`. */
  readonly heldUntil?: number;
}

/** What is known of a conversation when an event is applied to it. */
export interface Loaded {
  /** Undefined for a new conversation. */
  readonly state: State | undefined;
}

/** One event of a visitor, for `report`: `event` is what was stored with the transcript. */
export interface Asked {
  readonly at: number;
  readonly conversation: ConversationId;
  readonly event: unknown;
}

/** How often visitors found an entry's answer helpful. */
export interface Feedback {
  readonly entry: string;
  readonly helpful: number;
  readonly unhelpful: number;
}

/** Numbers for `/metrics`, `/readyz` and `report`. */
export interface Counts {
  readonly outbox: number;
  readonly oldestOutboxAt: number | null;
  readonly timers: number;
  readonly waitingCases: number;
}

/** The one store. Every method rejects with a plain sentence when the database cannot do its work. */
export interface Store {
  /**
   * Applies one event to one conversation, exactly once for its key, one at a time per conversation (also between
   * processes). `work` is synchronous, may be run again, and what it throws rolls everything back and is passed on.
   */
  transact(
    event: { readonly key: string; readonly conversation: ConversationId; readonly at: number },
    work: (loaded: Loaded) => Commit,
  ): Promise<'applied' | 'seen'>;
  /** Leases the due head of up to `limit` lanes (one lane a conversation) for `lease` ms. */
  claim(now: number, limit: number, lease: number): Promise<readonly Delivery[]>;
  /** True while the bot may speak in this conversation (no consultant holds it). */
  botOwns(conversation: ConversationId): Promise<boolean>;
  settle(delivery: Pick<Delivery, 'id' | 'conversation'>, settlement: Settlement, now: number): Promise<void>;
  /**
   * Everything that waits in one conversation, oldest first, due or not, leased for `lease` ms unless it is held for so
   * long anyway. `held`: beyond a message that the caller has claimed. Undefined while somebody else is carrying one.
   */
  fetch(
    conversation: ConversationId,
    now: number,
    lease: number,
    held?: number,
  ): Promise<readonly Delivery[] | undefined>;
  /** Settles fetched messages as sent and keeps a note (see `keep`), in one commit. */
  hand(conversation: ConversationId, ids: readonly number[], note: string): Promise<void>;
  /** Says otherwise of lines that were shown: the platform reports that they did not arrive after all. */
  mark(conversation: ConversationId, lines: readonly number[], as: 'failed', reason: string): Promise<void>;
  /** What a channel noted under a key: its own, or a conversation's, which is erased with the conversation. */
  recall(key: string): Promise<string | undefined>;
  keep(key: string, note: string): Promise<void>;
  /** Earliest moment at which `claim` or `dueTimers` may find something, or null. */
  nextDue(): Promise<{ readonly outbox: number | null; readonly timers: number | null }>;
  /** Timers due at `now`; each stays until an event with the key `timerKey` is applied or it is set anew. */
  dueTimers(now: number, limit: number): Promise<readonly Timer[]>;
  /** Shown lines after a position, oldest first. */
  transcript(conversation: ConversationId, after: number, limit: number): Promise<readonly Line[]>;
  cases(status: Case['status'], limit: number): Promise<readonly Case[]>;
  /** The state of a conversation, to look at; undefined when there is none yet. */
  load(conversation: ConversationId): Promise<State | undefined>;
  /** The place kept with a conversation. */
  placeOf(conversation: ConversationId): Promise<string | undefined>;
  /** Keeps a place with a conversation without an event; creates the conversation where there is none. */
  setPlace(conversation: ConversationId, place: string, at: number): Promise<void>;
  /** Conversations whose id begins with `<prefix>:` in which something happened since a moment (ms), the latest first. */
  recent(prefix: string, since: number, limit: number): Promise<readonly Whereabouts[]>;
  /** What visitors said since a moment (ms), with the event that was made of it, oldest first. */
  asked(since: number, limit: number): Promise<readonly Asked[]>;
  /** Verdicts of visitors on answers since a moment (ms). */
  feedback(since: number): Promise<readonly Feedback[]>;
  counts(): Promise<Counts>;
  /** Removes seen keys older than `before` (ms since 1970). */
  sweep(before: number): Promise<void>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The line of the transcript that a message on its way out will be. */
export function lineOfKey(key: Delivery['key']): number {
  return Number(key.slice(key.lastIndexOf('#') + 1));
}

/** The dedupe key of a due timer's event. */
export function timerKey(timer: Timer): string {
  return `timer:${timer.conversation}:${timer.name}:${timer.at}`;
}
