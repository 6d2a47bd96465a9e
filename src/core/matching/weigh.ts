import { isWord } from './features.ts';

/** A text as a vector of unit length over the features of the knowledge. */
export interface Query {
  readonly features: Uint32Array;
  readonly weights: Float32Array;
  /** The share (0..1) of the squared length that lies on features the knowledge has. */
  readonly known: number;
  /** The squared weight of all its words, known or not. */
  readonly words: number;
}

/** The weight of a term: (1 + log tf) x idf. */
export function weigh(tf: number, idf: number): number {
  return (1 + Math.log(tf)) * idf;
}

/** Inverse document frequency, where a document is an entry with all its questions. 0 entries: an unknown feature. */
export function idfOf(entriesWithFeature: number, entries: number): number {
  return Math.log((1 + entries) / (0.5 + entriesWithFeature)) + 1;
}

/** Weighs a text; features that the knowledge does not have count in the length, so that they lower every cosine. */
export function toQuery(
  counts: ReadonlyMap<string, number>,
  vocabulary: ReadonlyMap<string, number>,
  idf: Float32Array,
  entries: number,
): Query {
  const features = new Uint32Array(counts.size);
  const weights = new Float32Array(counts.size);
  const unknownIdf = idfOf(0, entries);
  let size = 0;
  let knownSquared = 0;
  let squared = 0;
  let words = 0;
  for (const [name, tf] of counts) {
    const feature = vocabulary.get(name);
    const weight = weigh(tf, feature === undefined ? unknownIdf : (idf[feature] ?? unknownIdf));
    squared += weight * weight;
    if (isWord(name)) words += weight * weight;
    if (feature === undefined) continue;
    knownSquared += weight * weight;
    features[size] = feature;
    weights[size++] = weight;
  }
  const length = Math.sqrt(squared) || 1;
  for (let at = 0; at < size; at++) weights[at] = (weights[at] ?? 0) / length;
  return {
    features: features.subarray(0, size),
    weights: weights.subarray(0, size),
    known: squared === 0 ? 0 : knownSquared / squared,
    words: words / length ** 2,
  };
}
