import type { Features, Matrix, Vector } from './vector.ts';

/** A softmax regression from features to entries: what tells entries apart, learnt from all their questions at once. */
export interface Head {
  readonly classes: number;
  /** The row of each feature; -1 for those that it does not look at. */
  readonly rowOf: Int32Array;
  /** Row by row, one weight a class; in half precision, which is enough and takes half the memory. */
  readonly weights: Float16Array;
}

/** A head that still learns: in steps too small for half precision. */
type Learner = Omit<Head, 'weights'> & { readonly weights: Float32Array };

/** Rounds over all questions: fewer where there are many. */
const rounds = { many: 2, few: 8 };

/** From here on there are many questions. */
export const manyLearnt = 4_000;

/** Rate of the first round; the one of round n is this over n. */
const firstRate = 8;

/** A class whose probability is this near to what it should be is left as it is. */
const negligible = 0.01;

/** More weights than this (2 bytes each) are not worth their memory: then the nearest questions have to do. */
const mostWeights = 8_000_000;

/** So many topics out of scope are one class: that a text is about one of them is enough to know; classes cost time. */
const topicsOfClass = 2;

/** The class of each entry. The first `answering` have one each, of those after them, neighbours share one. */
export function classesOf(entries: number, answering: number): Int32Array {
  return Int32Array.from({ length: entries }, (_, entry) =>
    entry < answering ? entry : answering + Math.floor((entry - answering) / topicsOfClass),
  );
}

/**
 * Trains the head on some rows of a matrix, which are of these entries, each of a class. Undefined for knowledge of so
 * many entries that it would not fit.
 */
export function trainHead(
  features: Features,
  matrix: Matrix,
  rows: Int32Array,
  entryOf: Int32Array,
  classOf: Int32Array,
): Head | undefined {
  const classes = 1 + classOf.reduce((most, one) => Math.max(most, one), -1);
  const { rowOf, count } = rowsOf(features, matrix, rows);
  if (count * classes > mostWeights || count === 0) return undefined;
  const head: Learner = { classes, rowOf, weights: new Float32Array(count * classes) };
  const seen = project(rowOf, matrix, rows);
  const step: Step = {
    logits: new Float32Array(classes),
    classes: new Int32Array(classes),
    changes: new Float64Array(classes),
  };
  const last = rows.length < manyLearnt ? rounds.few : rounds.many;
  for (let round = 1; round <= last; round++) {
    const order = shuffled(seen.marks, round);
    for (const at of order) learn(head, seen, at, classOf[entryOf[at]!]!, firstRate / round, step);
  }
  return { ...head, weights: new Float16Array(head.weights) };
}

/** Numbers the features that two or more questions have. */
function rowsOf({ idf }: Features, matrix: Matrix, rows: Int32Array) {
  const times = new Int32Array(idf.length);
  for (const row of rows) {
    for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) times[matrix.features[at]!]!++;
  }
  let count = 0;
  const rowOf = times.map((time) => (time > 1 ? count++ : -1));
  return { rowOf, count };
}

/** The part of some rows that the head looks at, each of unit length; the features are rows of the head. */
function project(rowOf: Int32Array, matrix: Matrix, rows: Int32Array): Matrix {
  const starts = new Int32Array(rows.length + 1);
  const features = new Int32Array(matrix.features.length);
  const weights = new Float32Array(matrix.features.length);
  let size = 0;
  for (let position = 0; position < rows.length; position++) {
    let squares = 0;
    for (let at = matrix.starts[rows[position]!]!; at < matrix.starts[rows[position]! + 1]!; at++) {
      const own = rowOf[matrix.features[at]!]!;
      if (own < 0) continue;
      features[size] = own;
      weights[size++] = matrix.weights[at]!;
      squares += matrix.weights[at]! ** 2;
    }
    const length = Math.sqrt(squares) || 1;
    for (let at = starts[position]!; at < size; at++) weights[at]! /= length;
    starts[position + 1] = size;
  }
  return { starts, features, weights, marks: Uint32Array.from(rows, (row) => matrix.marks[row]!) };
}

/** What a step works with: the logits, and the classes that it changes, each with its change. */
interface Step {
  readonly logits: Float32Array;
  readonly classes: Int32Array;
  readonly changes: Float64Array;
}

/** One step of gradient descent on the cross entropy of one question. */
function learn(head: Learner, seen: Matrix, question: number, target: number, rate: number, step: Step): void {
  const { classes, weights } = head;
  const { logits, classes: changed, changes } = step;
  const from = seen.starts[question]!;
  const to = seen.starts[question + 1]!;
  logits.fill(0);
  addRows(head, seen, from, to, logits);
  softmax(logits);
  let size = 0;
  for (let one = 0; one < classes; one++) {
    const error = (one === target ? 1 : 0) - logits[one]!;
    if (error < negligible && error > -negligible) continue;
    changed[size] = one;
    changes[size++] = rate * error;
  }
  for (let at = from; at < to; at++) {
    const row = seen.features[at]! * classes;
    const weight = seen.weights[at]!;
    for (let one = 0; one < size; one++) weights[row + changed[one]!]! += changes[one]! * weight;
  }
}

type Sparse = Pick<Matrix, 'features' | 'weights'>;

/** Adds the rows of some features, four at a time: one after the other takes twice as long, and this is half the start. */
function addRows(
  { classes, weights: all }: Head | Learner,
  { features, weights }: Sparse,
  from: number,
  to: number,
  logits: Float32Array,
) {
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const [a, b, c, d] = [
      features[at]! * classes,
      features[at + 1]! * classes,
      features[at + 2]! * classes,
      features[at + 3]! * classes,
    ];
    const [p, q, r, s] = [weights[at]!, weights[at + 1]!, weights[at + 2]!, weights[at + 3]!];
    for (let one = 0; one < classes; one++) {
      logits[one]! += p * all[a + one]! + q * all[b + one]! + r * all[c + one]! + s * all[d + one]!;
    }
  }
  for (; at < to; at++) {
    const row = features[at]! * classes;
    for (let one = 0; one < classes; one++) logits[one]! += weights[at]! * all[row + one]!;
  }
}

function softmax(logits: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (let at = 0; at < logits.length; at++) {
    logits[at] = Math.exp(logits[at]! - most);
    sum += logits[at]!;
  }
  for (let at = 0; at < logits.length; at++) logits[at]! /= sum;
}

/** The probability of each class. */
export function probabilities(head: Head, { features, weights }: Vector): Float32Array {
  const seen = { features: new Int32Array(features.length), weights: new Float32Array(features.length) };
  let size = 0;
  let squares = 0;
  for (let at = 0; at < features.length; at++) {
    const row = head.rowOf[features[at]!]!;
    if (row < 0) continue;
    seen.features[size] = row;
    seen.weights[size++] = weights[at]!;
    squares += weights[at]! ** 2;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < size; at++) seen.weights[at]! /= length;
  const logits = new Float32Array(head.classes);
  addRows(head, seen, 0, size, logits);
  softmax(logits);
  return logits;
}

/** More questions than there ever are. */
const mostPlaces = 2 ** 20;

/** The places of the marks in an order that looks random, another one each round. */
function shuffled(marks: Uint32Array, round: number): Int32Array {
  const keys = Float64Array.from(marks, (mark, place) => {
    const mixed = Math.imul(mark ^ Math.imul(round, 0x85ebca6b), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 15)) >>> 0) * mostPlaces + place;
  });
  return Int32Array.from(keys.sort(), (key) => key % mostPlaces);
}
