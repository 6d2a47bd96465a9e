import { type Asked, type Judged, judge } from './judge.ts';
import { auroc, type Claim, calibrationError } from './metrics.ts';
import type { Ask } from './reply.ts';

/** The figures of a set of questions: counts, and shares from 0 to 1. Null where nothing was there to be counted. */
export interface Figures {
  readonly inScope: number;
  readonly outOfScope: number;
  /** Best candidate right, right one among the best three: of the messages with one question. */
  readonly top1: number | null;
  readonly hit3: number | null;
  /** Of the messages in scope. `helped` is answered right or offered the right choice. */
  readonly answeredRight: number | null;
  readonly answeredPartly: number | null;
  readonly answeredWrong: number | null;
  readonly helped: number | null;
  readonly refused: number | null;
  /** Of the messages out of scope. */
  readonly outAnswered: number | null;
  readonly outOffered: number | null;
  /** In scope against out of scope by confidence. */
  readonly auroc: number | null;
  readonly calibrationError: number | null;
}

/** Asks every question, one after the other. */
export async function askAll<Q extends Asked>(ask: Ask, questions: readonly Q[]): Promise<readonly Judged<Q>[]> {
  const judged: Judged<Q>[] = [];
  for (const question of questions) {
    const reply = await ask(question.text);
    judged.push({ question, reply, outcome: judge(question, reply) });
  }
  return judged;
}

/** Counts. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const inScope = judged.filter(({ question }) => question.expected.length > 0);
  const outOfScope = judged.filter(({ question }) => question.expected.length === 0);
  const single = inScope.filter(({ question }) => question.expected.length === 1);
  const inScopeShare = (...wanted: readonly string[]) => share(inScope, ({ outcome }) => wanted.includes(outcome));
  const confidenceOf = ({ reply }: Judged) => reply.confidence;
  return {
    inScope: inScope.length,
    outOfScope: outOfScope.length,
    top1: share(single, (one) => isFirstRight(one)),
    hit3: share(single, ({ question, reply }) =>
      reply.ranked.slice(0, 3).some((id) => question.expected[0]?.includes(id)),
    ),
    answeredRight: inScopeShare('right'),
    answeredPartly: inScopeShare('partly'),
    answeredWrong: inScopeShare('wrong'),
    helped: inScopeShare('right', 'offered'),
    refused: inScopeShare('refused'),
    outAnswered: share(outOfScope, ({ outcome }) => outcome === 'wrong'),
    outOffered: share(outOfScope, ({ outcome }) => outcome === 'misled'),
    auroc: known(auroc(inScope.map(confidenceOf), outOfScope.map(confidenceOf))),
    calibrationError: known(calibrationError(claimsOf(judged))),
  };
}

/** What was claimed of each message with at most one question: that its best candidate is right. */
export function claimsOf(judged: readonly Judged[]): readonly Claim[] {
  return judged
    .filter(({ question }) => question.expected.length < 2)
    .map((one) => ({ p: one.reply.confidence, right: isFirstRight(one) }));
}

function isFirstRight({ question, reply }: Judged): boolean {
  return reply.ranked[0] !== undefined && question.expected[0]?.includes(reply.ranked[0]) === true;
}

function share(judged: readonly Judged[], counts: (one: Judged) => boolean): number | null {
  return judged.length > 0 ? judged.filter(counts).length / judged.length : null;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
