import { isWord } from './tokenize.ts';

/** A sparse vector of unit length over the known features; `known` is the share of its squared length they make up. */
export interface Vector {
  readonly features: Int32Array;
  readonly weights: Float64Array;
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

/** Numbers the features and computes idf = log((1 + E) / (0.5 + entries with the feature)) + 1. */
export function numberFeatures(entries: readonly (readonly ReadonlyMap<string, number>[])[]): Features {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  const lastEntry: number[] = [];
  entries.forEach((texts, entry) => {
    for (const counts of texts) {
      for (const feature of counts.keys()) {
        let number = numbers.get(feature);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(feature, number);
          documents.push(0);
          lastEntry.push(-1);
        }
        if (lastEntry[number] === entry) continue;
        lastEntry[number] = entry;
        documents[number]!++;
      }
    }
  });
  const weigh = (count: number) => Math.log((1 + entries.length) / (0.5 + count)) + 1;
  return {
    numbers,
    idf: Float64Array.from(documents, weigh),
    unknownIdf: weigh(0),
    isWord: Uint8Array.from(numbers.keys(), (name) => Number(isWord(name))),
  };
}

/** The vector of a text, weighted (1 + log tf) * idf. Unknown features count in its length only. */
export function vectorize(
  { numbers, idf, unknownIdf, isWord: isWordFlag }: Features,
  counts: ReadonlyMap<string, number>,
): Vector {
  const features = new Int32Array(counts.size);
  const weights = new Float64Array(counts.size);
  let size = 0;
  let knownSquares = 0;
  let squares = 0;
  let words = 0;
  for (const [feature, count] of counts) {
    const number = numbers.get(feature);
    const tf = 1 + Math.log(count);
    if (number === undefined) {
      squares += (tf * unknownIdf) ** 2;
      if (isWord(feature)) words += (tf * unknownIdf) ** 2;
      continue;
    }
    const weight = tf * idf[number]!;
    features[size] = number;
    weights[size++] = weight;
    knownSquares += weight * weight;
    if (isWordFlag[number] === 1) words += weight * weight;
  }
  squares += knownSquares;
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < size; at++) weights[at]! /= length;
  return {
    features: features.subarray(0, size),
    weights: weights.subarray(0, size),
    known: squares > 0 ? knownSquares / squares : 0,
    words: words / length ** 2,
  };
}
