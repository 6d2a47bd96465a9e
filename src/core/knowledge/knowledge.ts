import type { Concept } from '../matching/lexicon.ts';
import type { Language } from '../message.ts';
import type { Entry } from './entry.ts';
import type { Hours } from './hours.ts';
import type { OutOfScopeTopic } from './out-of-scope.ts';
import type { Phrases } from './phrases.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { SavedReply } from './reply.ts';

/** Everything the bot knows and says, checked and in memory. */
export interface Knowledge {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Topics that no entry answers, by id. */
  readonly outOfScope: ReadonlyMap<string, OutOfScopeTopic>;
  /** Words that mean the same, by concept. */
  readonly concepts: Readonly<Record<string, Concept>>;
  readonly questionnaires: ReadonlyMap<string, Questionnaire>;
  readonly phrases: Readonly<Record<Language, Phrases>>;
  /** When consultants work; absent: nothing is promised. */
  readonly hours?: Hours;
  readonly replies?: readonly SavedReply[];
}
