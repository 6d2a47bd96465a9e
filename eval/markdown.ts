import type { Figures } from './figures.ts';
import { goalTable } from './goals.ts';
import type { Costs, Report } from './report.ts';
import type { Comparison } from './side-by-side.ts';
import { decimal, percent, table } from './table.ts';

const figureHead = [
  'top-1',
  'hit@3',
  'right',
  'partly',
  'wrong',
  'helped',
  'refused',
  'out: answered',
  'out: choices',
  'AUROC',
  'ECE',
];

/** The report for people. Everything but the goals on time and memory and the last table is the same in each run. */
export function toMarkdown(report: Report, costs: Costs): string {
  const { own, leaveOneOut, losses, sideBySide, ablations } = report;
  const sets = Object.entries(report.public);
  return `# Evaluation

Written by \`npm run eval\`; [docs/evaluation.md](../../docs/evaluation.md) says what each figure means. All but ECE and n in percent.

## Goals

${goalTable(report, costs)}

## Own questions

${figureTable([
  ['all', own.all],
  ['dev half', own.dev],
  ['held-out half', own['held-out']],
  ...Object.entries(own.languages),
])}

By category:

${figureTable(Object.entries(own.categories))}

![Reliability](reliability.svg)

## Knowledge, each question left out

In scope: every question, asked of an index without it. Out of scope: every question, asked of an index without its entry.

${figureTable([['left out', leaveOneOut]])}

## Public sets

${figureTable(sets)}

## Slips

Top-1 and helped on the same questions, as written and with slips.

${table(
  ['slip', 'n', 'top-1', 'with slips', 'lost', 'helped', 'with slips', 'lost'],
  Object.entries(losses).map(([name, loss]) => [
    name,
    String(loss.questions),
    percent(loss.top1),
    percent(loss.top1WithSlips),
    percent(loss.top1 - loss.top1WithSlips),
    percent(loss.helped),
    percent(loss.helpedWithSlips),
    percent(loss.helped - loss.helpedWithSlips),
  ]),
)}

## Side by side

All matchers got the same normalised questions in the same run. Where they answer is decided by thresholds chosen on the dev half; the figures are of the held-out half, top-1, hit@3 and AUROC of both.

${Object.entries(sideBySide)
  .map(([name, comparisons]) => `### ${name}\n\n${comparisonTables(comparisons)}`)
  .join('\n\n')}

## Without one part

The own questions, all; helped also for the categories that the part is for.

${ablationTable(own, ablations)}

## Time and memory

On Node ${process.versions.node}, each matcher in a process of its own, on the shipped knowledge and the own questions. Build is processor time of a process that has just started; of three times for each message the shortest counts.

${table(
  ['matcher', 'build, ms of processor', 'message p50, ms', 'p99, ms', 'memory, MB'],
  Object.entries(costs).map(([name, { build, p50, p99, memory }]) => [
    name,
    build.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
    memory.toFixed(1),
  ]),
)}
`;
}

function figureTable(rows: readonly (readonly [string, Figures])[]): string {
  return table(
    ['', 'n in', 'n out', ...figureHead],
    rows.map(([name, figures]) => [name, String(figures.inScope), String(figures.outOfScope), ...cells(figures)]),
  );
}

function cells(figures: Figures): readonly string[] {
  const { top1, hit3, answeredRight, answeredPartly, answeredWrong, helped, refused, outAnswered, outOffered } =
    figures;
  const shares = [top1, hit3, answeredRight, answeredPartly, answeredWrong, helped, refused, outAnswered, outOffered];
  return [...shares.map(percent), percent(figures.auroc), decimal(figures.calibrationError)];
}

function comparisonTables(comparisons: readonly Comparison[]): string {
  const decided = ({ answeredRight, answeredWrong, helped, refused, outAnswered, outOffered }: Figures) =>
    [answeredRight, answeredWrong, helped, refused, outAnswered, outOffered].map(percent);
  const head = ['right', 'wrong', 'helped', 'refused', 'out: answered', 'out: choices'];
  const n = comparisons[0]?.ranking;
  return `${n?.inScope} questions in scope, ${n?.outOfScope} out of scope.

${table(
  ['ranking', 'top-1', 'hit@3', 'AUROC'],
  comparisons.map(({ matcher, ranking }) => [
    matcher,
    percent(ranking.top1),
    percent(ranking.hit3),
    percent(ranking.auroc),
  ]),
)}

${table(
  ['as cautious as Wenda', ...head],
  comparisons.map(({ matcher, asCautious }) => [matcher, ...decided(asCautious)]),
)}

${table(
  ['each at its best F1', ...head],
  comparisons.map(({ matcher, bestF1 }) => [matcher, ...decided(bestF1)]),
)}`;
}

function ablationTable(own: Report['own'], ablations: Report['ablations']): string {
  const parts = ['typo', 'homophone', 'pinyin', 'mixed', 'long', 'two'];
  return table(
    ['', 'top-1', 'helped', 'wrong', 'out: answered', 'AUROC', 'ECE', ...parts],
    [{ name: 'Wenda', own }, ...ablations].map(({ name, own: { all, categories } }) => [
      name,
      ...[all.top1, all.helped, all.answeredWrong, all.outAnswered, all.auroc].map(percent),
      decimal(all.calibrationError),
      ...parts.map((part) => percent(categories[part]?.helped)),
    ]),
  );
}
