import type { Answers } from '../knowledge/questionnaire.ts';
import type { Language, Script } from '../message.ts';
import type { Consultant } from './event.ts';

/** A questionnaire under way. `path` lists the steps answered so far, in the order they were asked. */
export interface Asking {
  readonly at: 'asking';
  readonly questionnaire: string;
  /** The step being asked; `summary` when the answers are shown for checking; `done` after the result. */
  readonly step: string;
  readonly path: readonly string[];
  readonly answers: Answers;
}

/** What one conversation is doing. */
export type Activity =
  | { readonly at: 'idle' }
  /** The visitor was asked which of these choices is meant. `asking`: the questionnaire to go back to. */
  | { readonly at: 'choosing'; readonly options: readonly string[]; readonly until: number; readonly asking?: Asking }
  | Asking
  | { readonly at: 'waiting'; readonly case: string }
  | { readonly at: 'with-consultant'; readonly case: string; readonly consultant: Consultant };

/** The state of one conversation. A plain value, stored as JSON; `version` is raised when its shape changes. */
export interface State {
  readonly version: 1;
  readonly language: Language;
  readonly script: Script;
  /** True once the visitor chose the language; then what they write no longer changes it. */
  readonly languageChosen: boolean;
  readonly activity: Activity;
  /** A questionnaire that was left and can be resumed. */
  readonly paused?: Asking;
  /** Messages in a row that could not be answered. */
  readonly misses: number;
  /** The entry last spoken about. */
  readonly topic?: string;
  /** The choices shown last, in order; a number that the visitor writes means one of these until `until`. */
  readonly menu?: { readonly choices: readonly string[]; readonly labels: readonly string[]; readonly until: number };
}
