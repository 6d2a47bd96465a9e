import { askAll, figuresOf } from './figures.ts';
import type { Asked } from './judge.ts';
import type { Ask } from './reply.ts';
import type { Slip } from './slips.ts';

/** What slips cost: shares of the same questions, as written and with slips. */
export interface Loss {
  readonly questions: number;
  readonly top1: number;
  readonly top1WithSlips: number;
  readonly helped: number;
  readonly helpedWithSlips: number;
}

/** Asks questions as they are and with slips. Only questions in scope and that the slip changes count. */
export async function measureLoss(ask: Ask, questions: readonly Asked[], slip: Slip): Promise<Loss> {
  const changed = questions
    .filter(({ expected }) => expected.length === 1)
    .map((question) => ({ question, slipped: { ...question, text: slip(question.text) } }))
    .filter(({ question, slipped }) => question.text !== slipped.text);
  const before = figuresOf(
    await askAll(
      ask,
      changed.map(({ question }) => question),
    ),
  );
  const after = figuresOf(
    await askAll(
      ask,
      changed.map(({ slipped }) => slipped),
    ),
  );
  return {
    questions: changed.length,
    top1: before.top1 ?? 0,
    top1WithSlips: after.top1 ?? 0,
    helped: before.helped ?? 0,
    helpedWithSlips: after.helped ?? 0,
  };
}
