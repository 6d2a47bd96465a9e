import type { Assessment } from './assess.ts';
import type { MatchIndex } from './build-index.ts';
import type { Calibration } from './calibrate.ts';
import { logistic } from './logistic.ts';
import { type Judgement, type Rule, read } from './match.ts';
import { dots } from './postings.ts';
import { repair } from './repair.ts';
import { type Scorer, shares } from './scorer.ts';
import { countFeatures, type Token } from './tokenize.ts';
import type { Match } from './types.ts';
import { understand } from './understand.ts';
import { type Vector, vectorize } from './vector.ts';

/** Why a question was matched as it was. Plain data. */
export interface Explanation {
  readonly match: Match;
  /** What the message as a whole makes of the question, where that is something else. */
  readonly inMessage?: Match;
  readonly rule: Rule;
  readonly normalized: string;
  /** The text as it was read by sound; absent where it was read as written. */
  readonly bySound?: string;
  readonly repaired: readonly { readonly written: string; readonly read: string }[];
  readonly concepts: readonly string[];
  readonly calibration: Calibration;
  /** What came of the scores; absent where the knowledge has nothing of the text. */
  readonly weighed?: Weighed;
}

/** The figures behind a match. */
export interface Weighed {
  /** What speaks for the first entry in all, and the probability (0..1) that the calibration makes of it. */
  readonly strength: number;
  readonly p: number;
  /** Between the totals of the first two entries. */
  readonly margin: number;
  /** The features that speak most for the first entry, with their shares (0..1) of its lexical score. */
  readonly features: readonly { readonly name: string; readonly share: number }[];
  /** Best first, at most five. */
  readonly entries: readonly EntryScores[];
  /** The question of the knowledge that is nearest to the text, with its cosine. */
  readonly nearest: { readonly entry: string; readonly question: string; readonly cosine: number };
  /** The best of the topics out of scope. */
  readonly outOfScope?: EntryScores;
}

/** What an entry scores: `total` is `lexical` and a share of `head`. */
export interface EntryScores {
  readonly entry: string;
  /** Nearest question and centroid, each by its share. */
  readonly lexical: number;
  /** Cosine with the nearest question. */
  readonly nearest: number;
  /** Probability that the head gives; absent without a head. */
  readonly head?: number;
  readonly total: number;
}

const shownEntries = 5;
const shownFeatures = 8;

/** Explains how a message is matched: one explanation for each question that is found in it, at least one. */
export function explain(index: MatchIndex, text: string): readonly Explanation[] {
  return understand(index, text).map((found) => explainQuestion(index, found));
}

function explainQuestion(index: MatchIndex, found: Match): Explanation {
  const { match, written, bySound, judgement } = read(index, found.text);
  const { rule, concepts, assessment } = judgement;
  const before = bySound ?? written;
  const repaired = repair(index.vocabulary, before).flatMap((token, at) =>
    token.text === before[at]!.text ? [] : [{ written: before[at]!.text, read: token.text }],
  );
  const isOther = found.verdict !== match.verdict || found.entry !== match.entry;
  return {
    match,
    ...(isOther && { inMessage: found }),
    rule,
    normalized: spaced(written),
    ...(bySound && { bySound: spaced(bySound) }),
    repaired,
    concepts: [...new Set(concepts)],
    calibration: index.calibration,
    ...(assessment && { weighed: weigh(index, judgement, assessment) }),
  };
}

function spaced(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

function weigh(index: MatchIndex, { tokens, concepts }: Judgement, assessment: Assessment): Weighed {
  const { scorer, calibration } = index;
  const { ranked, strength, outside } = assessment;
  const counts = countFeatures(tokens, concepts);
  const cosines = dots(scorer.questions, vectorize(scorer.features, counts));
  const scored = ranked.slice(0, shownEntries).map((entry) => scoresOf(index, assessment, entry));
  const row = nearestRow(cosines, 0, cosines.length);
  return {
    strength,
    p: logistic(calibration, strength),
    margin: scored[0]!.total - (scored[1]?.total ?? 0),
    features: featuresFor(scorer, ranked[0]!, counts, cosines),
    entries: scored,
    nearest: { ...questionAt(index, row), cosine: cosines[row]! },
    ...(outside >= 0 && { outOfScope: scoresOf(index, assessment, outside) }),
  };
}

function scoresOf({ entries, scorer }: MatchIndex, { scores }: Assessment, entry: number): EntryScores {
  const { byEntry, lexical, nearest, probability } = scores;
  return {
    entry: entries[entry]!.id,
    lexical: lexical[entry]!,
    nearest: nearest[entry]!,
    ...(probability && { head: probability[scorer.classOf[entry]!]! }),
    total: byEntry[entry]!,
  };
}

function nearestRow(cosines: Float32Array, from: number, to: number): number {
  let best = from;
  for (let row = from; row < to; row++) if (cosines[row]! > cosines[best]!) best = row;
  return best;
}

/** The question of a row, as it stands in the knowledge. */
function questionAt({ entries, scorer }: MatchIndex, row: number) {
  const entry = scorer.entryOf[row]!;
  const { id, questions } = entries[entry]!;
  return { entry: id, question: [...questions.en, ...questions.zh][row - scorer.starts[entry]!]! };
}

/** The lexical score of an entry, taken apart: it is a sum over the features of the text. */
function featuresFor(
  scorer: Scorer,
  entry: number,
  counts: ReadonlyMap<string, number>,
  cosines: Float32Array,
): Weighed['features'] {
  const own = nearestRow(cosines, scorer.starts[entry]!, scorer.starts[entry + 1]!);
  const vector = vectorize(scorer.features, counts);
  const names = [...counts.keys()].filter((name) => scorer.features.numbers.has(name));
  const parts = names.map((name, at) => ({ name, part: partOf(scorer, entry, own, vector, at) }));
  const sum = parts.reduce((all, { part }) => all + part, 0);
  return parts
    .filter(({ part }) => part > 0)
    .toSorted((one, other) => other.part - one.part)
    .slice(0, shownFeatures)
    .map(({ name, part }) => ({ name, share: part / sum }));
}

/** What one feature of a text adds to the lexical score of an entry whose nearest question is in the row `own`. */
function partOf({ questions, starts, sumLength }: Scorer, entry: number, own: number, vector: Vector, at: number) {
  const feature = vector.features[at]!;
  let part = 0;
  for (let place = questions.starts[feature]!; place < questions.starts[feature + 1]!; place++) {
    const row = questions.rowOf[place]!;
    if (row < starts[entry]! || row >= starts[entry + 1]!) continue;
    part += questions.weightOf[place]! * ((row === own ? shares.nearest : 0) + shares.centroid / sumLength[entry]!);
  }
  return part * vector.weights[at]!;
}
