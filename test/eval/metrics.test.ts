import { expect, test } from 'vitest';
import { auroc, binsOf, calibrationError } from '../../eval/metrics.ts';

test('AUROC counts the pairs that are in the right order, ties half', () => {
  expect(auroc([0.9, 0.8], [0.1, 0.2])).toBe(1);
  expect(auroc([0.1, 0.2], [0.9, 0.8])).toBe(0);
  // Pairs: .8>.5, .8>.3, .5=.5 (half), .5>.3, .4<.5, .4>.3: 4.5 of 6.
  expect(auroc([0.8, 0.5, 0.4], [0.5, 0.3])).toBeCloseTo(0.75, 12);
  expect(auroc([0.5, 0.5], [0.5])).toBe(0.5);
  expect(auroc([0.5], [])).toBeNaN();
});

test('calibration error is the gap between claim and truth, weighted by how many claims are in a tenth', () => {
  const claims = [
    { p: 0.95, right: true },
    { p: 1, right: true },
    { p: 0.95, right: false },
    { p: 0.25, right: false },
  ];
  // Last tenth: claimed 2.9 / 3, right 2 / 3, gap 0.3, three claims. Third tenth: gap 0.25, one claim.
  expect(calibrationError(claims)).toBeCloseTo((3 * 0.3 + 0.25) / 4, 12);
  expect(calibrationError([])).toBeNaN();
  expect(calibrationError([{ p: 1, right: true }])).toBe(0);
});

test('bins hold every claim once, with 0 in the first and 1 in the last', () => {
  const bins = binsOf([0, 0.05, 0.1, 0.3, 0.999, 1].map((p) => ({ p, right: true })));
  expect(bins.map(({ count }) => count)).toEqual([2, 1, 0, 1, 0, 0, 0, 0, 0, 2]);
});
