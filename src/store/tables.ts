import type { Generated } from 'kysely';
import type { Author, Case, LineStatus } from '../ports.ts';

/** The tables. Times are ms since 1970; `state`, `event` and `message` hold JSON. */
export interface Tables {
  conversations: {
    id: string;
    state: string | null;
    /** `bot`, or the id of the consultant who holds the case. */
    owner: string;
    /** The last position given to a line. */
    positions: number;
    updated_at: number;
    /** What the channel needs in order to reply; understood by the channel only. */
    place: string | null;
  };
  lines: {
    id: Generated<number>;
    conversation: string;
    key: string;
    at: number;
    author: Author;
    text: string;
    message: string | null;
    status: LineStatus;
    position: number | null;
    reason: string | null;
    /** The consultant's own message, which is to be marked when this line is settled, and the case it belongs to. */
    origin: string | null;
    case_id: string | null;
  };
  events: { id: Generated<number>; conversation: string; key: string; at: number; event: string };
  outbox: {
    id: Generated<number>;
    conversation: string;
    line: number;
    author: 'bot' | 'consultant';
    message: string;
    key: string;
    attempts: number;
    /** Not to be claimed before: the time it is due, or the end of its lease. */
    ready_at: number;
    leased_until: number;
    place: string | null;
    /** JSON: what is for the desk rather than for a visitor. */
    desk: string | null;
  };
  timers: { conversation: string; name: string; at: number };
  cases: {
    id: string;
    conversation: string;
    status: Case['status'];
    reason: Case['reason'];
    question: string;
    details: string;
    /** Name, contact and domain of the visitor, for the search. */
    visitor: string;
    opened_at: number;
    updated_at: number;
    consultant: string | null;
    consultant_name: string | null;
    paged: number;
    waiting_since: number | null;
    snoozed_until: number | null;
    helpful: number | null;
  };
  /** What happened in the cases of a conversation, in order; `item` is JSON, `key` that of the event that caused it. */
  journal: { id: Generated<number>; conversation: string; case_id: string; key: string; at: number; item: string };
  /** Numbers that only grow. */
  counters: { name: string; value: number };
  files: { id: string; conversation: string; name: string; type: string; size: number; content: Uint8Array };
  feedback: { conversation: string; entry: string; helpful: number; at: number };
  seen: { key: string; at: number };
  /** What channels keep for themselves; a note under the id of a conversation is erased with it. */
  notes: { key: string; note: string };
}
