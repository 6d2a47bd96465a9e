import { expect, test } from 'vitest';
import { askAll, figuresOf } from '../../eval/figures.ts';
import { judge } from '../../eval/judge.ts';
import type { Reply } from '../../eval/reply.ts';

function reply(answered: readonly string[], offered: readonly string[] = []): Reply {
  return { answered, offered, ranked: [...answered, ...offered], confidence: 0.5 };
}

test.each([
  ['the answer', [['a']], reply(['a']), 'right'],
  ['either of two answers', [['a', 'b']], reply(['b']), 'right'],
  ['another answer', [['a']], reply(['b']), 'wrong'],
  ['the answer and one that was not asked for', [['a']], reply(['a', 'b']), 'wrong'],
  ['the right choice', [['a']], reply([], ['b', 'a']), 'offered'],
  ['only wrong choices', [['a']], reply([], ['b', 'c']), 'misled'],
  ['nothing', [['a']], reply([]), 'refused'],
  ['both answers in order', [['a'], ['b']], reply(['a', 'b']), 'right'],
  ['both answers the other way round', [['a'], ['b']], reply(['b', 'a']), 'partly'],
  ['one of two answers', [['a'], ['b']], reply(['b']), 'partly'],
  ['one of two answers, choices for the other', [['a'], ['b']], reply(['a'], ['c', 'b']), 'offered'],
  ['one of two answers, wrong choices for the other', [['a'], ['b']], reply(['a'], ['c']), 'partly'],
  ['choices for one of two questions', [['a'], ['b']], reply([], ['b', 'c']), 'partly'],
  ['choices for both questions', [['a'], ['b']], reply([], ['b', 'a']), 'offered'],
  ['one answer right, one wrong', [['a'], ['b']], reply(['a', 'c']), 'wrong'],
  ['an answer out of scope', [], reply(['a']), 'wrong'],
  ['choices out of scope', [], reply([], ['a']), 'misled'],
  ['a refusal out of scope', [], reply([]), 'refused'],
] as const)('%s', (_, expected, given, outcome) => {
  expect(judge({ expected }, given)).toBe(outcome);
});

test('figures count what was in scope and what was not apart', async () => {
  const replies: Record<string, Reply> = {
    one: { answered: ['a'], offered: [], ranked: ['a', 'b'], confidence: 0.9 },
    two: { answered: [], offered: ['b', 'a'], ranked: ['b', 'a'], confidence: 0.6 },
    three: { answered: ['c'], offered: [], ranked: ['c'], confidence: 0.8 },
    four: { answered: [], offered: [], ranked: ['b', 'c', 'd', 'a'], confidence: 0.2 },
    pair: { answered: ['a'], offered: [], ranked: ['a'], confidence: 0.9 },
    tax: { answered: [], offered: ['a'], ranked: ['a'], confidence: 0.5 },
    visa: { answered: ['a'], offered: [], ranked: ['a'], confidence: 0.8 },
  };
  const expected: Record<string, readonly (readonly string[])[]> = { pair: [['a'], ['b']], tax: [], visa: [] };
  const questions = Object.keys(replies).map((text) => ({ text, expected: expected[text] ?? [['a']] }));
  const judged = await askAll((text) => replies[text] ?? reply([]), questions);

  expect(figuresOf(judged)).toMatchObject({
    inScope: 5,
    outOfScope: 2,
    top1: 1 / 4,
    hit3: 2 / 4,
    answeredRight: 1 / 5,
    answeredPartly: 1 / 5,
    answeredWrong: 1 / 5,
    helped: 2 / 5,
    refused: 1 / 5,
    outAnswered: 1 / 2,
    outOffered: 1 / 2,
    // Above .5 and .8: .9 both, .6 one, .8 one and a tie, .2 none, .9 both: 6.5 of 10.
    auroc: 0.65,
  });
});

test('figures of nothing are null, not zero', () => {
  expect(figuresOf([])).toMatchObject({ inScope: 0, top1: null, helped: null, outAnswered: null, auroc: null });
});
