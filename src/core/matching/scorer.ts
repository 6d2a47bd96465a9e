import { type Head, probabilities, trainHead } from './head.ts';
import { buildPostings, dots, type Postings } from './postings.ts';
import type { Features, Matrix, Vector } from './vector.ts';

/** Everything that scores a question against the entries. */
export interface Scorer {
  readonly features: Features;
  /** One row a question of the knowledge, in the order of their entries. */
  readonly questions: Postings;
  /** Entry e has the questions from starts[e] up to starts[e + 1]. */
  readonly starts: Int32Array;
  /** The entry of each question. */
  readonly entryOf: Int32Array;
  /** Length of the sum of each entry's vectors (its centroid, but for the scale). */
  readonly sumLength: Float64Array;
  readonly head: Head | undefined;
  /** The class of each entry in the head: the entries that answer have one each, topics out of scope share some. */
  readonly classOf: Int32Array;
}

/** The scores of a text: for each entry, and for each the cosine with its nearest question. */
export interface Scores {
  readonly byEntry: Float64Array;
  /** The part of the score without the head. */
  readonly lexical: Float64Array;
  readonly nearest: Float64Array;
  /** What the head says of each class, 0..1; undefined without one. */
  readonly probability: Float32Array | undefined;
}

/** Shares of the three parts of a score: the nearest question, the centroid, and the head's probability. */
export const shares = { nearest: 0.24, centroid: 0.36, head: 0.3 };

/** Builds the scorer of some rows of a matrix, which are in the order of their entries. */
export function buildScorer(
  features: Features,
  matrix: Matrix,
  rows: Int32Array,
  entryOf: Int32Array,
  classOf: Int32Array,
  withHead: boolean,
): Scorer {
  const entries = classOf.length;
  const starts = new Int32Array(entries + 1);
  for (const entry of entryOf) starts[entry + 1]!++;
  for (let at = 0; at < entries; at++) starts[at + 1]! += starts[at]!;
  const sums = new Float64Array(features.idf.length);
  return {
    features,
    questions: buildPostings(matrix, rows, features.idf.length),
    starts,
    entryOf,
    sumLength: Float64Array.from({ length: entries }, (_, entry) =>
      lengthOfSum(matrix, rows.subarray(starts[entry], starts[entry + 1]), sums),
    ),
    head: withHead ? trainHead(features, matrix, rows, entryOf, classOf) : undefined,
    classOf,
  };
}

/**
 * Scores a vector against every entry by its nearest question, its centroid (the cosine with it is the sum of the
 * cosines with all its questions over the length of their sum) and the head.
 */
export function score({ questions, starts, sumLength, head, classOf }: Scorer, vector: Vector): Scores {
  const nearest = new Float64Array(sumLength.length);
  const sums = new Float64Array(sumLength.length);
  const cosines = dots(questions, vector);
  for (let entry = 0; entry < sums.length; entry++) {
    let sum = 0;
    let most = 0;
    for (let question = starts[entry]!; question < starts[entry + 1]!; question++) {
      sum += cosines[question]!;
      if (cosines[question]! > most) most = cosines[question]!;
    }
    sums[entry] = sum;
    nearest[entry] = most;
  }
  const probability = head && probabilities(head, vector);
  const lexical = sums.map(
    (sum, entry) => shares.nearest * nearest[entry]! + (shares.centroid * sum) / sumLength[entry]!,
  );
  const byEntry = probability
    ? lexical.map((own, entry) => own + shares.head * probability[classOf[entry]!]!)
    : lexical;
  return { byEntry, lexical, nearest, probability };
}

/** The length of the sum of some rows. `sums` is all zeros, before and after. */
function lengthOfSum({ starts, features, weights }: Matrix, rows: Int32Array, sums: Float64Array): number {
  let squares = 0;
  for (const row of rows) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const before = sums[features[at]!]!;
      const after = before + weights[at]!;
      squares += after * after - before * before;
      sums[features[at]!] = after;
    }
  }
  for (const row of rows) for (let at = starts[row]!; at < starts[row + 1]!; at++) sums[features[at]!] = 0;
  return Math.sqrt(squares) || 1;
}
