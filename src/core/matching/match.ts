import { detectLanguage } from '../language.ts';
import { type MatchIndex, wordingOf } from './build-index.ts';
import { evidence } from './calibrate.ts';
import { coverage } from './coverage.ts';
import { logistic } from './logistic.ts';
import { normalize } from './normalize.ts';
import { repair } from './repair.ts';
import { score } from './score.ts';
import { countFeatures, type Token, tokenize } from './tokenize.ts';
import type { Candidate, Match } from './types.ts';
import { vectorize } from './vector.ts';

/** Characters of a text that are matched; a question is in the first of them, if anywhere. */
const longest = 2_000;

/** At most this many candidates are named. */
const namedCandidates = 5;

/** A text this near to a question of the knowledge (cosine) is that question. */
const nearlyExact = 0.95;

/** Only a text that is a question of the knowledge is certain (1). */
const mostUncertain = 0.99;

/** A candidate whose score is below this share of the best one is not worth showing. */
const worthShowing = 0.5;

/** A text of at most this many words or characters names a subject rather than asks a question. */
const subjectLength = 2;

/** Which entry a text means, with calibrated confidence. Pure; any text is allowed. */
export function match(index: MatchIndex, text: string): Match {
  const normalized = normalize(text.slice(0, longest));
  const { language = 'en', script } = detectLanguage(text);
  const told = { text, language, ...(script && { script }) };
  const tokens = repair(index.vocabulary, tokenize(normalized));
  const vector = vectorize(index.features, countFeatures(tokens));
  if (vector.features.length === 0 || index.entries.length === 0) {
    return { ...told, verdict: 'none', entry: null, confidence: 0, candidates: [] };
  }
  const { byEntry, nearest } = score(index, vector);
  const same = sameQuestion(index, tokens, nearest);
  const ranked = rank(byEntry, same);
  const [first = 0, second = -1] = ranked;
  const best = byEntry[first] ?? 0;
  const sure = same !== undefined;
  const estimated = logistic(
    index.calibration.weights,
    evidence(best, byEntry[second] ?? 0, coverage(index, vector, first)),
  );
  const p = sure ? 1 : Math.min(estimated, mostUncertain);
  const candidates = name(index, ranked, byEntry, p);
  const verdict =
    p >= index.calibration.answer || sure
      ? 'answer'
      : isWorthAsking(index, p, tokens, vector.known)
        ? 'choose'
        : 'none';
  const entry = verdict === 'answer' ? (index.entries[first]?.id ?? null) : null;
  return { ...told, verdict, entry, confidence: p, candidates };
}

/** The entry that has this very question, or nearly. None where two have it. */
function sameQuestion({ exact }: MatchIndex, tokens: readonly Token[], nearest: Float64Array): number | undefined {
  const entry = exact.get(wordingOf(tokens));
  if (entry !== undefined) return entry < 0 ? undefined : entry;
  const [near, ...others] = [...nearest.keys()].filter((at) => (nearest[at] ?? 0) > nearlyExact);
  return others.length === 0 ? near : undefined;
}

/** Entries by score, best first; an entry with exactly this question comes before all others. */
function rank(byEntry: Float64Array, exact: number | undefined): readonly number[] {
  const scoreOf = (entry: number) => (entry === exact ? Number.POSITIVE_INFINITY : (byEntry[entry] ?? 0));
  return Array.from(byEntry.keys())
    .toSorted((one, other) => scoreOf(other) - scoreOf(one))
    .slice(0, namedCandidates + 1);
}

/** The candidates; the probability that the best one leaves is shared among the others by their scores. */
function name(index: MatchIndex, ranked: readonly number[], byEntry: Float64Array, p: number): readonly Candidate[] {
  const best = byEntry[ranked[0] ?? 0] ?? 0;
  const shown = ranked.filter((entry) => (byEntry[entry] ?? 0) >= worthShowing * best).slice(0, namedCandidates);
  return shown.map((entry, at) => ({
    entry: index.entries[entry]?.id ?? '',
    confidence: at === 0 ? p : Math.min(p, (1 - p) * ((byEntry[entry] ?? 0) / best / shown.length)),
  }));
}

/** Unsure, but worth asking; also for a bare subject ("icp", "备案") that the knowledge is about. */
function isWorthAsking(index: MatchIndex, p: number, tokens: readonly Token[], known: number): boolean {
  if (p >= index.calibration.choose) return true;
  const length = tokens.reduce((sum, { text, han }) => sum + (han ? [...text].length : 1), 0);
  return (
    length <= subjectLength && known > 0.99 && tokens.some(({ text, han }) => han || index.vocabulary.words.has(text))
  );
}
