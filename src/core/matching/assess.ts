import { coverage } from './coverage.ts';
import { manyLearnt } from './head.ts';
import { type Scorer, type Scores, score } from './scorer.ts';
import type { Vector } from './vector.ts';

/** A text held against all entries. */
export interface Assessment {
  readonly scores: Scores;
  /** The entries that can answer, best first: as many as are worth naming. */
  readonly ranked: readonly number[];
  /** The best of all that answers nothing (a topic out of scope), or -1. */
  readonly outside: number;
  /** How much speaks for the first; the confidence is computed from it. */
  readonly strength: number;
}

/** At most this many candidates are ranked. */
const ranks = 6;

/**
 * What the strength is made of, beside the score without the head: how much of the text the entry speaks of, the head's
 * log odds for it, and its probability of the topics out of scope. A sum with fixed shares rather than a fitted one:
 * fitted to held-out questions, which are all near to the subject, it no longer notices texts about something else. A
 * head that learnt from many questions deserves more trust.
 */
const shares = { coverage: 0.15, logit: { few: 0.04, many: 0.06 }, outside: 0.2 };

/** A probability is not taken to be nearer to 0 or 1 than this. */
const doubt = 0.002;

/** Scores a text. The first `answering` entries can answer, those after them are topics out of scope. */
export function assess(scorer: Scorer, answering: number, vector: Vector, sure?: number): Assessment {
  const scores = score(scorer, vector);
  const { byEntry, lexical, probability } = scores;
  const ranked = best(byEntry, 0, answering, ranks, sure);
  const [outside = -1] = best(byEntry, answering, byEntry.length, 1);
  const [first = -1] = ranked;
  if (first < 0) return { scores, ranked, outside, strength: 0 };
  const strength =
    lexical[first]! +
    shares.coverage * coverage(scorer, vector, first) +
    (probability
      ? (scorer.entryOf.length < manyLearnt ? shares.logit.few : shares.logit.many) * logit(probability[first]!) -
        shares.outside * probability.slice(answering).reduce((sum, p) => sum + p, 0)
      : 0);
  return { scores, ranked, outside, strength };
}

/** The places of the highest scores from `from` up to `to`, best first; `sure` comes before all others. */
function best(scores: Float64Array, from: number, to: number, count: number, sure?: number): readonly number[] {
  const found: number[] = sure === undefined ? [] : [sure];
  const fixed = found.length;
  for (let at = from; at < to; at++) {
    if (at === sure) continue;
    let place = found.length;
    while (place > fixed && scores[found[place - 1]!]! < scores[at]!) place--;
    if (place >= count) continue;
    found.splice(place, 0, at);
    if (found.length > count) found.pop();
  }
  return found;
}

function logit(probability: number): number {
  const p = Math.min(1 - doubt, Math.max(doubt, probability));
  return Math.log(p / (1 - p));
}
