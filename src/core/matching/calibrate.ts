import type { Scorer } from './build-index.ts';
import { coverage } from './coverage.ts';
import { score } from './score.ts';
import type { Vector } from './vector.ts';

/** From scores to probabilities, and the probabilities at which the bot answers or asks. */
export interface Calibration {
  /** Weights of the logistic over `evidence`. */
  readonly weights: readonly number[];
  /** From here on: answer. */
  readonly answer: number;
  /** From here on: ask which one is meant. */
  readonly choose: number;
}

/** Questions left out at most; more do not move the weights but cost time at start. */
const sampleSize = 1_200;

/** Fewer samples than this say nothing: then `fallback` is used. */
const smallestSample = 40;

/** Share of messages assumed to be about something that no entry answers. */
const outOfScopeShare = 0.3;

/** Among questions that would be answered, this share must be right, out-of-scope ones included. */
const wantedPrecision = 0.9;

/** Of the questions whose entry was left out, at most this share may be answered (with another entry). */
const falseShare = 0.05;

/** This share of the questions that can be answered may be refused rather than asked about. */
const refusedShare = 0.1;

/** For knowledge too small to calibrate on: cautious: the score and the coverage have to be high. */
const fallback: Calibration = { weights: [-4, 6, 6, 2], answer: 0.6, choose: 0.25 };

/** What the probability is computed from: best score, its lead over the second, and how much of the text it covers. */
export function evidence(first: number, second: number, covered: number): readonly number[] {
  return [1, first, first - second, covered];
}

