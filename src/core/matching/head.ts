import type { Features, Vector } from './vector.ts';

/** A softmax regression from features to entries: what tells entries apart, learnt from all their questions at once. */
export interface Head {
  readonly classes: number;
  /** The row of each feature; -1 for those that it does not look at. */
  readonly rowOf: Int32Array;
  /** Row by row, one weight a class. */
  readonly weights: Float32Array;
}

/** Rounds over all questions: fewer where there are many. */
const rounds = { many: 2, few: 4 };

/** From here on there are many questions. */
const many = 4_000;

/** Step of the first round; the one of round n is this over n. */
const step = 8;

/** A class whose probability is this near to what it should be is left as it is. */
const negligible = 0.01;

/** More weights than this (4 bytes each) are not worth their memory: then the nearest questions have to do. */
const mostWeights = 8_000_000;

/** Trigrams carry what shorter and longer pieces of a word carry, at a third of the time. */
const pieceLength = 3;

const han = /\p{Script=Han}/u;

/** Trains the head on vectors of known class. Undefined for knowledge of so many entries that it would not fit. */
export function trainHead(
  features: Features,
  vectors: readonly Vector[],
  classOf: Int32Array,
  classes: number,
): Head | undefined {
  const rowOf = rowsOf(features, vectors);
  const rows = rowOf.reduce((most, row) => Math.max(most, row + 1), 0);
  if (rows * classes > mostWeights || rows === 0) return undefined;
  const head = { classes, rowOf, weights: new Float32Array(rows * classes) };
  const samples = vectors.map((vector) => project(head, vector));
  const logits = new Float32Array(classes);
  const last = vectors.length < many ? rounds.few : rounds.many;
  for (let round = 1; round <= last; round++) {
    for (const at of shuffled(samples.length, round)) learn(head, samples[at]!, classOf[at]!, step / round, logits);
  }
  return head;
}

/** Numbers the features that two or more questions have: words, pairs of words, trigrams, Chinese. */
function rowsOf({ numbers, idf }: Features, vectors: readonly Vector[]): Int32Array {
  const count = new Int32Array(idf.length);
  for (const { features } of vectors) for (const feature of features) count[feature]!++;
  const rowOf = new Int32Array(idf.length).fill(-1);
  let rows = 0;
  for (const [name, number] of numbers) {
    const isLooked = name.length === pieceLength || /^[=#]/.test(name) || han.test(name);
    if (count[number]! > 1 && isLooked) rowOf[number] = rows++;
  }
  return rowOf;
}

interface Sample {
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

/** The part of a vector that the head looks at, of unit length. */
function project({ rowOf }: Pick<Head, 'rowOf'>, { features, weights }: Vector): Sample {
  const rows = new Int32Array(features.length);
  const own = new Float32Array(features.length);
  let size = 0;
  let squares = 0;
  for (let at = 0; at < features.length; at++) {
    const row = rowOf[features[at]!]!;
    if (row < 0) continue;
    rows[size] = row;
    own[size++] = weights[at]!;
    squares += weights[at]! ** 2;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < size; at++) own[at]! /= length;
  return { rows: rows.subarray(0, size), weights: own.subarray(0, size) };
}

/** One step of gradient descent on the cross entropy of one question. */
function learn({ classes, weights }: Head, sample: Sample, target: number, rate: number, logits: Float32Array): void {
  addLogits(classes, weights, sample, logits);
  softmax(logits);
  const { rows, weights: own } = sample;
  for (let one = 0; one < classes; one++) {
    const error = (one === target ? 1 : 0) - logits[one]!;
    if (error < negligible && error > -negligible) continue;
    for (let at = 0; at < rows.length; at++) weights[rows[at]! * classes + one]! += rate * error * own[at]!;
  }
}

function addLogits(classes: number, all: Float32Array, { rows, weights }: Sample, logits: Float32Array): void {
  logits.fill(0);
  for (let at = 0; at < rows.length; at++) {
    const from = rows[at]! * classes;
    const weight = weights[at]!;
    for (let one = 0; one < classes; one++) logits[one]! += weight * all[from + one]!;
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
export function probabilities(head: Head, vector: Vector): Float32Array {
  const logits = new Float32Array(head.classes);
  addLogits(head.classes, head.weights, project(head, vector), logits);
  softmax(logits);
  return logits;
}

/** The numbers below `size` in an order that looks random and is always the same (linear congruential, Fisher-Yates). */
function shuffled(size: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, at) => at);
  let state = seed;
  for (let at = size - 1; at > 0; at--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
