import type { Answers } from '../knowledge/questionnaire.ts';
import type { Outgoing } from '../message.ts';
import type { DeskItem } from './desk-item.ts';
import type { Consultant } from './event.ts';

/** Why a case was opened. */
export type CaseReason = 'asked' | 'entry' | 'questionnaire' | 'misses' | 'feedback';

/** What the visitor was asked for before a consultant is called, and what they gave. */
export interface Details {
  /** How the visitor can be reached: an address or number, as written. */
  readonly contact?: string;
  /** The domain in question. */
  readonly domain?: string;
}

/** What a consultant must know without asking again. */
export interface CaseFacts extends Details {
  /** The visitor's name on their platform. */
  readonly name?: string;
  readonly language: Outgoing['language'];
  /** The entry last spoken about. */
  readonly topic?: string;
  /** What the matcher made of the question, best first. */
  readonly matches?: readonly { readonly entry: string; readonly confidence: number }[];
  readonly questionnaire?: { readonly id: string; readonly answers: Answers };
}

/** A handoff as it is opened. */
export interface NewCase {
  readonly id: string;
  readonly reason: CaseReason;
  /** The visitor's last question, as written. */
  readonly question: string;
  readonly facts: CaseFacts;
}

/** What changed in a case; absent fields stay. */
export interface CaseChange {
  readonly status?: 'waiting' | 'claimed' | 'resolved' | 'withdrawn';
  /** Null: nobody holds it. */
  readonly consultant?: Consultant | null;
  readonly facts?: CaseFacts;
  /** The consultants have been told of it. */
  readonly paged?: true;
  /** The first message of the visitor that nobody answered, ms since 1970; null: all are answered. */
  readonly waitingSince?: number | null;
  readonly snoozedUntil?: number | null;
  readonly helpful?: boolean;
}

/** Something to be done, as data. The app turns it into rows that commit together with the state. */
export type Effect =
  | { readonly type: 'say'; readonly message: Outgoing }
  /**
   * The words of a consultant, or a notice about one: carried to the visitor also while a consultant holds the case.
   * `origin`: the message that is to be marked when this is settled.
   */
  | {
      readonly type: 'relay';
      readonly consultant: Consultant;
      readonly message: Outgoing;
      readonly origin?: string;
    }
  /**
   * An earlier reply was changed, or taken back (`message` absent). What has not gone out yet is changed or dropped;
   * where it has, `notice` tells the visitor.
   */
  | {
      readonly type: 'amend';
      readonly consultant: Consultant;
      readonly origin: string;
      readonly message?: Outgoing;
      readonly notice: Outgoing;
    }
  | { readonly type: 'set-timer'; readonly name: string; readonly at: number }
  | { readonly type: 'clear-timer'; readonly name: string }
  | { readonly type: 'open-case'; readonly case: NewCase }
  | { readonly type: 'update-case'; readonly case: string; readonly change: CaseChange }
  /** Something for the journal of a case, shown at every desk. */
  | { readonly type: 'desk'; readonly case: string; readonly item: DeskItem }
  | { readonly type: 'feedback'; readonly entry: string; readonly helpful: boolean }
  /** Erase everything kept about this conversation: transcript, cases, timers, undelivered messages. */
  | { readonly type: 'forget' };
