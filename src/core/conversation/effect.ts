import type { Answers } from '../knowledge/questionnaire.ts';
import type { Outgoing } from '../message.ts';
import type { Consultant } from './event.ts';

/** Why a case was opened. */
export type CaseReason = 'asked' | 'entry' | 'questionnaire' | 'misses' | 'feedback';

/** A handoff as it is opened: what a consultant must know without asking again. */
export interface NewCase {
  readonly id: string;
  readonly reason: CaseReason;
  /** The visitor's last question, as written. */
  readonly question: string;
  /** The entry last spoken about. */
  readonly topic?: string;
  readonly questionnaire?: { readonly id: string; readonly answers: Answers };
}

/** Something to be done, as data. The app turns it into rows that commit together with the state. */
export type Effect =
  | { readonly type: 'say'; readonly message: Outgoing }
  /** The words of a consultant, or a notice about one: carried to the visitor also while a consultant holds the case. */
  | { readonly type: 'relay'; readonly consultant: Consultant; readonly message: Outgoing }
  | { readonly type: 'set-timer'; readonly name: string; readonly at: number }
  | { readonly type: 'clear-timer'; readonly name: string }
  | { readonly type: 'open-case'; readonly case: NewCase }
  | {
      readonly type: 'update-case';
      readonly case: string;
      readonly status: 'waiting' | 'claimed' | 'resolved' | 'withdrawn';
      readonly consultant?: Consultant;
    }
  /** A claim that came too late: the consultant is told who holds the case. */
  | { readonly type: 'claim-refused'; readonly case: string; readonly to: Consultant; readonly holder: Consultant }
  | { readonly type: 'feedback'; readonly entry: string; readonly helpful: boolean }
  /** Erase everything kept about this conversation: transcript, cases, timers, undelivered messages. */
  | { readonly type: 'forget' };
