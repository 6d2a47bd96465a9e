import type { IndexOptions, MatchableEntry } from '../src/core/matching/build-index.ts';

/** What a visitor gets for a message, as far as it is measured. */
export interface Reply {
  /** The entries that it is answered with, in order. */
  readonly answered: readonly string[];
  /** The entries that are offered as choices, at most three. */
  readonly offered: readonly string[];
  /** The candidates, best first. */
  readonly ranked: readonly string[];
  /** How sure it is of the first candidate: 0..1 where it is a probability. */
  readonly confidence: number;
}

/** Replies to one message. */
export type Ask = (text: string) => Reply | Promise<Reply>;

/** What a matcher is built from. Only Wenda makes use of the options: topics out of scope, and the lexicon. */
export interface Corpus {
  readonly entries: readonly MatchableEntry[];
  readonly options?: IndexOptions;
}

/** A way to match messages: built, then asked. */
export interface Matcher {
  readonly name: string;
  readonly build: (corpus: Corpus) => Ask | Promise<Ask>;
}

/** How many choices a visitor is offered. */
export const offeredChoices = 3;
