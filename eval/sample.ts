import { createHash } from 'node:crypto';
import type { Half } from './question.ts';

/** As many of the questions of each half and scope as asked for, the same in each run: for matchers that take long. */
export function sampleOf<Q extends { text: string; expected: readonly unknown[]; half: Half }>(
  questions: readonly Q[],
  size: { readonly inScope: number; readonly outOfScope: number },
): readonly Q[] {
  const hashOf = ({ text }: Q) => createHash('sha256').update(`sample ${text}`).digest('hex');
  const shuffled = questions.map((question) => ({ question, hash: hashOf(question) })).toSorted(byHash);
  const taken = (half: Half, inScope: boolean) =>
    shuffled
      .map(({ question }) => question)
      .filter((question) => question.half === half && question.expected.length > 0 === inScope)
      .slice(0, (inScope ? size.inScope : size.outOfScope) / 2);
  return (['dev', 'held-out'] as const).flatMap((half) => [...taken(half, true), ...taken(half, false)]);
}

function byHash(one: { readonly hash: string }, other: { readonly hash: string }): number {
  return one.hash < other.hash ? -1 : 1;
}
