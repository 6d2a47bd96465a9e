import type { Scorer } from './build-index.ts';
import type { Vector } from './vector.ts';

/**
 * How much of what a text says an entry speaks of: the share (0..1) of the squared weight of its words that stand in a
 * question of the entry. `without`: the number of a question that is left out.
 */
export function coverage(scorer: Scorer, vector: Vector, entry: number, without = -1): number {
  const { isWord } = scorer.features;
  const { features, weights, words } = vector;
  let covered = 0;
  for (let at = 0; at < features.length; at++) {
    const feature = features[at] ?? 0;
    if (isWord[feature] === 1 && speaksOf(scorer, entry, feature, without)) covered += (weights[at] ?? 0) ** 2;
  }
  return words > 0 ? Math.min(1, covered / words) : 0;
}

/** Whether the entry has the feature: a binary search in its posting list, which is in the order of the questions. */
function speaksOf({ questions, starts }: Scorer, entry: number, feature: number, without: number): boolean {
  const from = starts[entry] ?? 0;
  const end = starts[entry + 1] ?? 0;
  const last = questions.starts[feature + 1] ?? 0;
  let low = questions.starts[feature] ?? 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((questions.rowOf[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  if (low < last && questions.rowOf[low] === without) low++;
  return low < last && (questions.rowOf[low] ?? end) < end;
}
