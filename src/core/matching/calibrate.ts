import { assess } from './assess.ts';
import { fitLogistic, logistic, type Observation } from './logistic.ts';
import type { Scorer } from './scorer.ts';
import type { Vector } from './vector.ts';

/** From scores to probabilities, and the probabilities at which the bot answers or asks. */
export interface Calibration {
  /** The probability is the logistic of `offset + slope * strength`. */
  readonly offset: number;
  readonly slope: number;
  /** From here on: answer. */
  readonly answer: number;
  /** From here on: ask which one is meant. */
  readonly choose: number;
}

/** The questions of the knowledge, in the order of their entries; the first `answering` entries can answer. */
export interface Lessons {
  readonly entryOf: Int32Array;
  readonly entries: number;
  readonly answering: number;
  /** The scorer that knows only some of the questions. */
  learn(rows: Int32Array): Scorer;
  vector(row: number): Vector;
}

/** Every so many questions of an entry, and every so many entries, are held out. */
const folds = 10;

/** Held-out questions of each kind that are asked at most: more would cost time at start. */
const sampleSize = 1_000;

/** Knowledge with more questions than this is held out once, smaller knowledge once for each fold. */
const manyQuestions = 2_000;

/** Fewer samples than this say nothing: then `fallback` is used. */
const smallestSample = 150;

/** Shares that the kinds of messages are assumed to have; those of a kind that is not held out go to its neighbour. */
const shareOf = { known: 0.85, unknown: 0.0375, outside: 0.1125 } as const;

/** Among held-out questions that would be answered this share must be right, those without a right answer included. */
const wantedPrecision = 0.965;

/** This share of the questions that can be answered may be refused rather than asked about. */
const refusedShare = 0.02;

/** For knowledge too small to calibrate on: cautious. */
export const fallback: Calibration = { offset: -2.5, slope: 7.5, answer: 0.8, choose: 0.35 };

/** A held-out question: of an entry that is left, of one that was held out whole, or of a topic out of scope. */
interface Sample extends Observation {
  readonly kind: keyof typeof shareOf;
}

/**
 * Learns the calibration from the knowledge alone: a part of the questions, and whole entries, are held out; what is
 * left is learnt anew and asked the held-out questions. Those of entries that are left should win; those whose entry
 * was held out, and those of topics out of scope, have no right answer.
 */
export function calibrate(lessons: Lessons): Calibration {
  const once = lessons.entryOf.length > manyQuestions;
  const samples = Array.from({ length: once ? 1 : folds }, (_, fold) => holdOut(lessons, fold)).flat();
  const right = samples.filter((sample) => sample.right).length;
  if (samples.length < smallestSample || right < samples.length / 10) return fallback;
  const weighed = weigh(samples);
  const fitted = fitLogistic(weighed);
  return { ...fitted, ...thresholds(weighed.map((sample) => ({ ...sample, p: logistic(fitted, sample.strength) }))) };
}

function holdOut({ entryOf, entries, answering, learn, vector }: Lessons, fold: number): readonly Sample[] {
  const isOut = (entry: number) => entry % folds === (fold + 2) % folds && entries > 1;
  const kept: number[] = [];
  const known: number[] = [];
  const unknown: number[] = [];
  const outside: number[] = [];
  let first = 0;
  for (let at = 0; at < entryOf.length; at++) {
    const entry = entryOf[at]!;
    if (entryOf[first] !== entry) first = at;
    // Counted within the entry, so that a question more in one entry does not change which are held out of all others.
    const place = at - first + entry;
    if (isOut(entry)) (entry < answering ? unknown : outside).push(at);
    else if (place % folds !== fold) kept.push(at);
    else (entry < answering ? known : outside).push(at);
  }
  const scorer = learn(Int32Array.from(kept));
  const ask = (kind: Sample['kind']) => (at: number) => {
    const { ranked, strength } = assess(scorer, answering, vector(at));
    return { kind, right: kind === 'known' && ranked[0] === entryOf[at], strength, weight: 1 };
  };
  return [...some(known).map(ask('known')), ...some(unknown).map(ask('unknown')), ...some(outside).map(ask('outside'))];
}

/** At most `sampleSize` of them, spread evenly. */
function some(rows: readonly number[]): readonly number[] {
  const stride = Math.max(1, rows.length / sampleSize);
  return Array.from({ length: Math.min(rows.length, sampleSize) }, (_, at) => rows[Math.floor(at * stride)]!);
}

/** Gives each kind of question the share that it is assumed to have among all messages. */
function weigh(samples: readonly Sample[]): readonly Sample[] {
  const count = { known: 0, unknown: 0, outside: 0 };
  for (const { kind } of samples) count[kind]++;
  const all = shareOf.unknown + shareOf.outside;
  const weightOf = {
    known: shareOf.known / count.known,
    unknown: (count.outside > 0 ? shareOf.unknown : all) / count.unknown,
    outside: (count.unknown > 0 ? shareOf.outside : all) / count.outside,
  };
  return samples.map((sample) => ({ ...sample, weight: weightOf[sample.kind] * samples.length }));
}

/** The lowest probabilities at which enough of the answers are right, and few enough questions are refused. */
function thresholds(rated: readonly (Sample & { readonly p: number })[]): Pick<Calibration, 'answer' | 'choose'> {
  const descending = rated.toSorted((one, other) => other.p - one.p);
  let answered = 0;
  let right = 0;
  let answer = 1;
  for (const sample of descending) {
    answered += sample.weight;
    if (sample.right) right += sample.weight;
    if (right >= wantedPrecision * answered) answer = sample.p;
  }
  const inScope = descending.filter(({ kind }) => kind === 'known');
  const choose = inScope[Math.floor(inScope.length * (1 - refusedShare))]?.p ?? fallback.choose;
  return { answer, choose: Math.min(choose, answer) };
}
