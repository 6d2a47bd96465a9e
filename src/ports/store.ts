import type { DeskItem } from '../core/conversation/desk-item.ts';
import type { CaseFacts, CaseReason, Effect } from '../core/conversation/effect.ts';
import type { Consultant } from '../core/conversation/event.ts';
import type { State } from '../core/conversation/state.ts';
import type { AttachedFile, Outgoing } from '../core/message.ts';
import type { ConversationId, Delivery } from './channel.ts';

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

/** Where a channel last met a conversation. */
export interface Whereabouts {
  readonly conversation: ConversationId;
  readonly place: string;
  /** When something last happened there, ms since 1970. */
  readonly at: number;
}

/** How a delivery ended. `later`: it stays in the outbox until `at`; without a reason it only waits for its turn. */
export type Settlement =
  | { readonly as: 'sent' }
  | { readonly as: 'discarded' }
  | { readonly as: 'failed' | 'uncertain'; readonly reason: string }
  | { readonly as: 'later'; readonly at: number; readonly reason?: string };

/** A timer that is due. */
export interface Timer {
  readonly conversation: ConversationId;
  readonly name: string;
  readonly at: number;
}

/** A stored handoff. Times are ms since 1970. */
export interface Case {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly status: 'waiting' | 'claimed' | 'resolved' | 'withdrawn';
  readonly reason: CaseReason;
  readonly question: string;
  readonly facts: CaseFacts;
  readonly openedAt: number;
  readonly updatedAt: number;
  /** Who holds it, or held it last before it was closed. */
  readonly consultant: Consultant | null;
  /** False while the visitor is still being asked for details. */
  readonly paged: boolean;
  /** The first message of the visitor that nobody answered. */
  readonly waitingSince: number | null;
  readonly snoozedUntil: number | null;
  /** What the visitor thought of it at the end. */
  readonly helpful: boolean | null;
}

/** Which cases a desk wants to see. */
export interface CaseQuery {
  readonly show: 'unclaimed' | 'mine' | 'open' | 'closed' | 'all';
  /** Id of the consultant, for `mine`. */
  readonly consultant?: string;
  /** Words of the question, the transcript, the visitor's details or name: all must occur. */
  readonly search?: string;
  readonly limit: number;
  /** Only cases that were opened before (ms), for paging. */
  readonly before?: number;
}

/** An item of the journal of a conversation's cases. `id` grows. */
export interface JournalItem {
  readonly id: number;
  readonly case: string;
  readonly at: number;
  readonly item: DeskItem;
}

/** A line as a desk shows it: also what has not arrived (yet), with the reason and what the matcher made of it. */
export interface DeskLine extends Line {
  readonly reason?: string;
  /** The surface's own id of the consultant's message behind this line, the same as in the journal. */
  readonly origin?: string;
  /** The stored event behind a visitor's line. */
  readonly event?: unknown;
}

/** A stored file. */
export interface StoredFile extends AttachedFile {
  readonly conversation: ConversationId;
  readonly content: Uint8Array;
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
  /** Whether a claim that is called right after `transact` finds what that posts, and is committed with it. */
  readonly claimsAlong: boolean;
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
  /** One case; undefined when there is none (any more). */
  caseOf(id: string): Promise<Case | undefined>;
  /** Cases for a desk: those that wait longest first for `unclaimed` and `mine`, the latest first otherwise. */
  findCases(query: CaseQuery): Promise<readonly Case[]>;
  /** The last `limit` lines of a conversation, whatever became of them, oldest first. */
  deskLines(conversation: ConversationId, limit: number): Promise<readonly DeskLine[]>;
  /** The journal of a conversation's cases after an id, oldest first. */
  journal(conversation: ConversationId, after: number, limit: number): Promise<readonly JournalItem[]>;
  /** What the event with this key wrote into the journal. */
  journalOf(conversation: ConversationId, key: string): Promise<readonly JournalItem[]>;
  /** A number that grows with every change that a desk shows; the same on all replicas. */
  deskVersion(): Promise<number>;
  /** Keeps the content of a file for a conversation; it is erased with it. */
  keepFile(file: StoredFile): Promise<void>;
  file(id: string): Promise<StoredFile | undefined>;
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
