import { assess } from './assess.ts';
import type { MatchIndex } from './build-index.ts';
import { conceptsIn } from './lexicon.ts';
import { logistic } from './logistic.ts';
import { normalize } from './normalize.ts';
import { buildScorer } from './scorer.ts';
import { countFeatures, tokenize } from './tokenize.ts';
import { toMatrix, type Vector, vectorize } from './vector.ts';

/** What became of a question that was held out, with everything else that the index knows left in place. */
export interface HeldOut {
  /** The entry that the question belongs to, and the one that won (-1: none has a word of it), by places in the index. */
  readonly entry: number;
  readonly winner: number;
  readonly verdict: 'answer' | 'choose' | 'none';
  /** 0..1 */
  readonly confidence: number;
}

/** So many times a part of the questions is held out; more would come nearer to leaving out one, but take longer. */
const folds = 5;

/** The vectors of all questions, in the order of the entries: first the English ones, then the Chinese. */
export function questionVectors({ entries, scorer, lexicon }: MatchIndex): readonly Vector[] {
  return entries.flatMap(({ questions }) =>
    [...questions.en, ...questions.zh].map((text) => {
      const tokens = tokenize(normalize(text));
      return vectorize(scorer.features, countFeatures(tokens, lexicon && conceptsIn(lexicon, tokens)));
    }),
  );
}

/** Asks every question of a matcher that learnt all but a fifth of them, the question itself among that fifth. */
export function holdOutEach(index: MatchIndex, vectors: readonly Vector[]): readonly HeldOut[] {
  const { scorer, answering, calibration } = index;
  const matrix = toMatrix(vectors);
  const found: HeldOut[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const kept = Int32Array.from(vectors.keys()).filter((at) => at % folds !== fold);
    const rest = buildScorer(
      scorer.features,
      matrix,
      kept,
      kept.map((at) => scorer.entryOf[at]!),
      scorer.classOf,
      scorer.head !== undefined,
    );
    for (let at = fold; at < vectors.length; at += folds) {
      const { ranked, outside, strength, scores } = assess(rest, answering, vectors[at]!);
      const best = ranked[0] ?? -1;
      const first = scores.byEntry[best]! > 0 ? best : -1;
      const confidence = logistic(calibration, strength);
      const verdict =
        confidence >= calibration.answer ? 'answer' : confidence >= calibration.choose ? 'choose' : 'none';
      const isOutside = verdict === 'none' && outside >= 0 && scores.byEntry[outside]! > (scores.byEntry[first] ?? 0);
      found[at] = { entry: scorer.entryOf[at]!, winner: isOutside ? outside : first, verdict, confidence };
    }
  }
  return found;
}
