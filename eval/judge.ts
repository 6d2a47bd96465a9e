import type { Question } from './question.ts';
import type { Reply } from './reply.ts';

/**
 * How a message went. In scope: `right` (answered, with nothing wrong beside it), `partly` (one of two questions), `wrong`
 * (any wrong answer), `offered` (the right one, or that of the other question, is among the choices), `misled` (it is not), `refused`. Out of scope:
 * `wrong`, `misled` (choices, none of which can be right), `refused`.
 */
export type Outcome = 'right' | 'partly' | 'wrong' | 'offered' | 'misled' | 'refused';

/** What of a question is needed to judge a reply. */
export type Asked = Pick<Question, 'text' | 'expected'>;

/** A question with what became of it. */
export interface Judged<Q extends Asked = Asked> {
  readonly question: Q;
  readonly reply: Reply;
  readonly outcome: Outcome;
}

/** Judges a reply strictly: an answer that was not asked for is a wrong one. */
export function judge({ expected }: Pick<Asked, 'expected'>, { answered, offered }: Reply): Outcome {
  if (answered.some((id) => !expected.some((right) => right.includes(id)))) return 'wrong';
  if (answered.length > 0) {
    if (expected.length === 1 || inOrder(expected, answered)) return 'right';
    const left = expected.filter((right) => !right.some((id) => answered.includes(id)));
    const isOffered = left.length > 0 && left.every((right) => right.some((id) => offered.includes(id)));
    return isOffered ? 'offered' : 'partly';
  }
  const found = expected.filter((right) => right.some((id) => offered.includes(id))).length;
  if (found > 0) return found === expected.length ? 'offered' : 'partly';
  return offered.length > 0 ? 'misled' : 'refused';
}

function inOrder(expected: Asked['expected'], answered: readonly string[]): boolean {
  return answered.length === expected.length && answered.every((id, at) => expected[at]?.includes(id));
}
