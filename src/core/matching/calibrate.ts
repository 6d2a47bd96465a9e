import type { Scorer } from './build-index.ts';
import { coverage } from './coverage.ts';
import { fitLogistic, logistic, type Observation } from './logistic.ts';
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

/** For knowledge too small to calibrate on: cautious: the best entry has to lead clearly and cover the text. */
const fallback: Calibration = { weights: [-3, 2, 10, 2], answer: 0.8, choose: 0.4 };

/** What the probability is computed from: best score, its lead over the second, and how much of the text it covers. */
export function evidence(first: number, second: number, covered: number): readonly number[] {
  return [1, first, first - second, covered];
}

interface Sample extends Observation {
  readonly inScope: boolean;
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
  const rated = samples.map((sample) => ({ ...sample, p: logistic(weights, sample.evidence) }));
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
