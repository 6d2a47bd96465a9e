import type { MatchableEntry, MatchIndex } from './build-index.ts';
import { match } from './match.ts';
import { type Part, withoutAnd } from './sentences.ts';
import type { Match } from './types.ts';

/** So much less confidence is enough where a second reading says the same. */
const confirmed = 0.15;

/** Whether a text would be answered if another reading of it said the same. */
export function isNearlySure({ calibration }: MatchIndex, { confidence }: Pick<Match, 'confidence'>): boolean {
  return confidence >= calibration.answer - confirmed;
}

/** Up to eight words, or a dozen Chinese characters: what people write when the subject is understood. */
const fewWords = /^(?:[^\p{Script=Han}\s]+(?:\s+|$)){1,8}$|^[^a-z]{1,12}$/iu;

/** Speaks of what was said beside it. */
const pronoun = /\b(?:it|its|they|them|this|that|these|those)\b/iu;

/** Whether a question of few words may be about what is asked beside it. */
function refersToOther(alone: Match): boolean {
  return !isExact(alone) && fewWords.test(alone.text) && pronoun.test(alone.text);
}

/** A part of a message, and what it means there. */
export interface Read {
  readonly part: Part;
  readonly found: Match;
}

/** Matches the parts of a message; where it asks several things, one that is not clear by itself is read beside the others. */
export function readParts(index: MatchIndex, whole: Match, parts: readonly Part[]): readonly Read[] {
  const asksMore = parts.filter(isAsked).length > 1;
  const matches = parts.map((part) => (asksMore ? readInPlace(index, part) : match(index, part.text)));
  return parts.map((part, at) => ({
    part,
    found: readBeside(index, whole, matches[at]!, [matches[at - 1], matches[at + 1]]),
  }));
}

/** Whether a part asks rather than tells. */
export function isAsked({ kind }: Part): boolean {
  return kind !== 'statement';
}

/** A question, read without "and", or with what is told right before it, where that makes it clearer. */
function readInPlace(index: MatchIndex, { text, lead }: Part): Match {
  const others = [withoutAnd(text), ...(lead === '' ? [] : [`${lead}\n${text}`])].filter((other) => other !== text);
  return others.reduce(
    (clearest, other) => {
      const found = match(index, other);
      return found.verdict === 'answer' && found.confidence > clearest.confidence ? { ...found, text } : clearest;
    },
    match(index, text),
  );
}

/**
 * A question of a message, given what it is alone and the answers to those around it. What is unclear, or may be about
 * one of these, is read together with the title of its entry: the one before it, otherwise the one after it.
 */
function readBeside(index: MatchIndex, whole: Match, alone: Match, [before, after]: Neighbours): Match {
  const isUnclear = alone.verdict === 'choose' || refersToOther(alone);
  const mayBeTold = isUntold(whole, alone, before);
  if (!isUnclear && !mayBeTold) return alone;
  const beside = [before, after].find((other) => other?.verdict === 'answer')?.entry ?? undefined;
  const together = withTitle(index, alone, beside);
  const isSame = before?.verdict === 'answer' && together?.verdict === 'answer' && together.entry === before.entry;
  const more = isSame ? { ...together, text: alone.text } : undefined;
  if (mayBeTold && more) return more;
  if (!isUnclear) return alone;
  const read = goingOn(index, alone, beside, together);
  const isOwn = read.verdict !== 'answer' || whole.candidates[0]?.entry === read.entry;
  // What refers back, and with that title means the entry before it, asks for more of that.
  return !isOwn && refersToOther(read) && more ? more : read;
}

/**
 * "And is a filing needed?" after a question about Hong Kong: a few words of which the whole message says nothing. The
 * answer to the question before may have told them.
 */
function isUntold(whole: Match, alone: Match, before: Match | undefined): boolean {
  if (before?.verdict !== 'answer' || alone.entry === null || !fewWords.test(alone.text)) return false;
  const named = firstTwo(whole.candidates);
  return named[0] === before.entry && !named.includes(alone.entry);
}

/** The questions of a message before and after another. */
type Neighbours = readonly [before: Match | undefined, after: Match | undefined];

/**
 * An unclear question, and how it reads with the title of the entry beside it: answered where it is nearly sure and that
 * reading names the same entry next to that one, otherwise with what either reading names. Of two, the one on the same
 * subject.
 */
function goingOn(index: MatchIndex, alone: Match, beside: string | undefined, together: Match | undefined): Match {
  if (!together || alone.candidates[0]?.entry === beside) return alone;
  const others = together.candidates.filter(({ entry }) => entry !== beside);
  const agreed = firstTwo(alone.candidates).filter((entry) => firstTwo(others).includes(entry));
  const subject = entryOf(index, beside)?.topic;
  const meant = agreed.find((entry) => entryOf(index, entry)?.topic === subject) ?? agreed[0];
  if (meant !== undefined && isNearlySure(index, alone)) return answerWith(alone, meant);
  return withOther(alone, { ...together, candidates: others });
}

/** The same match with this entry as its answer, and as its first candidate. */
export function answerWith(found: Match, entry: string): Match {
  const { confidence } = found;
  const others = found.candidates.filter((candidate) => candidate.entry !== entry);
  return { ...found, verdict: 'answer', entry, candidates: [{ entry, confidence }, ...others] };
}

function firstTwo(candidates: Match['candidates']): readonly string[] {
  return candidates.slice(0, 2).map(({ entry }) => entry);
}

/** A choice that also names what the other reading of the message would name: one from each in turn, the better first. */
export function withOther(best: Match, other: Match): Match {
  if (best.verdict !== 'choose' || best === other) return best;
  const inTurn = best.candidates.flatMap((candidate, at) => [candidate, ...other.candidates.slice(at, at + 1)]);
  const candidates = inTurn.filter(({ entry }, at) => inTurn.findIndex((one) => one.entry === entry) === at);
  return { ...best, candidates: candidates.slice(0, Math.max(best.candidates.length, other.candidates.length)) };
}

/**
 * "And how much?" after an answer: a few words that mean another entry on the same subject when they are read together
 * with the title of the one last spoken about. Undefined where they make sense alone, or mean something else.
 */
export function followUp(index: MatchIndex, alone: Match, last: string | undefined): Match | undefined {
  if (isExact(alone) || !fewWords.test(alone.text.trim())) return undefined;
  const isNext = (found: Match | undefined) => {
    const entry = entryOf(index, found?.entry ?? undefined);
    return entry !== undefined && entry.id !== last && entry.topic === entryOf(index, last)?.topic;
  };
  const together = withTitle(index, alone, last);
  if (together && isNext(together)) return { ...together, text: alone.text };
  const next = alone.verdict === 'choose' ? goingOn(index, alone, last, together) : undefined;
  return isNext(next) ? next : undefined;
}

/** A question read together with the title of the entry before it, where there is one in its language. */
function withTitle(index: MatchIndex, { text, language }: Match, before: string | undefined): Match | undefined {
  const title = entryOf(index, before)?.title?.[language];
  return title ? match(index, `${title} ${text}`) : undefined;
}

/** The entry with this id. */
export function entryOf(index: MatchIndex, wanted: string | undefined): MatchableEntry | undefined {
  return index.entries.find(({ id }) => id === wanted);
}

/** Whether a text is a question of the knowledge. */
export function isExact({ verdict, confidence }: Match): boolean {
  return verdict === 'answer' && confidence === 1;
}
