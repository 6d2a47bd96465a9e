import type { MatchableEntry, MatchIndex } from './build-index.ts';
import { match } from './match.ts';
import type { Match } from './types.ts';

/** At most this many questions of one message are answered. */
const mostQuestions = 3;

/** So much less confidence is enough where a second reading says the same. */
const confirmed = 0.1;

/** Longer texts (characters) are letters: the question has to be found in them. */
const letterLength = 160;

/** Where one question ends and another may begin. */
const sentenceEnd = /(?<=[?？!！。；;])\s*|(?<=\.)\s+|\n+/u;
const joint =
  /[,，、]\s*(?=(?:and|or|also)\b)|\s+(?:and also|and|also|plus)\s+|[,，]\s*|(?:还有|另外|以及|并且|而且|顺便)/u;

/** A phrase with the signs and space after it: as much as a greeting or thanks takes. */
const phrase = /[^?？!！。；;，、,.\n]+[?？!！。；;，、,.\s]*|[?？!！。；;，、,.\s]+/gu;

/** A message opens with at most so many phrases of greeting, and closes with as many of thanks. */
const mostPleasantries = 3;

/** What makes a part of a sentence a question of its own. */
const asks =
  /[?？]|[吗呢]$|\b(?:how|what|when|where|which|who|why)\b|^(?:can|could|do|does|did|is|are|may|must|should|will|would)\b|多少|多久|怎么|如何|什么|哪|可不可以|可以|是否|(\p{Script=Han})不\1|需不需要|有没有/iu;

/** Up to eight words, or a dozen Chinese characters: what people write when the subject is understood. */
const fewWords = /^(?:[^\p{Script=Han}\s]+(?:\s+|$)){1,8}$|^[^a-z]{1,12}$/iu;

/**
 * The questions of a message, each with its match: one for a short message, up to three where it clearly asks several
 * things, and the sentences that ask something where it is a letter. At least one.
 */
export function understand(
  index: MatchIndex,
  text: string,
  context: { readonly topic?: string } = {},
): readonly Match[] {
  const whole = match(index, text);
  if (isExact(whole)) return [whole];
  const asked = withoutPleasantries(index, text);
  return asked === text ? take(index, whole, context.topic) : take(index, match(index, asked), context.topic);
}

/** The questions of a message without pleasantries, of which the match as a whole is known. */
function take(index: MatchIndex, whole: Match, topic: string | undefined): readonly Match[] {
  const { text } = whole;
  if (isExact(whole)) return [whole];
  const next = followUp(index, whole, topic);
  if (next) return [next];
  const asked = matchInOrder(index, questionsIn(text));
  const several = severalOf(index, whole, asked);
  if (several.length > 1) return several.slice(0, mostQuestions);
  const [sure] = several;
  if (whole.verdict === 'answer' && !(isSmallTalk(index, whole) && sure)) return [whole];
  if (sure) return [sure];
  return [text.length > letterLength ? withOther(bestOf(index, [whole, ...asked]), whole) : whole];
}

/** The parts of a message that are answered; with them, where they are sentences of their own, one that is unclear. */
function severalOf(index: MatchIndex, whole: Match, asked: readonly Match[]): readonly Match[] {
  const sentences = asked.filter(({ text }) => /[?？]$/.test(text));
  const apart = sentences.length > 1 ? sentences : [];
  const told = asked.filter((part) => part.verdict === 'answer' && (apart.includes(part) || isTold(whole, part)));
  const wanted = withoutSmallTalk(index, distinct(told));
  if (wanted.every((part) => isSmallTalk(index, part))) return wanted;
  const unclear = apart.find((part) => part.verdict === 'choose' && !isAnswered(wanted, part) && !isMeta(index, part));
  return asked.filter((part) => part === unclear || wanted.includes(part));
}

function isAnswered(answers: readonly Match[], { candidates }: Match): boolean {
  return answers.some(({ entry }) => entry === candidates[0]?.entry);
}

/** Whether a question seems to be about the bot itself. */
function isMeta(index: MatchIndex, { candidates }: Match): boolean {
  return entryOf(index, candidates[0]?.entry)?.status === 'meta';
}

/** Matches the questions of a message; one that is not clear by itself is read as going on from the one before it. */
function matchInOrder(index: MatchIndex, questions: readonly string[]): readonly Match[] {
  const matches: Match[] = [];
  for (const question of questions) {
    const alone = match(index, question);
    const before = matches.at(-1)?.candidates[0]?.entry;
    matches.push(alone.verdict === 'choose' ? goingOn(index, alone, before) : alone);
  }
  return matches;
}

