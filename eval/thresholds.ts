import { type Asked, type Judged, judge } from './judge.ts';
import { offeredChoices, type Reply } from './reply.ts';

/** The scores from which on a matcher answers, and offers choices. */
export interface Thresholds {
  readonly answer: number;
  readonly choose: number;
}

/** How often a matcher may go wrong: shares of the messages in scope and out of scope. */
export interface Caution {
  readonly answeredWrong: number;
  readonly outAnswered: number;
  readonly outOffered: number;
}

/** The reply of a matcher that only ranks, once it has thresholds. */
export function decide(reply: Reply, { answer, choose }: Thresholds): Reply {
  const { ranked, confidence } = reply;
  const first = ranked.slice(0, confidence >= answer ? 1 : 0);
  const offered = first.length === 0 && confidence >= choose ? ranked.slice(0, offeredChoices) : [];
  return { ...reply, answered: first, offered };
}

/** Judges again, with thresholds. */
export function judgeWith<Q extends Asked>(judged: readonly Judged<Q>[], thresholds: Thresholds): readonly Judged<Q>[] {
  return judged.map(({ question, reply }) => {
    const decided = decide(reply, thresholds);
    return { question, reply: decided, outcome: judge(question, decided) };
  });
}

/** The lowest thresholds at which a matcher goes wrong no more often than allowed. */
export function asCautious(judged: readonly Judged[], most: Caution): Thresholds {
  const { inScope, outOfScope, scores } = sorted(judged);
  const fits = (answer: number) =>
    share(inScope, (one) => isAnsweredWrong(one, answer)) <= most.answeredWrong &&
    share(outOfScope, ({ reply }) => reply.confidence >= answer) <= most.outAnswered;
  const answer = lowestWhile(scores, fits);
  const choose = lowestWhile(
    scores.filter((score) => score <= answer),
    (from) =>
      share(outOfScope, ({ reply: { confidence } }) => confidence >= from && confidence < answer) <= most.outOffered,
  );
  return { answer, choose: Math.min(choose, answer) };
}

/** The thresholds with the best F1 of answers, and of having something to say to a message in scope. */
export function bestF1(judged: readonly Judged[]): Thresholds {
  const { inScope, scores } = sorted(judged);
  const f1 = (said: readonly Judged[], right: number) => (2 * right) / (said.length + inScope.length || 1);
  const best = (value: (from: number) => number) =>
    scores.reduce((found, from) => (value(from) > value(found) ? from : found), Number.POSITIVE_INFINITY);
  const from = (score: number) => judged.filter(({ reply }) => reply.confidence >= score && reply.ranked.length > 0);
  const answer = best((score) => f1(from(score), from(score).filter(isFirstRight).length));
  const choose = best((score) =>
    f1(from(score), from(score).filter(({ question }) => question.expected.length > 0).length),
  );
  return { answer, choose: Math.min(choose, answer) };
}

function sorted(judged: readonly Judged[]) {
  return {
    inScope: judged.filter(({ question }) => question.expected.length > 0),
    outOfScope: judged.filter(({ question }) => question.expected.length === 0),
    scores: [...new Set(judged.map(({ reply }) => reply.confidence))].toSorted((one, other) => other - one),
  };
}

/** The last of descending scores up to which everything fits; infinite when not even the first does. */
function lowestWhile(scores: readonly number[], fits: (score: number) => boolean): number {
  const broken = scores.findIndex((score) => !fits(score));
  const last = broken < 0 ? scores.length - 1 : broken - 1;
  return scores[last] ?? Number.POSITIVE_INFINITY;
}

function isFirstRight({ question, reply }: Judged): boolean {
  return question.expected.some((right) => right.includes(reply.ranked[0] ?? ''));
}

function isAnsweredWrong(one: Judged, answer: number): boolean {
  return one.reply.confidence >= answer && one.reply.ranked.length > 0 && !isFirstRight(one);
}

function share(judged: readonly Judged[], counts: (one: Judged) => boolean): number {
  return judged.length > 0 ? judged.filter(counts).length / judged.length : 0;
}
