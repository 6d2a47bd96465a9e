import { detectLanguage } from '../language.ts';
import { withoutAside } from './aside.ts';
import { type Assessment, assess } from './assess.ts';
import { type MatchIndex, wordingOf } from './build-index.ts';
import { conceptsIn } from './lexicon.ts';
import { logistic } from './logistic.ts';
import { normalize } from './normalize.ts';
import { repair } from './repair.ts';
import { simplify } from './simplify.ts';
import { readBySound } from './sound.ts';
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

/** A text that is a question of two entries can mean either. */
const evenChance = 0.5;

/** So much likelier are characters that fit nowhere slips than right. */
const slipFactor = 2;

/** A candidate whose score is below this share of the best one is not worth showing. */
const worthShowing = 0.1;

/** Which entry a text means, with calibrated confidence. Pure; any text is allowed. */
export function match(index: MatchIndex, text: string): Match {
  return read(index, text).match;
}

/** What decided: where the text stands against the questions of the knowledge and the thresholds of the calibration. */
export type Rule =
  | 'nothing-known'
  | 'exact'
  | 'nearly-exact'
  | 'over-answer'
  | 'between'
  | 'subject'
  | 'exact-out-of-scope'
  | 'under-choose';

/** A text in one of its readings, weighed against all entries. */
export interface Judgement {
  /** The words that were weighed: normalised, read by sound perhaps, repaired. */
  readonly tokens: readonly Token[];
  readonly concepts: readonly string[];
  readonly rule: Rule;
  /** Undefined where the knowledge has nothing of the text. */
  readonly assessment?: Assessment;
  readonly found: Pick<Match, 'verdict' | 'entry' | 'confidence' | 'candidates' | 'outOfScope'>;
}

/** How a text was read, and what came of it. */
export interface Reading {
  readonly match: Match;
  /** The words as they were written, normalised. */
  readonly written: readonly Token[];
  /** The words read by sound, where that reading was the better one. */
  readonly bySound?: readonly Token[];
  readonly judgement: Judgement;
}

/** Reads a text; what it only sets aside does not count, unless the text is a question of the knowledge. */
export function read(index: MatchIndex, text: string): Reading {
  const reading = readAll(index, text);
  if (reading.match.confidence === 1) return reading;
  const simple = simplify(text.slice(0, longest));
  const rest = withoutAside(simple);
  if (rest === simple) return reading;
  const { language, script } = reading.match;
  const meant = readAll(index, rest);
  return { ...meant, match: { ...meant.match, text, language, ...(script && { script }) } };
}

/**
 * Reads a text as it is written and by its sound. The surer reading counts; characters that fit nowhere are slips rather
 * than something else, unless that reading is much less sure.
 */
function readAll(index: MatchIndex, text: string): Reading {
  const { language = 'en', script } = detectLanguage(text);
  const told = { text, language, ...(script && { script }) };
  const written = tokenize(normalize(text.slice(0, longest)));
  const judgement = judge(index, repair(index.vocabulary, written));
  const { found } = judgement;
  const asWritten = { match: { ...told, ...found }, written, judgement };
  const isClear = found.verdict === 'answer' && !written.some(({ han }) => han);
  if (isClear || found.confidence === 1) return asWritten;
  const bySound = index.sounds && readBySound(index.sounds, written);
  const other = bySound && judge(index, repair(index.vocabulary, bySound));
  if (!other) return asWritten;
  const isSameScript = bySound.length === written.length && bySound.every(({ han }, at) => han === written[at]!.han);
  const worth = other.found.confidence * (isSameScript ? slipFactor : 1);
  if (worth <= found.confidence) return asWritten;
  const isPinyin = bySound.some(({ han }) => han) && !written.some(({ han }) => han);
  return {
    match: { ...told, ...(isPinyin && { language: 'zh' }), ...other.found },
    written,
    bySound,
    judgement: other,
  };
}

function judge(index: MatchIndex, tokens: readonly Token[]): Judgement {
  const { scorer, calibration, entries, answering } = index;
  const concepts = index.lexicon ? conceptsIn(index.lexicon, tokens) : [];
  const vector = vectorize(scorer.features, countFeatures(tokens, concepts));
  if (vector.features.length === 0 || answering === 0) {
    const found = { verdict: 'none', entry: null, confidence: 0, candidates: [] } as const;
    return { tokens, concepts, rule: 'nothing-known', found };
  }
  const exact = index.exact.get(wordingOf(tokens));
  const sure = exact !== undefined && exact >= 0 && exact < answering ? exact : undefined;
  const assessment = assess(scorer, answering, vector, sure);
  const { scores, ranked, strength, outside } = assessment;
  const first = ranked[0]!;
  const known = sure !== undefined || isNearly(scores.nearest, first);
  const refused = exact !== undefined && exact >= answering;
  const most = exact === undefined ? mostUncertain : evenChance;
  const p = refused ? 0 : known ? 1 : Math.min(logistic(calibration, strength), most);
  const candidates = name(index, ranked, scores.byEntry, p);
  const judged = { tokens, concepts, assessment };
  if (p >= calibration.answer && (known || !isSubject(tokens) || entries[first]!.status === 'meta')) {
    const rule = sure !== undefined ? 'exact' : known ? 'nearly-exact' : 'over-answer';
    return { ...judged, rule, found: { verdict: 'answer', entry: entries[first]!.id, confidence: p, candidates } };
  }
  const worth = refused ? undefined : worthAsking(index, p, tokens, vector.known);
  if (worth) return { ...judged, rule: worth, found: { verdict: 'choose', entry: null, confidence: p, candidates } };
  const topic = refused ? exact : outside;
  const isNearer = topic >= 0 && (refused || scores.byEntry[topic]! > scores.byEntry[first]!);
  const found = {
    verdict: 'none',
    entry: null,
    confidence: p,
    candidates,
    ...(isNearer && { outOfScope: entries[topic]!.id }),
  } as const;
  return { ...judged, rule: refused ? 'exact-out-of-scope' : 'under-choose', found };
}

/** Whether the text is nearly a question of this entry, and of no other. */
function isNearly(nearest: Float64Array, entry: number): boolean {
  return nearest[entry]! > nearlyExact && nearest.filter((cosine) => cosine > nearlyExact).length === 1;
}

/** The candidates; the probability that the best one leaves is shared among the others by their scores. */
function name(index: MatchIndex, ranked: readonly number[], byEntry: Float64Array, p: number): readonly Candidate[] {
  const best = byEntry[ranked[0]!]!;
  const shown = ranked.filter((entry) => byEntry[entry]! >= worthShowing * best).slice(0, namedCandidates);
  return shown.map((entry, at) => ({
    entry: index.entries[entry]!.id,
    confidence: at === 0 ? p : Math.min(p, (1 - p) * (byEntry[entry]! / best / shown.length)),
  }));
}

/** Unsure, but worth asking; also for a bare subject that the knowledge is about. */
function worthAsking(index: MatchIndex, p: number, tokens: readonly Token[], known: number): Rule | undefined {
  if (isSubject(tokens)) {
    const isKnown = known > 0.99 && tokens.some(({ text, han }) => han || index.vocabulary.words.has(text));
    return isKnown || p >= index.calibration.choose ? 'subject' : undefined;
  }
  return p >= index.calibration.choose ? 'between' : undefined;
}

/** One word, or two Chinese characters ("icp", "备案"): it names a subject rather than asks a question. */
function isSubject([token, ...others]: readonly Token[]): boolean {
  return token !== undefined && others.length === 0 && (!token.han || [...token.text].length <= 2);
}
