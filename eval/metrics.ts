/** The share (0..1) of pairs in which the positive is above the negative; ties count half. NaN without pairs. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [
    ...positives.map((value) => ({ value, positive: true })),
    ...negatives.map((value) => ({ value, positive: false })),
  ].toSorted((one, other) => one.value - other.value);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let end = from;
    while (end < all.length && all[end]?.value === all[from]?.value) end++;
    const tied = all.slice(from, end).filter(({ positive }) => positive).length;
    rankSum += tied * ((from + 1 + end) / 2);
    from = end;
  }
  const pairs = positives.length * negatives.length;
  return (rankSum - (positives.length * (positives.length + 1)) / 2) / pairs;
}

/** A claim of probability `p` and whether it came true. */
export interface Claim {
  readonly p: number;
  readonly right: boolean;
}

/** A tenth of the probabilities: how many claims fell into it, what they claimed on average and how many came true. */
export interface Bin {
  readonly from: number;
  readonly count: number;
  readonly claimed: number;
  readonly right: number;
}

/** Ten bins of equal width; 1 belongs to the last. */
export function binsOf(claims: readonly Claim[]): readonly Bin[] {
  return Array.from({ length: 10 }, (_, number) => {
    const own = claims.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === number);
    return {
      from: number / 10,
      count: own.length,
      claimed: mean(own.map(({ p }) => p)),
      right: mean(own.map(({ right }) => (right ? 1 : 0))),
    };
  });
}

/** Expected calibration error: by how much claim and truth differ, on average over the claims. */
export function calibrationError(claims: readonly Claim[]): number {
  const gaps = binsOf(claims).map(({ count, claimed, right }) => count * Math.abs(claimed - right));
  return claims.length > 0 ? gaps.reduce((sum, gap) => sum + gap, 0) / claims.length : Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
