import { deniesWish } from './aside.ts';
import {
  answerWith,
  entryOf,
  followUp,
  isAsked,
  isExact,
  isNearlySure,
  type Read,
  readParts,
  withOther,
} from './beside.ts';
import type { MatchIndex } from './build-index.ts';
import { match } from './match.ts';
import { asks, clausesOf, partsOf, sentencesOf } from './sentences.ts';
import type { Match } from './types.ts';

/** At most this many questions of one message are answered. */
const mostQuestions = 3;

/** Longer texts (characters) are letters: the question has to be found in them. */
const letterLength = 160;

/** A phrase with the signs and space after it: as much as a greeting or thanks takes. */
const phrase = /[^?？!！。；;，、,.\n]+[?？!！。；;，、,.\s]*|[?？!！。；;，、,.\s]+/gu;

/** A message opens with at most so many phrases of greeting, and closes with as many of thanks. */
const mostPleasantries = 3;

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
  const found = take(index, asked === text ? whole : match(index, asked), context.topic);
  // Nothing is done that the visitor says is not wanted: it is asked about.
  return found.map((one) => (isActing(index, one) && deniesWish(one.text) ? asChoice(one, one) : one));
}

function isActing(index: MatchIndex, { entry }: Match): boolean {
  return entryOf(index, entry ?? undefined)?.action !== undefined;
}

/** The questions of a message without pleasantries, of which the match as a whole is known. */
function take(index: MatchIndex, whole: Match, topic: string | undefined): readonly Match[] {
  const { text } = whole;
  if (isExact(whole)) return [whole];
  const next = followUp(index, whole, topic);
  if (next) return [next];
  const read = readParts(index, whole, partsOf(text));
  const several = severalOf(index, whole, read);
  if (several.length > 1) return several.slice(0, mostQuestions);
  const [sure] = several;
  if (whole.verdict === 'answer' && !(isSmallTalk(index, whole) && sure)) return [whole];
  const wish = wishIn(index, whole);
  if (wish) return [wish];
  if (sure) return [isMeantBy(index, whole, sure) ? sure : withOther(asChoice(sure, whole), whole)];
  const asked = read.filter(({ part }) => isAsked(part)).map(({ found }) => found);
  if (isLetter(whole)) return [withOther(bestOf(index, [whole, ...asked]), whole)];
  return [asked.length > 1 ? asked.reduce(withOther, whole) : whole];
}

/** A wish ("my site is example.com, I want to talk to a consultant") that a clause says clearly, and the whole nearly. */
function wishIn(index: MatchIndex, whole: Match): Match | undefined {
  const wished = whole.verdict === 'choose' ? entryOf(index, whole.candidates[0]?.entry) : undefined;
  if (wished?.action === undefined || !isNearlySure(index, whole)) return undefined;
  const clauses = clausesOf(whole.text).map((clause) => match(index, clause));
  return clauses.some(({ entry }) => entry === wished.id) ? answerWith(whole, wished.id) : undefined;
}

/** Whether a message that holds one clear question says nothing else as a whole. */
function isMeantBy(index: MatchIndex, whole: Match, { text, confidence, entry }: Match): boolean {
  const isSentence = sentencesOf(whole.text).includes(text);
  if ((isSentence && confidence === 1) || isSmallTalk(index, whole)) return true;
  const isClear = isNearlySure(index, whole);
  if (isSentence && isLetter(whole) && (!isClear || confidence > whole.confidence)) return true;
  return whole.candidates[0]?.entry === entry && (isSentence || isClear);
}

function isLetter({ text }: Match): boolean {
  return text.length > letterLength;
}

/** A question of which it is not sure that the message means it. */
function asChoice(part: Match, { confidence }: Match): Match {
  return { ...part, verdict: 'choose', entry: null, confidence };
}

/** The parts of a message that are answered; with them one that is unclear, unless the message may not mean it at all. */
function severalOf(index: MatchIndex, whole: Match, read: readonly Read[]): readonly Match[] {
  const alone = read.filter((one) => standsApart(whole, one));
  const apart = alone.length > 1 ? alone : [];
  const isMeant = (one: Read) => apart.includes(one) || isTold(whole, one.found);
  const clear = read.filter((one) => one.found.verdict === 'answer' && isMeant(one));
  const wanted = withoutSmallTalk(index, distinct(clear.map(({ found }) => found)));
  if (wanted.every((part) => isSmallTalk(index, part))) return wanted;
  const unclear = read.find(
    (one) =>
      isAsked(one.part) &&
      one.found.verdict === 'choose' &&
      (apart.includes(one) || isHinted(whole, one.found)) &&
      !isAnswered(wanted, one.found) &&
      !isMeta(index, one.found),
  );
  return read.map(({ found }) => found).filter((part) => part === unclear?.found || wanted.includes(part));
}

/** Whether a part is a question by itself. In a letter only the sign tells; elsewhere it may be left out, but not replaced. */
function standsApart(whole: Match, { part: { text, kind } }: Read): boolean {
  if (/[?？]$/.test(text)) return true;
  return kind === 'question' && !isLetter(whole) && !/[.。!！]$/.test(text);
}

function isAnswered(answers: readonly Match[], { candidates }: Match): boolean {
  return answers.some(({ entry }) => entry === candidates[0]?.entry);
}

/** Whether the whole message, unless it is a letter, names one of the first two entries that a part of it may mean. */
function isHinted(whole: Match, part: Match): boolean {
  if (isLetter(whole)) return false;
  const named = whole.candidates.slice(0, mostQuestions).map(({ entry }) => entry);
  return part.candidates.slice(0, 2).some(({ entry }) => named.includes(entry));
}

/** Whether a question seems to be about the bot itself. */
function isMeta(index: MatchIndex, { candidates }: Match): boolean {
  return entryOf(index, candidates[0]?.entry)?.status === 'meta';
}

/** Whether not only a part of a message but the whole speaks for its entry. */
function isTold(whole: Match, part: Match): boolean {
  const place = whole.candidates.findIndex(({ entry }) => entry === part.entry);
  return isExact(part) || (place >= 0 && place < mostQuestions);
}

/** The message without greetings and thanks, which would drown the question beside them; as it was if there is none. */
function withoutPleasantries(index: MatchIndex, text: string): string {
  const phrases = text.match(phrase) ?? [];
  if (phrases.length < 2) return text;
  const kept = phrases.filter((part, at) => {
    const inside = at >= mostPleasantries && at < phrases.length - mostPleasantries;
    return inside || asks(part) || !isSmallTalk(index, match(index, part));
  });
  const rest = kept.join('').trim();
  return kept.length < phrases.length && /[\p{L}\p{N}]/u.test(rest) ? rest : text;
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
