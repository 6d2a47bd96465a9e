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
  for (const vector of vectors) for (const feature of vector.features) starts[feature + 1]!++;
  for (let at = 0; at < features; at++) starts[at + 1]! += starts[at]!;
  const rowOf = new Int32Array(starts[features]!);
  const weightOf = new Float32Array(starts[features]!);
  const next = starts.slice();
  vectors.forEach(({ features: own, weights }, row) => {
    for (let at = 0; at < own.length; at++) {
      const place = next[own[at]!]!++;
      rowOf[place] = row;
      weightOf[place] = weights[at]!;
    }
  });
  return { rows: vectors.length, starts, rowOf, weightOf };
}

/** Dot products of a vector with every row. */
export function dots({ rows, starts, rowOf, weightOf }: Postings, { features, weights }: Sparse): Float32Array {
  const sums = new Float32Array(rows);
  for (let at = 0; at < features.length; at++) {
    const weight = weights[at]!;
    const end = starts[features[at]! + 1]!;
    for (let place = starts[features[at]!]!; place < end; place++) sums[rowOf[place]!]! += weight * weightOf[place]!;
  }
  return sums;
}
