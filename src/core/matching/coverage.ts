import type { Vectors } from './vectors.ts';

/**
 * How much of a text an entry has words for: the share (0..1) of the squared weight of the text's words and Han pairs
 * that stand in any question of the entry. `total` is that weight with the words that no entry has; `without` leaves
 * one question out.
 */
export function coverage(
  vectors: Vectors,
  features: Uint32Array,
  weights: Float32Array,
  total: number,
  entry: number,
  without = -1,
): number {
  const from = vectors.entryStart[entry] ?? 0;
  const end = vectors.entryStart[entry + 1] ?? 0;
  let covered = 0;
  for (let at = 0; at < features.length; at++) {
    const feature = features[at] ?? 0;
    if (vectors.isWord[feature] === 1 && hasPosting(vectors, feature, from, end, without))
      covered += (weights[at] ?? 0) ** 2;
  }
  return total > 0 ? Math.min(covered / total, 1) : 0;
}

/** Whether a question from `from` up to `end` has the feature: a binary search in its posting list. */
function hasPosting(
  { postingStart, postingQuestion }: Vectors,
  feature: number,
  from: number,
  end: number,
  without: number,
): boolean {
  const last = postingStart[feature + 1] ?? 0;
  let low = postingStart[feature] ?? 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((postingQuestion[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  if (low < last && postingQuestion[low] === without) low++;
  return low < last && (postingQuestion[low] ?? end) < end;
}
