import type { Cost } from './cost.ts';
import type { Figures } from './figures.ts';
import type { Bin } from './metrics.ts';
import type { OwnFigures } from './own-set.ts';
import type { Comparison } from './side-by-side.ts';
import type { Loss } from './slip-losses.ts';

/** Everything that is measured and is the same in each run. */
export interface Report {
  readonly own: OwnFigures;
  readonly leaveOneOut: Figures;
  readonly public: Readonly<Record<string, Figures>>;
  readonly losses: Readonly<Record<string, Loss>>;
  readonly sideBySide: Readonly<Record<string, readonly Comparison[]>>;
  readonly ablations: readonly Ablation[];
  readonly reliability: Readonly<Record<string, readonly Bin[]>>;
}

/** Wenda without one of its parts, on the own questions. */
export interface Ablation {
  readonly name: string;
  readonly own: OwnFigures;
}

/** What depends on the machine and the moment, by matcher. */
export type Costs = Readonly<Record<string, Cost>>;

/** The report as JSON: shares to four digits, so that a run without changes leaves the file as it is. */
export function toJson(report: Report): string {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value);
  return `${JSON.stringify(report, rounded, 2)}\n`;
}
