import type { Postings } from './postings.ts';
import type { Vector } from './vector.ts';

/**
 * The pairs of vectors (later one first) whose cosine is at least `least`. Exact: of each vector only the rarest
 * features are looked up, so many that what is left of it is too short to reach `least` alone (prefix filtering).
 */
export function nearPairs(
  { starts, rowOf }: Postings,
  vectors: readonly Vector[],
  least: number,
): readonly (readonly [number, number, number])[] {
  const pairs: [number, number, number][] = [];
  const frequency = (feature: number) => starts[feature + 1]! - starts[feature]!;
  vectors.forEach((vector, row) => {
    const seen = new Set<number>();
    const order = Array.from(vector.features, (_, at) => at).sort(
      (one, other) => frequency(vector.features[one]!) - frequency(vector.features[other]!),
    );
    let rest = Array.from(vector.weights).reduce((sum, weight) => sum + weight ** 2, 0);
    for (const at of order) {
      // Rounding must not lose a pair.
      if (rest < least ** 2 - 1e-9) break;
      rest -= vector.weights[at]! ** 2;
      const feature = vector.features[at]!;
      for (let place = starts[feature]!; place < starts[feature + 1]!; place++) {
        const other = rowOf[place]!;
        if (other < row) seen.add(other);
      }
    }
    const weightOf =
      seen.size > 0 ? new Map(Array.from(vector.features, (f, at) => [f, vector.weights[at]!])) : undefined;
    for (const other of seen) {
      const cosine = dot(weightOf!, vectors[other]!);
      if (cosine >= least) pairs.push([row, other, cosine]);
    }
  });
  return pairs;
}

function dot(weightOf: ReadonlyMap<number, number>, { features, weights }: Vector): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += (weightOf.get(features[at]!) ?? 0) * weights[at]!;
  return sum;
}
