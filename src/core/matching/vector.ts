import { isWord } from './tokenize.ts';

/** A sparse vector of unit length over the known features; `known` is the share of its squared length they make up. */
export interface Vector {
  readonly features: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** 0..1; what is missing to 1 are features that the knowledge does not have. */
  readonly known: number;
  /** Squared weight of the words among all features, those that the knowledge does not have included. */
  readonly words: number;
}

/** The features of the knowledge: their numbers, and their idf over entries (an entry is the document, not a question). */
export interface Features {
  readonly numbers: ReadonlyMap<string, number>;
  readonly idf: Float64Array;
  /** 1 for words and pairs of Chinese characters (mostly words too), 0 for the rest. */
  readonly isWord: Uint8Array;
  readonly unknownIdf: number;
}

/** Vectors of all questions, flat: question q has the places from `starts[q]` to `starts[q + 1]`. */
export interface Matrix {
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly weights: Float32Array;
  /** A number for each question that depends on its own words only: it puts them in an order that others do not change. */
  readonly marks: Uint32Array;
}

/**
 * Numbers the features of all questions and weighs them (1 + log tf) * idf, with
 * idf = log((1 + E) / (0.5 + entries with the feature)) + 1. `entries` gives the features of each entry's questions;
 * they are not kept, since all of them together would take more memory than the rest of the index.
 */
export function learnFeatures(entries: Iterable<Iterable<readonly string[]>>): {
  readonly features: Features;
  readonly matrix: Matrix;
} {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  const lastEntry: number[] = [];
  const starts = [0];
  /** The place of each feature in `flat` where it stood last: at or after the start of a question, it is known there. */
  const lastPlace: number[] = [];
  const flat: number[] = [];
  const counts: number[] = [];
  const marks: number[] = [];
  let entry = 0;
  for (const texts of entries) {
    for (const text of texts) {
      const start = flat.length;
      let mark = 0;
      for (const feature of text) {
        mark = Math.imul(mark ^ feature.charCodeAt(0) ^ (feature.charCodeAt(feature.length - 1) << 16), 0x9e3779b1);
        let number = numbers.get(feature);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(feature, number);
          documents.push(0);
          lastEntry.push(-1);
          lastPlace.push(-1);
        }
        if (lastPlace[number]! >= start) {
          counts[lastPlace[number]!]!++;
          continue;
        }
        if (lastEntry[number] !== entry) documents[number]!++;
        lastEntry[number] = entry;
        lastPlace[number] = flat.length;
        flat.push(number);
        counts.push(1);
      }
      starts.push(flat.length);
      marks.push(mark);
    }
    entry++;
  }
  const weigh = (count: number) => Math.log((1 + entry) / (0.5 + count)) + 1;
  const features: Features = {
    numbers,
    idf: Float64Array.from(documents, weigh),
    unknownIdf: weigh(0),
    isWord: Uint8Array.from(numbers.keys(), (name) => Number(isWord(name))),
  };
  const matrix = {
    starts: new Int32Array(starts),
    features: new Int32Array(flat),
    weights: new Float32Array(flat.length),
    marks: Uint32Array.from(marks, (mark) => mark >>> 0),
  };
  for (let at = 0; at < flat.length; at++) matrix.weights[at] = (1 + Math.log(counts[at]!)) * features.idf[flat[at]!]!;
  for (let row = 0; row + 1 < starts.length; row++) toUnitLength(matrix.weights, starts[row]!, starts[row + 1]!);
  return { features, matrix };
}

function toUnitLength(weights: Float32Array, from: number, to: number): void {
  let squares = 0;
  for (let at = from; at < to; at++) squares += weights[at]! ** 2;
  const length = Math.sqrt(squares) || 1;
  for (let at = from; at < to; at++) weights[at]! /= length;
}

/** Vectors as one matrix. */
export function toMatrix(vectors: readonly Vector[]): Matrix {
  const starts = new Int32Array(vectors.length + 1);
  vectors.forEach(({ features }, row) => {
    starts[row + 1] = starts[row]! + features.length;
  });
  const features = new Int32Array(starts[vectors.length]!);
  const weights = new Float32Array(starts[vectors.length]!);
  vectors.forEach((vector, row) => {
    features.set(vector.features, starts[row]);
    weights.set(vector.weights, starts[row]);
  });
  return { starts, features, weights, marks: Uint32Array.from(vectors.keys()) };
}

/** The vector of one question of the knowledge. */
export function vectorOf({ isWord: isWordFlag }: Features, { starts, features, weights }: Matrix, row: number): Vector {
  const own = features.subarray(starts[row], starts[row + 1]);
  const weight = weights.subarray(starts[row], starts[row + 1]);
  let words = 0;
  for (let at = 0; at < own.length; at++) if (isWordFlag[own[at]!] === 1) words += weight[at]! ** 2;
  return { features: own, weights: weight, known: 1, words };
}

/** The vector of a text, weighted as those of the questions. Unknown features count in its length only. */
export function vectorize(
  { numbers, idf, unknownIdf, isWord: isWordFlag }: Features,
  counts: ReadonlyMap<string, number>,
): Vector {
  const features: number[] = [];
  const weights: number[] = [];
  let knownSquares = 0;
  let squares = 0;
  let words = 0;
  for (const [feature, count] of counts) {
    const number = numbers.get(feature);
    const tf = 1 + Math.log(count);
    const weight = tf * (number === undefined ? unknownIdf : idf[number]!);
    squares += weight * weight;
    if (number === undefined ? isWord(feature) : isWordFlag[number] === 1) words += weight * weight;
    if (number === undefined) continue;
    features.push(number);
    weights.push(weight);
    knownSquares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < weights.length; at++) weights[at]! /= length;
  return { features, weights, known: squares > 0 ? knownSquares / squares : 0, words: words / length ** 2 };
}
