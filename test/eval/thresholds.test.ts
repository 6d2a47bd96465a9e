import { expect, test } from 'vitest';
import { figuresOf } from '../../eval/figures.ts';
import type { Judged } from '../../eval/judge.ts';
import { asCautious, bestF1, judgeWith } from '../../eval/thresholds.ts';

/** A ranking that was not decided yet: `a` is right, `out` is out of scope. */
function ranked(expected: 'a' | 'out', first: string, confidence: number): Judged {
  const question = { text: `${expected} ${first} ${confidence}`, expected: expected === 'out' ? [] : [['a']] };
  return {
    question,
    reply: { answered: [], offered: [], ranked: [first, 'a', 'c'], confidence },
    outcome: 'refused',
  };
}

const judged = [
  ranked('a', 'a', 0.9),
  ranked('a', 'a', 0.8),
  ranked('out', 'a', 0.7),
  ranked('a', 'a', 0.6),
  ranked('a', 'b', 0.5),
  ranked('out', 'a', 0.4),
  ranked('a', 'a', 0.3),
];

test('as cautious: the lowest thresholds that go wrong no more often than allowed', () => {
  const never = asCautious(judged, { answeredWrong: 0, outAnswered: 0, outOffered: 0 });
  expect(never).toEqual({ answer: 0.8, choose: 0.8 });
  const half = asCautious(judged, { answeredWrong: 0, outAnswered: 0.5, outOffered: 0.5 });
  expect(half).toEqual({ answer: 0.6, choose: 0.3 });
  expect(figuresOf(judgeWith(judged, half))).toMatchObject({
    answeredRight: 3 / 5,
    answeredWrong: 0,
    helped: 1,
    outAnswered: 1 / 2,
    outOffered: 1 / 2,
  });
});

test('as cautious: answers nothing when the surest answer is already wrong', () => {
  const { answer } = asCautious([ranked('out', 'a', 0.9), ranked('a', 'a', 0.5)], {
    answeredWrong: 0,
    outAnswered: 0,
    outOffered: 1,
  });
  expect(answer).toBe(Number.POSITIVE_INFINITY);
});

test('best F1: the threshold with the best balance of right answers among answers and among questions', () => {
  // Answers from .6 on: 3 right of 4 said and 5 asked, F1 6/9; from .3 on: 4 of 7, 8/12; the first of equals stays.
  expect(bestF1(judged).answer).toBe(0.6);
});
