import { detectLanguage } from '../language.ts';
import { assess } from './assess.ts';
import { type MatchIndex, wordingOf } from './build-index.ts';
import { conceptsIn } from './lexicon.ts';
import { logistic } from './logistic.ts';
import { normalize } from './normalize.ts';
import { repair } from './repair.ts';
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

/** A candidate whose score is below this share of the best one is not worth showing. */
const worthShowing = 0.1;

/** Which entry a text means, with calibrated confidence. Pure; any text is allowed. */
export function match(index: MatchIndex, text: string): Match {
  const { language = 'en', script } = detectLanguage(text);
  const told = { text, language, ...(script && { script }) };
  const written = tokenize(normalize(text.slice(0, longest)));
  const found = matchTokens(index, repair(index.vocabulary, written));
  if (found.verdict === 'answer') return { ...told, ...found };
  const read = index.sounds && readBySound(index.sounds, written);
  const other = read && matchTokens(index, repair(index.vocabulary, read));
  if (!other || other.confidence <= found.confidence) return { ...told, ...found };
  const isPinyin = read.some(({ han }) => han) && !written.some(({ han }) => han);
  return { ...told, ...(isPinyin && { language: 'zh' }), ...other };
}

type Found = Pick<Match, 'verdict' | 'entry' | 'confidence' | 'candidates' | 'outOfScope'>;

function matchTokens(index: MatchIndex, tokens: readonly Token[]): Found {
  const { scorer, calibration, entries, answering } = index;
  const concepts = index.lexicon && conceptsIn(index.lexicon, tokens);
  const vector = vectorize(scorer.features, countFeatures(tokens, concepts));
  if (vector.features.length === 0 || answering === 0) {
    return { verdict: 'none', entry: null, confidence: 0, candidates: [] };
  }
  const exact = index.exact.get(wordingOf(tokens));
  const sure = exact !== undefined && exact >= 0 && exact < answering ? exact : undefined;
  const { scores, ranked, strength, outside } = assess(scorer, answering, vector, sure);
  const first = ranked[0]!;
  const known = sure !== undefined || isNearly(scores.nearest, first);
  const refused = exact !== undefined && exact >= answering;
  const most = exact === undefined ? mostUncertain : evenChance;
  const p = refused ? 0 : known ? 1 : Math.min(logistic(calibration, strength), most);
  const candidates = name(index, ranked, scores.byEntry, p);
  if (p >= calibration.answer && (known || !isSubject(tokens) || entries[first]!.status === 'meta')) {
    return { verdict: 'answer', entry: entries[first]!.id, confidence: p, candidates };
  }
  if (!refused && isWorthAsking(index, p, tokens, vector.known)) {
    return { verdict: 'choose', entry: null, confidence: p, candidates };
  }
  const topic = refused ? exact : outside;
  const isNearer = topic >= 0 && (refused || scores.byEntry[topic]! > scores.byEntry[first]!);
  return {
    verdict: 'none',
    entry: null,
    confidence: p,
    candidates,
    ...(isNearer && { outOfScope: entries[topic]!.id }),
  };
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
function isWorthAsking(index: MatchIndex, p: number, tokens: readonly Token[], known: number): boolean {
  const isKnown = () => known > 0.99 && tokens.some(({ text, han }) => han || index.vocabulary.words.has(text));
  return p >= index.calibration.choose || (isSubject(tokens) && isKnown());
}

/** One word, or two Chinese characters ("icp", "备案"): it names a subject rather than asks a question. */
function isSubject([token, ...others]: readonly Token[]): boolean {
  return token !== undefined && others.length === 0 && (!token.han || [...token.text].length <= 2);
}
