/** A logistic curve: probability = 1 / (1 + exp(-(offset + slope * strength))). */
export interface Logistic {
  readonly offset: number;
  readonly slope: number;
}

/** One case to learn from. */
export interface Observation {
  readonly strength: number;
  readonly right: boolean;
  readonly weight: number;
}

/** The probability of being right, given the strength. */
export function logistic({ offset, slope }: Logistic, strength: number): number {
  return 1 / (1 + Math.exp(-(offset + slope * strength)));
}

/** Newton's method converges in a few rounds. */
const rounds = 12;

/** Keeps the curve from becoming a step where all strong ones are right. */
const ridge = 1e-2;

/** Logistic regression on one variable by Newton's method. */
export function fitLogistic(samples: readonly Observation[]): Logistic {
  let fitted: Logistic = { offset: 0, slope: 0 };
  for (let round = 0; round < rounds; round++) {
    let [gradient0, gradient1] = [-ridge * fitted.offset, -ridge * fitted.slope];
    let [h00, h01, h11] = [ridge, 0, ridge];
    for (const { strength, right, weight } of samples) {
      const p = logistic(fitted, strength);
      const error = weight * ((right ? 1 : 0) - p);
      const spread = weight * p * (1 - p);
      gradient0 += error;
      gradient1 += error * strength;
      h00 += spread;
      h01 += spread * strength;
      h11 += spread * strength * strength;
    }
    const determinant = h00 * h11 - h01 * h01;
    fitted = {
      offset: fitted.offset + (h11 * gradient0 - h01 * gradient1) / determinant,
      slope: fitted.slope + (h00 * gradient1 - h01 * gradient0) / determinant,
    };
  }
  return fitted;
}
