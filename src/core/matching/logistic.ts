/** One case to learn from. */
export interface Observation {
  readonly evidence: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

/** The probability of being right, given the evidence. */
export function logistic(weights: readonly number[], evidence: readonly number[]): number {
  return 1 / (1 + Math.exp(-evidence.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
}

/** Logistic regression by Newton's method with a little ridge: a handful of weights, so a few rounds are enough. */
export function fitLogistic(samples: readonly Observation[]): readonly number[] {
  const size = samples[0]?.evidence.length ?? 0;
  const ridge: number = 1e-2;
  let weights: readonly number[] = new Array<number>(size).fill(0);
  for (let round = 0; round < 12; round++) {
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, at) => (at === row ? ridge : 0)),
    );
    for (const { evidence: x, right, weight } of samples) {
      const p = logistic(weights, x);
      for (let row = 0; row < size; row++) {
        gradient[row] = (gradient[row] ?? 0) + weight * ((right ? 1 : 0) - p) * (x[row] ?? 0);
        const line = hessian[row] ?? [];
        for (let at = 0; at < size; at++)
          line[at] = (line[at] ?? 0) + weight * p * (1 - p) * (x[row] ?? 0) * (x[at] ?? 0);
      }
    }
    const step = solve(
      hessian,
      gradient.map((value, at) => value - ridge * (weights[at] ?? 0)),
    );
    weights = weights.map((value, at) => value + (step[at] ?? 0));
  }
  return weights;
}

/** Solves a small system of linear equations (Gauss, the matrix is positive definite). */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((pivotRow, pivot) => {
    for (let at = pivot + 1; at < rows.length; at++) {
      const row = rows[at] ?? [];
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] || 1);
      for (let column = pivot; column <= rows.length; column++)
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
    }
  });
  const result = new Array<number>(rows.length).fill(0);
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at] ?? [];
    const known = result.reduce((sum, value, column) => (column > at ? sum + value * (row[column] ?? 0) : sum), 0);
    result[at] = ((row[rows.length] ?? 0) - known) / (row[at] || 1);
  }
  return result;
}
