import type { Figures } from './figures.ts';

/** Figures by their place in the report, such as `own.dev.helped`. */
export type FlatFigures = Readonly<Record<string, number>>;

/** How far a figure may fall behind its baseline: shares, and by name where it differs. */
export interface Tolerance {
  readonly shares: number;
  readonly [figure: string]: number;
}

/** What `eval/baseline.json` holds. */
export interface Baseline {
  readonly tolerance: Tolerance;
  readonly figures: FlatFigures;
}

/** The figures that are held against the baseline; for those below 0 less is better. */
const directions: Readonly<Partial<Record<keyof Figures, 1 | -1>>> = {
  top1: 1,
  hit3: 1,
  answeredRight: 1,
  answeredWrong: -1,
  helped: 1,
  refused: -1,
  outAnswered: -1,
  outOffered: -1,
  auroc: 1,
  calibrationError: -1,
};

/** The figures of named sets as one flat record, rounded to four digits. */
export function flatten(sets: Readonly<Record<string, Figures>>): FlatFigures {
  const flat: Record<string, number> = {};
  for (const [set, figures] of Object.entries(sets)) {
    for (const [name, value] of Object.entries(figures)) {
      if (name in directions && typeof value === 'number') flat[`${set}.${name}`] = Math.round(value * 1e4) / 1e4;
    }
  }
  return flat;
}

/** One line for each figure that is worse than its baseline by more than the tolerance, or missing. */
export function findFalls({ tolerance, figures }: Baseline, measured: FlatFigures): readonly string[] {
  return Object.entries(figures).flatMap(([place, before]) => {
    const name = place.slice(place.lastIndexOf('.') + 1);
    const now = measured[place];
    if (now === undefined) return [`${place}: ${before} before, not measured now`];
    const allowed = tolerance[name] ?? tolerance.shares;
    const better = (now - before) * (directions[name as keyof Figures] ?? 1);
    return better < -allowed - 1e-9 ? [`${place}: ${before} before, ${now} now (tolerance ${allowed})`] : [];
  });
}
