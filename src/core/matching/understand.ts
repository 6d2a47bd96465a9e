import type { MatchIndex } from './build-index.ts';
import { match } from './match.ts';
import type { Match } from './types.ts';

/** At most this many questions of one message are answered. */
const mostQuestions = 3;

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
  /[?？]|[吗呢]$|\b(?:how|what|when|where|which|who|why)\b|^(?:can|could|do|does|did|is|are|may|must|should|will|would)\b|多少|多久|怎么|如何|什么|哪|能不能|可不可以|可以|是否|要不要|需不需要|有没有/iu;

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
  const asked = questionsIn(text).map((part) => match(index, part));
  const told = distinct(asked.filter((part) => isTold(whole, part)));
  const wanted = withoutSmallTalk(index, told);
  const [sure] = wanted;
  if (wanted.length > 1) return wanted.slice(0, mostQuestions);
  if (whole.verdict === 'answer' && !(isSmallTalk(index, whole) && sure)) return [whole];
  if (sure) return [sure];
  return [bestOf(index, [whole, ...(text.length > letterLength ? asked : [])])];
}

/** Whether a part of a message is a question that can be answered: both the part and the whole speak for its entry. */
function isTold(whole: Match, part: Match): boolean {
  const place = whole.candidates.findIndex(({ entry }) => entry === part.entry);
  return isExact(part) || (part.verdict === 'answer' && place >= 0 && place < mostQuestions);
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

function isExact({ verdict, confidence }: Match): boolean {
  return verdict === 'answer' && confidence === 1;
}

function distinct(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ entry }, at) => matches.findIndex((other) => other.entry === entry) === at);
}

function isSmallTalk(index: MatchIndex, { entry }: Match): boolean {
  const found = index.entries.find(({ id }) => id === entry);
  return found?.status === 'meta' && found.action === undefined;
}

/** A greeting or thanks beside a question needs no answer of its own. */
function withoutSmallTalk(index: MatchIndex, matches: readonly Match[]): readonly Match[] {
  const serious = matches.filter((found) => !isSmallTalk(index, found));
  return serious.length > 0 ? serious : matches.slice(0, 1);
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
  const before = index.entries.find(({ id }) => id === last);
  const title = before?.title?.[alone.language];
  if (!title || isExact(alone) || !fewWords.test(alone.text.trim())) return undefined;
  const together = match(index, `${title} ${alone.text}`);
  const found = index.entries.find(({ id }) => id === together.entry);
  const isNext = found && found.id !== last && found.topic === before.topic;
  return isNext ? { ...together, text: alone.text } : undefined;
}
