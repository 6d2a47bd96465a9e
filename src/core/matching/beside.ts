import type { MatchableEntry, MatchIndex } from './build-index.ts';
import { match } from './match.ts';
import type { Match } from './types.ts';

/** So much less confidence is enough where a second reading says the same. */
const confirmed = 0.1;

/** Whether a text would be answered if another reading of it said the same. */
export function isNearlySure({ calibration }: MatchIndex, { confidence }: Pick<Match, 'confidence'>): boolean {
  return confidence >= calibration.answer - confirmed;
}

/** Up to eight words, or a dozen Chinese characters: what people write when the subject is understood. */
const fewWords = /^(?:[^\p{Script=Han}\s]+(?:\s+|$)){1,8}$|^[^a-z]{1,12}$/iu;

/** Speaks of what was said beside it. */
const pronoun = /\b(?:it|its|they|them|this|that|these|those)\b/iu;

/** Whether a question of few words may be about what is asked beside it. */
export function refersToOther(alone: Match): boolean {
  return !isExact(alone) && fewWords.test(alone.text) && pronoun.test(alone.text);
}

/**
 * An unclear question, read with the title of the entry beside it: answered where it is nearly sure and that reading
 * names the same entry next to that one, otherwise with what either reading names. Of two, the one on the same subject.
 */
export function goingOn(index: MatchIndex, alone: Match, beside: string | undefined): Match {
  const together = withTitle(index, alone, beside);
  if (!together || alone.candidates[0]?.entry === beside) return alone;
  const others = together.candidates.filter(({ entry }) => entry !== beside);
  const agreed = firstTwo(alone.candidates).filter((entry) => firstTwo(others).includes(entry));
  const subject = entryOf(index, beside)?.topic;
  const meant = agreed.find((entry) => entryOf(index, entry)?.topic === subject) ?? agreed[0];
  if (meant !== undefined && isNearlySure(index, alone)) return { ...alone, verdict: 'answer', entry: meant };
  return withOther(alone, { ...together, candidates: others });
}

function firstTwo(candidates: Match['candidates']): readonly string[] {
  return candidates.slice(0, 2).map(({ entry }) => entry);
}

/** What is clear but refers back, and means the entry before it when it is read with its title, asks for more of that. */
export function ofTheSame(index: MatchIndex, alone: Match, before: Match | undefined): Match {
  if (alone.verdict !== 'answer' || before?.verdict !== 'answer' || !refersToOther(alone)) return alone;
  const together = withTitle(index, alone, before.entry ?? undefined);
  return together?.verdict === 'answer' && together.entry === before.entry ? { ...together, text: alone.text } : alone;
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
  const next = alone.verdict === 'choose' ? goingOn(index, alone, last) : undefined;
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
