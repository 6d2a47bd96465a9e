import type { Language } from '../message.ts';
import type { Entry } from './entry.ts';
import type { Phrases } from './phrases.ts';
import type { Questionnaire } from './questionnaire.ts';

/** Everything the bot knows and says, checked and in memory. */
export interface Knowledge {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly questionnaires: ReadonlyMap<string, Questionnaire>;
  readonly phrases: Readonly<Record<Language, Phrases>>;
}
