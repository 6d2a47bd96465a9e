import type { MatchableEntry } from '../../src/core/matching/build-index.ts';
import { normalize } from '../../src/core/matching/normalize.ts';
import type { Reply } from '../reply.ts';

/** The questions of an entry, normalised as for Wenda: the comparison is of matching, not of clean text. */
export function normalizedQuestions({ questions }: MatchableEntry): string[] {
  return [...questions.en, ...questions.zh].map(normalize);
}

/** A reply that is not decided yet, from scored documents or entries, best first: each entry once, with its best score. */
export function undecided(scored: readonly { readonly entry: string; readonly score: number }[]): Reply {
  const found = scored.filter(({ score }) => score > 0);
  const ranked = [...new Set(found.map(({ entry }) => entry))].slice(0, 5);
  return { answered: [], offered: [], ranked, confidence: found[0]?.score ?? 0 };
}
