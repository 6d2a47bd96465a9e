import type { Scorer } from './build-index.ts';
import { dots } from './postings.ts';
import type { Vector } from './vector.ts';

/** Share of the nearest question in the score; the rest is the centroid's. */
export const nearestShare = 0.4;

/** The scores of a text: for each entry, and the cosine with the nearest question of all. */
export interface Scores {
  readonly byEntry: Float64Array;
  readonly nearest: number;
}

/**
 * Scores a vector against every entry: 0.4 * cosine with its nearest question + 0.6 * cosine with its centroid.
 * `without`: the number of a question that is left out, as if the knowledge did not have it.
 */
export function score(scorer: Scorer, vector: Vector, without = -1): Scores {
  const { questions, centroids, entryOf, sumLength } = scorer;
  const near = new Float64Array(sumLength.length);
  const cosines = dots(questions, vector);
  let nearest = 0;
  for (let question = 0; question < cosines.length; question++) {
    const cosine = cosines[question] ?? 0;
    const entry = entryOf[question] ?? 0;
    if (question === without || cosine <= (near[entry] ?? 0)) continue;
    near[entry] = cosine;
    if (cosine > nearest) nearest = cosine;
  }
  const central = dots(centroids, vector);
  const own = without < 0 ? -1 : (entryOf[without] ?? -1);
  const byEntry = near.map((cosine, entry) => {
    const centroid = central[entry] ?? 0;
    const centrality = entry === own ? withoutOne(centroid, sumLength[entry] ?? 1) : centroid;
    return nearestShare * cosine + (1 - nearestShare) * centrality;
  });
  return { byEntry, nearest };
}

/** The cosine with a centroid from which the vector itself (of unit length) was taken away. */
function withoutOne(cosine: number, length: number): number {
  const dot = cosine * length - 1;
  const rest = length * length - 2 * cosine * length + 1;
  return rest > 1e-9 ? Math.max(0, dot / Math.sqrt(rest)) : 0;
}
