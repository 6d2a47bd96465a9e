import type { Vector } from './vector.ts';

/** Posting lists of many sparse vectors, flat: the rows of feature f are at `starts[f]` to `starts[f + 1]`. */
export interface Postings {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly rowOf: Int32Array;
  readonly weightOf: Float32Array;
}

type Sparse = Pick<Vector, 'features' | 'weights'>;

/** Builds the posting lists of vectors over `features` features. */
export function buildPostings(vectors: readonly Sparse[], features: number): Postings {
  const starts = new Int32Array(features + 1);
  for (const vector of vectors) {
    for (const feature of vector.features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  }
  for (let at = 0; at < features; at++) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const total = starts[features] ?? 0;
  const rowOf = new Int32Array(total);
  const weightOf = new Float32Array(total);
  const next = starts.slice();
  vectors.forEach(({ features: own, weights }, row) => {
    for (let at = 0; at < own.length; at++) {
      const feature = own[at] ?? 0;
      const place = next[feature] ?? 0;
      next[feature] = place + 1;
      rowOf[place] = row;
      weightOf[place] = weights[at] ?? 0;
    }
  });
  return { rows: vectors.length, starts, rowOf, weightOf };
}

/** Dot products of a vector with every row. */
export function dots({ rows, starts, rowOf, weightOf }: Postings, { features, weights }: Sparse): Float32Array {
  const sums = new Float32Array(rows);
  for (let at = 0; at < features.length; at++) {
    const weight = weights[at] ?? 0;
    const feature = features[at] ?? 0;
    const end = starts[feature + 1] ?? 0;
    for (let place = starts[feature] ?? 0; place < end; place++) {
      const row = rowOf[place] ?? 0;
      sums[row] = (sums[row] ?? 0) + weight * (weightOf[place] ?? 0);
    }
  }
  return sums;
}
