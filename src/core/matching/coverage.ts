import type { Scorer } from './scorer.ts';
import type { Vector } from './vector.ts';

/**
 * How much of what a text says an entry speaks of: the share (0..1) of the squared weight of its words that stand in a
 * question of the entry.
 */
export function coverage(scorer: Scorer, vector: Vector, entry: number): number {
  const { isWord } = scorer.features;
  const { features, weights, words } = vector;
  let covered = 0;
  for (let at = 0; at < features.length; at++) {
    const feature = features[at]!;
    if (isWord[feature] === 1 && speaksOf(scorer, entry, feature)) covered += weights[at]! ** 2;
  }
  return words > 0 ? Math.min(1, covered / words) : 0;
}

/** Whether the entry has the feature: a binary search in its posting list, which is in the order of the questions. */
function speaksOf({ questions, starts }: Scorer, entry: number, feature: number): boolean {
  const last = questions.starts[feature + 1]!;
  let low = questions.starts[feature]!;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (questions.rowOf[middle]! < starts[entry]!) low = middle + 1;
    else high = middle;
  }
  return low < last && questions.rowOf[low]! < starts[entry + 1]!;
}
