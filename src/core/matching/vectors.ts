import { isWord } from './features.ts';
import { idfOf, weigh } from './weigh.ts';

/** The questions of the knowledge as vectors. Questions of one entry and language (a group) stand next to each other. */
export interface Vectors {
  readonly entryCount: number;
  readonly vocabulary: ReadonlyMap<string, number>;
  /** By feature. */
  readonly idf: Float32Array;
  /** By feature: how many entries have it. */
  readonly entriesWith: Uint32Array;
  /** By feature: 1 for words and pairs of Han characters, which carry meaning; 0 for the rest. */
  readonly isWord: Uint8Array;
  /** Posting lists: for feature f, the questions and weights from postingStart[f] up to postingStart[f + 1]. */
  readonly postingStart: Uint32Array;
  readonly postingQuestion: Uint32Array;
  readonly postingWeight: Float32Array;
  /** Group g has the questions from groupStart[g] up to groupStart[g + 1] and belongs to entry groupEntry[g]. */
  readonly groupStart: Uint32Array;
  readonly groupEntry: Uint32Array;
  /** Entry e has the questions from entryStart[e] up to entryStart[e + 1]. */
  readonly entryStart: Uint32Array;
  /** Length of the sum of the group's vectors. */
  readonly centroidLength: Float32Array;
}

/** The vectors of single questions, needed while building only: row q from start[q] up to start[q + 1]. */
export interface Rows {
  readonly start: Uint32Array;
  readonly feature: Uint32Array;
  /** Unit length. */
  readonly weight: Float32Array;
  /** By row: the length before it was made one. */
  readonly length: Float32Array;
}

/** Questions of one entry in one language, as feature counts. */
export interface Group {
  readonly entry: number;
  readonly questions: readonly ReadonlyMap<string, number>[];
}

/** Weighs all questions and turns them into posting lists. */
export function buildVectors(groups: readonly Group[], entryCount: number): { vectors: Vectors; rows: Rows } {
  const vocabulary = new Map<string, number>();
  const entriesWith: number[] = [];
  const frequency: number[] = [];
  const seenIn: number[] = [];
  const questions = groups.flatMap((group) => group.questions);
  const start = new Uint32Array(questions.length + 1);
  const size = questions.reduce((sum, counts) => sum + counts.size, 0);
  const feature = new Uint32Array(size);
  const weight = new Float32Array(size);
  let row = 0;
  let at = 0;
  for (const { entry, questions: counted } of groups) {
    for (const counts of counted) {
      for (const [name, tf] of counts) {
        let id = vocabulary.get(name);
        if (id === undefined) {
          id = vocabulary.size;
          vocabulary.set(name, id);
          entriesWith.push(0);
          frequency.push(0);
          seenIn.push(-1);
        }
        if (seenIn[id] !== entry) entriesWith[id] = (entriesWith[id] ?? 0) + 1;
        seenIn[id] = entry;
        frequency[id] = (frequency[id] ?? 0) + 1;
        feature[at] = id;
        weight[at++] = tf;
      }
      start[++row] = at;
    }
  }
  const idf = Float32Array.from(entriesWith, (count) => idfOf(count, entryCount));
  const rows = { start, feature, weight, length: toUnitLength(start, feature, weight, idf) };
  const groupStart = new Uint32Array(groups.length + 1);
  for (const [g, group] of groups.entries()) groupStart[g + 1] = (groupStart[g] ?? 0) + group.questions.length;
  const vectors = {
    entryCount,
    vocabulary,
    idf,
    entriesWith: Uint32Array.from(entriesWith),
    isWord: Uint8Array.from(vocabulary.keys(), (name) => (isWord(name) ? 1 : 0)),
    ...invert(rows, frequency),
    groupStart,
    groupEntry: Uint32Array.from(groups, ({ entry }) => entry),
    entryStart: entryStarts(groups, entryCount),
    centroidLength: centroidLengths(rows, groupStart, idf.length),
  };
  return { vectors, rows };
}

function entryStarts(groups: readonly Group[], entryCount: number): Uint32Array {
  const starts = new Uint32Array(entryCount + 1);
  for (const { entry, questions } of groups) starts[entry + 1] = (starts[entry + 1] ?? 0) + questions.length;
  for (let entry = 0; entry < entryCount; entry++) starts[entry + 1] = (starts[entry + 1] ?? 0) + (starts[entry] ?? 0);
  return starts;
}

function toUnitLength(start: Uint32Array, feature: Uint32Array, weight: Float32Array, idf: Float32Array): Float32Array {
  const length = new Float32Array(start.length - 1);
  for (let row = 0; row < length.length; row++) {
    const end = start[row + 1] ?? 0;
    let squared = 0;
    for (let at = start[row] ?? 0; at < end; at++) {
      const weighed = weigh(weight[at] ?? 1, idf[feature[at] ?? 0] ?? 0);
      weight[at] = weighed;
      squared += weighed * weighed;
    }
    const whole = Math.sqrt(squared) || 1;
    length[row] = whole;
    for (let at = start[row] ?? 0; at < end; at++) weight[at] = (weight[at] ?? 0) / whole;
  }
  return length;
}

function invert({ start, feature, weight }: Rows, frequency: readonly number[]) {
  const postingStart = new Uint32Array(frequency.length + 1);
  for (const [id, count] of frequency.entries()) postingStart[id + 1] = (postingStart[id] ?? 0) + count;
  const next = postingStart.slice();
  const postingQuestion = new Uint32Array(feature.length);
  const postingWeight = new Float32Array(feature.length);
  for (let row = 0; row + 1 < start.length; row++) {
    const end = start[row + 1] ?? 0;
    for (let at = start[row] ?? 0; at < end; at++) {
      const id = feature[at] ?? 0;
      const posting = next[id] ?? 0;
      next[id] = posting + 1;
      postingQuestion[posting] = row;
      postingWeight[posting] = weight[at] ?? 0;
    }
  }
  return { postingStart, postingQuestion, postingWeight };
}

function centroidLengths({ start, feature, weight }: Rows, groupStart: Uint32Array, features: number): Float32Array {
  const sum = new Float64Array(features);
  return Float32Array.from({ length: groupStart.length - 1 }, (_, group) => {
    const from = start[groupStart[group] ?? 0] ?? 0;
    const end = start[groupStart[group + 1] ?? 0] ?? 0;
    for (let at = from; at < end; at++) sum[feature[at] ?? 0] = (sum[feature[at] ?? 0] ?? 0) + (weight[at] ?? 0);
    let squared = 0;
    for (let at = from; at < end; at++) {
      const id = feature[at] ?? 0;
      squared += (sum[id] ?? 0) ** 2;
      sum[id] = 0;
    }
    return Math.sqrt(squared) || 1;
  });
}
