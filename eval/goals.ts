import type { Costs, Report } from './report.ts';
import { percent, table } from './table.ts';

/** What is to be reached: at least, or at most. */
interface Goal {
  readonly what: string;
  readonly value: number | null | undefined;
  readonly least?: number;
  readonly most?: number;
  readonly unit: '%' | 'points' | 'ms' | 'MB' | '';
}

/** The goals as a table, each with the figure of this run and whether it is reached. */
export function goalTable(report: Report, costs: Costs): string {
  const rows = [...goalsOf(report), ...costGoals(costs)].map((goal) => {
    const { what, value, least, most, unit } = goal;
    const written = (figure: number | null | undefined) =>
      typeof figure !== 'number'
        ? '–'
        : unit === '%' || unit === 'points'
          ? percent(figure)
          : String(Math.round(figure * 1e3) / 1e3);
    const wanted = least === undefined ? `≤ ${written(most)} ${unit}` : `≥ ${written(least)} ${unit}`;
    return [what, `${written(value)} ${unit}`.trim(), wanted.trim(), isReached(goal) ? 'yes' : 'no'];
  });
  return table(['figure', 'now', 'goal', 'reached'], rows);
}

function isReached({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Goal): boolean {
  return typeof value === 'number' && value >= least - 1e-9 && value <= most + 1e-9;
}

function goalsOf({ own: { all }, public: sets, losses }: Report): readonly Goal[] {
  const ofPublic = (name: string, top1: number, auroc: number): readonly Goal[] => [
    { what: `${name}: top-1`, value: sets[name]?.top1, least: top1, unit: '%' },
    { what: `${name}: AUROC`, value: sets[name]?.auroc, least: auroc, unit: '%' },
    { what: `${name}: calibration error`, value: sets[name]?.calibrationError, most: 0.07, unit: '' },
  ];
  const lossOf = (name: string, most: number): Goal => {
    const loss = losses[name];
    return { what: `${name}: top-1 lost`, value: loss && loss.top1 - loss.top1WithSlips, most, unit: 'points' };
  };
  return [
    { what: 'own questions: helped', value: all.helped, least: 0.98, unit: '%' },
    { what: 'own questions: answered wrong', value: all.answeredWrong, most: 0.01, unit: '%' },
    { what: 'own questions: refused in scope', value: all.refused, most: 0.02, unit: '%' },
    { what: 'own questions: out of scope answered', value: all.outAnswered, most: 0.01, unit: '%' },
    ...ofPublic('clinc150-10shot', 0.82, 0.94),
    ...ofPublic('banking77-10shot', 0.76, 0.98),
    lossOf('typos', 0.03),
    lossOf('traditional script', 0),
    lossOf('homophones', 0.015),
  ];
}

function costGoals(costs: Costs): readonly Goal[] {
  const cost = costs['Wenda'];
  return [
    { what: 'match, p50', value: cost?.p50, most: 0.3, unit: 'ms' },
    { what: 'match, p99', value: cost?.p99, most: 1.5, unit: 'ms' },
    { what: 'index and calibration', value: cost?.build, most: 600, unit: 'ms' },
    { what: 'memory of the index', value: cost?.memory, most: 40, unit: 'MB' },
  ];
}