/** The probability that the best entry is right. */
export function confidence({ weights }: Calibration, found: readonly number[]): number {
  return 1 / (1 + Math.exp(-found.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
}

interface Sample {
  readonly evidence: readonly number[];
  readonly right: boolean;
  readonly inScope: boolean;
  readonly weight: number;
}

/**
 * Learns the calibration from the knowledge alone. Each question is left out and asked: right when its own entry wins.
 * Then its whole entry is left out: whatever wins is wrong, and near to the domain, the hard kind of out of scope.
 */
export function calibrate(scorer: Scorer, vectors: readonly Vector[]): Calibration {
  const samples = leaveOut(scorer, vectors);
  const right = samples.filter((sample) => sample.right).length;
  if (samples.length < smallestSample || right < samples.length / 10) return fallback;
  const weights = fitLogistic(samples);
  const rated = samples.map((sample) => ({ ...sample, p: confidence({ ...fallback, weights }, sample.evidence) }));
  const ordered = rated.toSorted((one, other) => other.p - one.p);
  let answered = 0;
  let correct = 0;
  let answer = 1;
  for (const { p, right: isRight, weight } of ordered) {
    answered += weight;
    if (isRight) correct += weight;
    if (correct / answered >= wantedPrecision) answer = p;
  }
  const ascending = (inScope: boolean) =>
    rated
      .filter((sample) => sample.inScope === inScope)
      .map(({ p }) => p)
      .toSorted((one, other) => one - other);
  const inScope = ascending(true);
  const outOfScope = ascending(false);
  answer = Math.max(answer, outOfScope[Math.floor(outOfScope.length * (1 - falseShare))] ?? 0);
  const choose = inScope[Math.floor(inScope.length * refusedShare)] ?? fallback.choose;
  return { weights, answer, choose: Math.min(choose, answer) };
}

function leaveOut(scorer: Scorer, vectors: readonly Vector[]): readonly Sample[] {
  const stride = Math.max(1, Math.floor(vectors.length / sampleSize));
  const samples: Sample[] = [];
  for (let question = 0; question < vectors.length; question += stride) {
    const vector = vectors[question];
    const own = scorer.entryOf[question] ?? 0;
    if (!vector) continue;
    const { byEntry } = score(scorer, vector, question);
    const [first, second] = bestTwo(byEntry, -1);
    const [other, next] = bestTwo(byEntry, own);
    const found = (best: number, after: number, forgotten: (feature: number) => boolean, left: number) => {
      const { scale, words } = forget(scorer, vector, forgotten);
      const covered = coverage(scorer, { ...vector, words }, best, left);
      return evidence((byEntry[best] ?? 0) * scale, (byEntry[after] ?? 0) * scale, covered);
    };
    const { starts } = scorer.questions;
    const onlyHere = (feature: number) => (starts[feature + 1] ?? 0) - (starts[feature] ?? 0) === 1;
    const onlyInEntry = (feature: number) => scorer.features.documents[feature] === 1;
    samples.push({
      evidence: found(first, second, onlyHere, question),
      right: first === own,
      inScope: true,
      weight: 1 - outOfScopeShare,
    });
    if (other >= 0)
      samples.push({
        evidence: found(other, next, onlyInEntry, -1),
        right: false,
        inScope: false,
        weight: outOfScopeShare,
      });
  }
  return samples;
}

/** What becomes of a vector when features that only the left-out questions have are unknown. */
function forget(
  { features: { idf, unknownIdf, isWord } }: Scorer,
  vector: Vector,
  forgotten: (feature: number) => boolean,
) {
  let squares = 0;
  let words = 0;
  for (let at = 0; at < vector.features.length; at++) {
    const feature = vector.features[at] ?? 0;
    const weight = (vector.weights[at] ?? 0) * (forgotten(feature) ? unknownIdf / (idf[feature] ?? 1) : 1);
    squares += weight * weight;
    if (isWord[feature] === 1) words += weight * weight;
  }
  return { scale: 1 / Math.sqrt(squares || 1), words };
}

function bestTwo(scores: Float64Array, except: number): readonly [number, number] {
  let first = -1;
  let second = -1;
  for (let at = 0; at < scores.length; at++) {
    if (at === except) continue;
    const value = scores[at] ?? 0;
    if (first < 0 || value > (scores[first] ?? 0)) [first, second] = [at, first];
    else if (second < 0 || value > (scores[second] ?? 0)) second = at;
  }
  return [first, second];
}

/** Logistic regression by Newton's method with a little ridge: a handful of weights, so a few rounds are enough. */
function fitLogistic(samples: readonly Sample[]): readonly number[] {
  const size = fallback.weights.length;
  const ridge: number = 1e-2;
  let weights: readonly number[] = fallback.weights.map(() => 0);
  for (let round = 0; round < 12; round++) {
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, at) => (at === row ? ridge : 0)),
    );
    for (const { evidence: x, right, weight } of samples) {
      const p = confidence({ ...fallback, weights }, x);
      for (let row = 0; row < size; row++) {
        gradient[row] = (gradient[row] ?? 0) + weight * ((right ? 1 : 0) - p) * (x[row] ?? 0);
        const line = hessian[row] ?? [];
        for (let at = 0; at < size; at++)
          line[at] = (line[at] ?? 0) + weight * p * (1 - p) * (x[row] ?? 0) * (x[at] ?? 0);
      }
    }
    const step = solve(
      hessian,
      gradient.map((value, at) => value - ridge * (weights[at] ?? 0)),
    );
    weights = weights.map((value, at) => value + (step[at] ?? 0));
  }
  return weights;
}

/** Solves a small system of linear equations (Gauss, the matrix is positive definite). */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((pivotRow, pivot) => {
    for (let at = pivot + 1; at < rows.length; at++) {
      const row = rows[at] ?? [];
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] || 1);
      for (let column = pivot; column <= rows.length; column++)
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    }
  });
  const result = new Array<number>(rows.length).fill(0);
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at] ?? [];
    const known = result.reduce((sum, value, column) => (column > at ? sum + value * (row[column] ?? 0) : sum), 0);
    result[at] = ((row[rows.length] ?? 0) - known) / (row[at] || 1);
  }
  return result;
}