/** An unclear question is answered where it means the same when it is read with the title of the entry before it. */
function goingOn(index: MatchIndex, alone: Match, before: string | undefined): Match {
  const [meant] = alone.candidates;
  if (!meant || meant.entry === before) return alone;
  const first = withTitle(index, alone, before)?.candidates[0];
  if (first?.entry !== meant.entry) return alone;
  const confidence = Math.max(meant.confidence, first.confidence);
  const isSure = confidence >= index.calibration.answer - confirmed;
  return isSure ? { ...alone, verdict: 'answer', entry: meant.entry, confidence } : alone;
}

/** Whether not only a part of a message but the whole speaks for its entry. */
function isTold(whole: Match, part: Match): boolean {
  const place = whole.candidates.findIndex(({ entry }) => entry === part.entry);
  return isExact(part) || (place >= 0 && place < mostQuestions);
}

/** The parts of a message that ask something: its sentences, and the clauses of a sentence that asks twice. */
function questionsIn(text: string): readonly string[] {
  return parts(text, sentenceEnd).flatMap((sentence) => {
    const clauses = parts(sentence, joint).filter((part) => asks.test(part));
    if (clauses.length > 1) return clauses;
    return asks.test(sentence) ? [sentence] : [];
  });
}

function parts(text: string, end: RegExp): readonly string[] {
  return text
    .split(end)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}

/** The message without greetings and thanks, which would drown the question beside them; as it was if there is none. */
function withoutPleasantries(index: MatchIndex, text: string): string {
  const phrases = text.match(phrase) ?? [];
  if (phrases.length < 2) return text;
  const kept = phrases.filter((part, at) => {
    const inside = at >= mostPleasantries && at < phrases.length - mostPleasantries;
    return inside || asks.test(part) || !isSmallTalk(index, match(index, part));
  });
  const rest = kept.join('').trim();
  return kept.length < phrases.length && /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

function entryOf(index: MatchIndex, wanted: string | undefined): MatchableEntry | undefined {
  return index.entries.find(({ id }) => id === wanted);
}

function isExact({ verdict, confidence }: Match): boolean {
  return verdict === 'answer' && confidence === 1;
}

function distinct(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ entry }, at) => matches.findIndex((other) => other.entry === entry) === at);
}

function isSmallTalk(index: MatchIndex, { entry }: Match): boolean {
  const found = entryOf(index, entry ?? undefined);
  return found?.status === 'meta' && found.action === undefined;
}

/** A greeting or thanks beside a question needs no answer of its own. */
function withoutSmallTalk(index: MatchIndex, matches: readonly Match[]): readonly Match[] {
  const serious = matches.filter((found) => !isSmallTalk(index, found));
  return serious.length > 0 ? serious : matches.slice(0, 1);
}

/** A choice that also names what the other reading of the message would name: one from each in turn, the better first. */
function withOther(best: Match, other: Match): Match {
  if (best.verdict !== 'choose' || best === other) return best;
  const inTurn = best.candidates.flatMap((candidate, at) => [candidate, ...other.candidates.slice(at, at + 1)]);
  const candidates = inTurn.filter(({ entry }, at) => inTurn.findIndex((one) => one.entry === entry) === at);
  return { ...best, candidates: candidates.slice(0, Math.max(best.candidates.length, other.candidates.length)) };
}

const rank = { answer: 2, choose: 1, none: 0 } as const;

function bestOf(index: MatchIndex, matches: readonly Match[]): Match {
  const [best] = matches.toSorted(
    (one, other) =>
      rank[other.verdict] - rank[one.verdict] ||
      Number(isSmallTalk(index, one)) - Number(isSmallTalk(index, other)) ||
      other.confidence - one.confidence,
  );
  return best ?? match(index, '');
}

/**
 * "And how much?" after an answer: a few words that mean another entry on the same subject when they are read together
 * with the title of the one last spoken about. Undefined where they make sense alone, or mean something else.
 */
function followUp(index: MatchIndex, alone: Match, last: string | undefined): Match | undefined {
  if (isExact(alone) || !fewWords.test(alone.text.trim())) return undefined;
  const together = withTitle(index, alone, last);
  const found = entryOf(index, together?.entry ?? undefined);
  const isNext = together && found && found.id !== last && found.topic === entryOf(index, last)?.topic;
  return isNext ? { ...together, text: alone.text } : undefined;
}

/** A question read together with the title of the entry before it, where there is one in its language. */
function withTitle(index: MatchIndex, { text, language }: Match, before: string | undefined): Match | undefined {
  const title = entryOf(index, before)?.title?.[language];
  return title ? match(index, `${title} ${text}`) : undefined;
}
