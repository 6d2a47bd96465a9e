import type { Answers } from '../knowledge/questionnaire.ts';
import type { Language, Script } from '../message.ts';
import type { Details } from './effect.ts';
import type { Consultant } from './event.ts';

/** A questionnaire under way. Which step comes next follows from the answers (`route`). */
export interface Asking {
  readonly questionnaire: string;
  readonly answers: Answers;
  /** The step whose earlier answer is being changed. */
  readonly editing?: string;
}

/** What one conversation is doing. */
export type Activity =
  | { readonly at: 'idle' }
  /** The visitor was asked which of these choices is meant. `asking`: the questionnaire to go back to. */
  | { readonly at: 'choosing'; readonly options: readonly string[]; readonly until: number; readonly asking?: Asking }
  | { readonly at: 'asking'; readonly asking: Asking }
  /** A case waits for a consultant; the bot still answers what it knows, and may go on with a questionnaire. */
  | ({ readonly at: 'waiting'; readonly asking?: Asking } & Waiting)
  | ({ readonly at: 'with-consultant' } & Held);

/** The state of a conversation whose case waits. */
export type WaitingState = State & { readonly activity: Activity & { readonly at: 'waiting' } };

/** A case that waits. Times are ms since 1970. */
export interface Waiting {
  readonly case: string;
  /** What the visitor was asked for last, before a consultant is called. */
  readonly wanted?: 'contact' | 'domain';
  /** The consultants have been told. */
  readonly paged?: true;
  /** When the visitor began to wait. */
  readonly since?: number;
  /** The visitor has been told once that it takes longer. */
  readonly informed?: true;
  /** Until when nobody is to be reminded. */
  readonly snoozed?: number;
}

/** A case in a consultant's hands. Times are ms since 1970. */
export interface Held {
  readonly case: string;
  readonly consultant: Consultant;
  /** The first message of the visitor that the consultant has not answered. */
  readonly since?: number;
  /** A reply that was stopped with a warning; sent again it goes out. */
  readonly stopped?: string;
  /** The silent visitor was asked whether anything is still open. */
  readonly closing?: true;
  /** How often the silent consultant was reminded. */
  readonly reminded?: number;
  /** The visitor has been told once, while the case waited, that it takes longer. */
  readonly informed?: true;
  /** Until when nobody is to be reminded. */
  readonly snoozed?: number;
}

/** Something that a consultant wrote, to know what a later change of it means. */
export interface Written {
  readonly origin: string;
  readonly case: string;
  /** Id of the consultant. */
  readonly by: string;
  /** It stayed internal. */
  readonly note?: true;
}

/** A case that was closed. `at` in ms since 1970. */
export interface Closed {
  readonly case: string;
  readonly at: number;
  /** Who had it last. */
  readonly consultant?: Consultant;
  readonly rated?: true;
  /** What it was about, for when it is opened again. */
  readonly question?: string;
  readonly matched?: State['matched'];
  /** The visitor withdrew it: it is neither rated nor opened again. */
  readonly withdrawn?: true;
}

/** The choices shown last, in order; a number that the visitor writes means one of these until `until` (ms). */
export interface Menu {
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly multiple: boolean;
  readonly until: number;
}

/** The state of one conversation. A plain value, stored as JSON; `version` is raised when its shape changes. */
export interface State {
  readonly version: 1;
  readonly language: Language;
  readonly script: Script;
  /** True once the visitor chose the language; then what they write no longer changes it. */
  readonly languageChosen: boolean;
  readonly activity: Activity;
  /** A questionnaire that was left, or finished: it can be resumed or its answers changed. */
  readonly paused?: Asking;
  /** Messages in a row that could not be answered. */
  readonly misses: number;
  /** The entry last spoken about. */
  readonly topic?: string;
  /** The visitor's last question in their own words, for the case. */
  readonly question?: string;
  /** What the matcher made of that question, best first. */
  readonly matched?: readonly { readonly entry: string; readonly confidence: number }[];
  /** The visitor's name on their platform. */
  readonly name?: string;
  /** How the visitor can be reached and the domain they speak of, found in what they wrote. */
  readonly details?: Details;
  /** What was asked for already: never twice. */
  readonly askedFor?: readonly ('contact' | 'domain')[];
  /** The last case that was closed: it can be rated once, and opened again for a while. */
  readonly closed?: Closed;
  /** What the visitor wrote last in the open case, to tell what a consultant's reply is about. */
  readonly recent?: readonly string[];
  /** What consultants wrote last. */
  readonly written?: readonly Written[];
  readonly menu?: Menu;
}

/** The state of a conversation that has just begun. */
export function newState(language: Language, script: Script = 'simplified'): State {
  return { version: 1, language, script, languageChosen: false, activity: { at: 'idle' }, misses: 0 };
}

/** The questionnaire under way, whatever else goes on around it. */
export function askingOf(state: State): Asking | undefined {
  const { activity } = state;
  return 'asking' in activity ? activity.asking : undefined;
}

/** The same state with a questionnaire under way, or with none. */
export function withAsking(state: State, asking: Asking | undefined): State {
  const { activity } = state;
  if (activity.at === 'waiting') {
    const { asking: _, ...waiting } = activity;
    return { ...state, activity: { ...waiting, ...(asking && { asking }) } };
  }
  return { ...state, activity: asking ? { at: 'asking', asking } : { at: 'idle' } };
}

/** Back from choosing to what was going on before. */
export function settled(state: State): State {
  return state.activity.at === 'choosing' ? withAsking(state, state.activity.asking) : state;
}
