import type { Scorer } from './build-index.ts';
import { dots } from './postings.ts';
import type { Vector } from './vector.ts';

/** Share of the nearest question in the score; the rest is the centroid's. */
const nearestShare = 0.4;

/** The scores of a text: for each entry, and for each the cosine with its nearest question. */
export interface Scores {
  readonly byEntry: Float64Array;
  readonly nearest: Float64Array;
}

/**
 * Scores a vector against every entry: 0.4 * cosine with its nearest question + 0.6 * cosine with its centroid, which
 * is the sum of the cosines with all its questions over the length of their sum.
 * `without`: the number of a question that is left out, as if the knowledge did not have it.
 */
export function score(scorer: Scorer, vector: Vector, without = -1): Scores {
  const { questions, entryOf, sumLength } = scorer;
  const nearest = new Float64Array(sumLength.length);
  const sums = new Float64Array(sumLength.length);
  const cosines = dots(questions, vector);
  for (let question = 0; question < cosines.length; question++) {
    const cosine = cosines[question] ?? 0;
    const entry = entryOf[question] ?? 0;
    sums[entry] = (sums[entry] ?? 0) + cosine;
    if (cosine > (nearest[entry] ?? 0) && question !== without) nearest[entry] = cosine;
  }
  const own = without < 0 ? -1 : (entryOf[without] ?? -1);
  const byEntry = sums.map((sum, entry) => {
    const length = sumLength[entry] ?? 1;
    const centrality = entry === own ? withoutOne(sum, length) : sum / length;
    return nearestShare * (nearest[entry] ?? 0) + (1 - nearestShare) * centrality;
  });
  return { byEntry, nearest };
}

/** The cosine with a centroid from which the vector itself (of unit length) was taken away. */
function withoutOne(sum: number, length: number): number {
  const rest = length * length - 2 * sum + 1;
  return rest > 1e-6 ? Math.max(0, (sum - 1) / Math.sqrt(rest)) : 0;
}
