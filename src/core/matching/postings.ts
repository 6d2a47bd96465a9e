import type { Matrix, Vector } from './vector.ts';

/** Posting lists of many sparse vectors, flat: the rows of feature f are at `starts[f]` to `starts[f + 1]`. */
export interface Postings {
  readonly rows: number;
  readonly starts: Int32Array;
  /** As small as the number of rows allows. */
  readonly rowOf: Uint16Array | Int32Array;
  /** In half precision, as the weights of the head. */
  readonly weightOf: Float16Array;
}

/** Builds the posting lists of some rows of a matrix over `size` features; they are numbered anew, in their order. */
export function buildPostings(matrix: Matrix, rows: Int32Array, size: number): Postings {
  const starts = new Int32Array(size + 1);
  for (const row of rows) {
    for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) starts[matrix.features[at]! + 1]!++;
  }
  for (let at = 0; at < size; at++) starts[at + 1]! += starts[at]!;
  const Rows = rows.length <= 2 ** 16 ? Uint16Array : Int32Array;
  const rowOf = new Rows(starts[size]!);
  const weightOf = new Float16Array(starts[size]!);
  const next = starts.slice();
  rows.forEach((row, position) => {
    for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) {
      const place = next[matrix.features[at]!]!++;
      rowOf[place] = position;
      weightOf[place] = matrix.weights[at]!;
    }
  });
  return { rows: rows.length, starts, rowOf, weightOf };
}

/** Dot products of a vector with every row. */
export function dots({ rows, starts, rowOf, weightOf }: Postings, { features, weights }: Vector): Float32Array {
  const sums = new Float32Array(rows);
  for (let at = 0; at < features.length; at++) {
    const weight = weights[at]!;
    const end = starts[features[at]! + 1]!;
    for (let place = starts[features[at]!]!; place < end; place++) sums[rowOf[place]!]! += weight * weightOf[place]!;
  }
  return sums;
}
