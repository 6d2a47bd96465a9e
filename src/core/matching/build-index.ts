import { type Calibration, calibrate } from './calibrate.ts';
import { normalize } from './normalize.ts';
import { buildPostings, type Postings } from './postings.ts';
import { buildVocabulary, type Vocabulary } from './repair.ts';
import { countFeatures, type Token, tokenize } from './tokenize.ts';
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
  /** Entry e has the questions from starts[e] up to starts[e + 1]. */
  readonly starts: Int32Array;
  /** The entry of each question. */
  readonly entryOf: Int32Array;
  /** Length of the sum of each entry's vectors (its centroid, but for the scale). */
  readonly sumLength: Float64Array;
}

/** The index: built once from the entries, then only read. */
export interface MatchIndex extends Scorer {
  readonly entries: readonly MatchableEntry[];
  readonly vocabulary: Vocabulary;
  readonly calibration: Calibration;
  /** The entry of each wording, for texts that are exactly a question; -1 where two entries have the same. */
  readonly exact: ReadonlyMap<string, number>;
}

/** Builds the index over the questions of all entries, in both languages together. Linear in the number of questions. */
export function buildIndex(entries: readonly MatchableEntry[]): MatchIndex {
  const normalized = entries.map(({ questions }) => [...questions.en, ...questions.zh].map(normalize));
  const tokens = normalized.map((texts) => texts.map(tokenize));
  const counts = tokens.map((texts) => texts.map(countFeatures));
  const features = numberFeatures(counts);
  const vectors = counts.map((texts) => texts.map((text) => vectorize(features, text)));
  const sums = new Float64Array(features.idf.length);
  const flat = vectors.flat();
  const scorer: Scorer = {
    features,
    questions: buildPostings(flat, features.idf.length),
    starts: startsOf(vectors),
    entryOf: Int32Array.from(vectors.flatMap((own, entry) => own.map(() => entry))),
    sumLength: Float64Array.from(vectors, (own) => lengthOfSum(own, sums)),
  };
  return {
    ...scorer,
    entries,
    vocabulary: buildVocabulary(tokens.flat()),
    calibration: calibrate(scorer, flat),
    exact: wordings(tokens),
  };
}

function wordings(tokens: readonly (readonly (readonly Token[])[])[]): ReadonlyMap<string, number> {
  const entryOf = new Map<string, number>();
  for (const [entry, texts] of tokens.entries()) {
    for (const text of texts) {
      const wording = wordingOf(text);
      entryOf.set(wording, (entryOf.get(wording) ?? entry) === entry ? entry : -1);
    }
  }
  return entryOf;
}

/** What a text says, punctuation aside. */
export function wordingOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

function startsOf(vectors: readonly (readonly Vector[])[]): Int32Array {
  const starts = new Int32Array(vectors.length + 1);
  for (const [entry, own] of vectors.entries()) starts[entry + 1] = (starts[entry] ?? 0) + own.length;
  return starts;
}

/** The length of the sum of vectors. `sums` is all zeros, before and after. */
function lengthOfSum(vectors: readonly Vector[], sums: Float64Array): number {
  let squares = 0;
  for (const { features, weights } of vectors) {
    for (let at = 0; at < features.length; at++) {
      const feature = features[at] ?? 0;
      const before = sums[feature] ?? 0;
      const after = before + (weights[at] ?? 0);
      squares += after * after - before * before;
      sums[feature] = after;
    }
  }
  for (const { features } of vectors) for (const feature of features) sums[feature] = 0;
  return Math.sqrt(squares) || 1;
}
