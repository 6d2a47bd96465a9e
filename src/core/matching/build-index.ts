import { type Calibration, calibrate } from './calibrate.ts';
import { normalize } from './normalize.ts';
import { buildPostings, type Postings } from './postings.ts';
import { buildVocabulary, type Vocabulary } from './repair.ts';
import { countFeatures, tokenize } from './tokenize.ts';
import { type Features, numberFeatures, type Vector, vectorize } from './vector.ts';

/** What the matcher needs of an entry. */
export interface MatchableEntry {
  readonly id: string;
  readonly topic?: string;
  readonly status?: string;
  readonly action?: string | undefined;
  readonly questions: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

/** Everything that scores a question against the entries. */
export interface Scorer {
  readonly features: Features;
  /** One row a question of the knowledge. */
  readonly questions: Postings;
  /** One row an entry: the sum of its questions' vectors, brought to unit length. */
  readonly centroids: Postings;
  /** The entry of each question. */
  readonly entryOf: Int32Array;
  /** Length of each entry's sum of vectors before it was brought to unit length. */
  readonly sumLength: Float64Array;
}

/** The index: built once from the entries, then only read. */
export interface MatchIndex extends Scorer {
  readonly entries: readonly MatchableEntry[];
  readonly vocabulary: Vocabulary;
  readonly calibration: Calibration;
  /** Normalised questions, for texts that are exactly one of them. */
  readonly exact: ReadonlyMap<string, number>;
}

/** Builds the index over the questions of all entries, in both languages together. Linear in the number of questions. */
export function buildIndex(entries: readonly MatchableEntry[]): MatchIndex {
  const normalized = entries.map(({ questions }) => [...questions.en, ...questions.zh].map(normalize));
  const tokens = normalized.map((texts) => texts.map(tokenize));
  const counts = tokens.map((texts) => texts.map(countFeatures));
  const features = numberFeatures(counts);
  const vectors = counts.map((texts) => texts.map((text) => vectorize(features, text)));
  const sums = vectors.map((own) => sum(own, features.idf.length));
  const flat = vectors.flat();
  const scorer: Scorer = {
    features,
    questions: buildPostings(flat, features.idf.length),
    centroids: buildPostings(sums, features.idf.length),
    entryOf: Int32Array.from(vectors.flatMap((own, entry) => own.map(() => entry))),
    sumLength: Float64Array.from(sums, ({ length }) => length),
  };
  return {
    ...scorer,
    entries,
    vocabulary: buildVocabulary(tokens.flat()),
    calibration: calibrate(scorer, flat),
    exact: new Map(normalized.flatMap((texts, entry) => texts.map((text) => [text, entry] as const))),
  };
}

const scratch = { sums: new Float64Array(0) };

/** The sum of vectors at unit length, and the length it had. */
function sum(vectors: readonly Vector[], features: number) {
  if (scratch.sums.length < features) scratch.sums = new Float64Array(features);
  const { sums } = scratch;
  const touched: number[] = [];
  for (const { features: own, weights } of vectors) {
    for (let at = 0; at < own.length; at++) {
      const feature = own[at] ?? 0;
      if (sums[feature] === 0) touched.push(feature);
      sums[feature] = (sums[feature] ?? 0) + (weights[at] ?? 0);
    }
  }
  const values = Float64Array.from(touched, (feature) => sums[feature] ?? 0);
  for (const feature of touched) sums[feature] = 0;
  const length = Math.sqrt(values.reduce((total, value) => total + value * value, 0)) || 1;
  return { features: Int32Array.from(touched), weights: values.map((value) => value / length), length };
}
