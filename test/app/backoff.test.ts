import { expect, test } from 'vitest';
import { backoff, mostAttempts } from '../../src/app/backoff.ts';

test('each pause is three times the one before, up to five minutes', () => {
  const pauses = Array.from({ length: mostAttempts - 1 }, (_, failed) => backoff(failed + 1, 0, () => 0));
  expect(pauses).toEqual([1, 3, 9, 27, 81, 243, 300, 300, 300].map((seconds) => seconds * 1000));
});

test('chance takes off half of it at most', () => {
  expect([0, 0.5, 1].map((chance) => backoff(2, 0, () => chance))).toEqual([3000, 2250, 1500]);
});

test('what the platform asks for is a least, and does not shorten a longer pause', () => {
  expect(backoff(1, 7000, () => 0)).toBe(7000);
  expect(backoff(5, 7000, () => 0)).toBe(81_000);
});
