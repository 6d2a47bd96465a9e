/** What a logistic regression learns from. */
export interface Sample {
  readonly x: readonly number[];
  readonly y: 0 | 1;
  readonly weight: number;
}

const RIDGE = 1e-3;
const STEPS = 25;

/** The probability for x: the logistic of the weighted sum. */
export function logistic(weights: readonly number[], x: readonly number[]): number {
  let sum = 0;
  for (const [at, value] of x.entries()) sum += value * (weights[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Fits a logistic regression by iteratively reweighted least squares with a small ridge; always the same result. */
export function fitLogistic(samples: readonly Sample[], size: number): readonly number[] {
  let weights: readonly number[] = new Array<number>(size).fill(0);
  const total = samples.reduce((sum, { weight }) => sum + weight, 0) || 1;
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight): number => -RIDGE * weight);
    const hessian = weights.map((_, row) => weights.map((_, column): number => (row === column ? RIDGE : 0)));
    for (const { x, y, weight } of samples) {
      const p = logistic(weights, x);
      const error = (weight / total) * (y - p);
      const curve = (weight / total) * Math.max(p * (1 - p), 1e-6);
      for (let row = 0; row < size; row++) {
        const value = x[row] ?? 0;
        gradient[row] = (gradient[row] ?? 0) + error * value;
        const line = hessian[row] ?? [];
        for (let column = 0; column < size; column++)
          line[column] = (line[column] ?? 0) + curve * value * (x[column] ?? 0);
      }
    }
    const change = solve(hessian, gradient);
    weights = weights.map((weight, at) => weight + (change[at] ?? 0));
    if (change.every((value) => Math.abs(value) < 1e-6)) break;
  }
  return weights;
}

/** Solves a positive definite system by elimination. */
function solve(matrix: readonly number[][], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (const [pivot, row] of rows.entries()) {
    for (const other of rows.slice(pivot + 1)) {
      const factor = (other[pivot] ?? 0) / (row[pivot] ?? 1);
      for (let column = pivot; column <= size; column++)
        other[column] = (other[column] ?? 0) - factor * (row[column] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    const row = rows[at] ?? [];
    let rest = row[size] ?? 0;
    for (let column = at + 1; column < size; column++) rest -= (row[column] ?? 0) * (solution[column] ?? 0);
    solution[at] = rest / (row[at] ?? 1);
  }
  return solution;
}
