import { buildIndex, type MatchIndex } from '../../core/matching/build-index.ts';
import { hasErrors, problemLine } from '../../knowledge/problem.ts';
import { loadQuestions } from '../../knowledge/questions.ts';
import { withRevision } from '../../knowledge/revision.ts';
import { type Change, changeKinds, changes, type Outcome } from './compare.ts';
import { evaluationQuestions, recordedQuestions } from './questions.ts';

/** Where the knowledge is, what it is compared with, and how many days of recorded questions are asked. */
interface DiffOptions {
  readonly dir: string;
  readonly revision: string;
  readonly days: number;
  readonly json: boolean;
}

/** Prints what the bot makes of known questions now and at a revision. Exit code 1 when one of the two cannot be read. */
export async function runDiff({ dir, revision, days, json }: DiffOptions): Promise<number> {
  const after = await indexOf(dir, (text) => text);
  if (!after) return 1;
  const before = await withRevision(dir, revision, (old) =>
    indexOf(old, (text) => `${revision}: ${text.replaceAll(old, dir)}`),
  );
  if (!before) return 1;
  const evaluation = await evaluationQuestions();
  const recorded = await recordedQuestions(Date.now() - days * 86_400_000);
  const found = changes(before, after, [...recorded, ...evaluation]);
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, found.filter((one) => one.kind === kind).length]));
  const judged = (judgement: Change['judgement']) => found.filter((one) => one.judgement === judgement).length;
  const figures = {
    revision,
    recorded: recorded.length,
    evaluation: evaluation.length,
    counts,
    better: judged('better'),
    worse: judged('worse'),
  };
  console.log(json ? JSON.stringify({ ...figures, changes: found }, null, 2) : diffText(figures, found));
  return 0;
}

async function indexOf(dir: string, told: (line: string) => string): Promise<MatchIndex | undefined> {
  const { entries, options, problems } = await loadQuestions(dir);
  for (const problem of problems) console.error(told(problemLine(problem)));
  return hasErrors(problems) ? undefined : buildIndex(entries, options);
}

function diffText(
  figures: Readonly<Record<'recorded' | 'evaluation' | 'better' | 'worse', number>> & {
    readonly revision: string;
    readonly counts: Readonly<Record<string, number>>;
  },
  found: readonly Change[],
): string {
  const { revision, recorded, evaluation, counts, better, worse } = figures;
  return [
    `Compared with ${revision}: ${recorded} recorded and ${evaluation} evaluation questions`,
    '',
    ...changeKinds.map((kind) => `  ${kind.padEnd(22)} ${counts[kind]}`),
    `  evaluation questions   ${better} better, ${worse} worse`,
    ...changeKinds.flatMap((kind) => {
      const own = found.filter((one) => one.kind === kind);
      return own.length > 0 ? ['', `${kind[0]?.toUpperCase()}${kind.slice(1)}`, ...own.map(changeLine)] : [];
    }),
  ].join('\n');
}

function changeLine({ from, text, before, after, judgement }: Change): string {
  return `  ${from}: "${text}": ${outcomeText(before)} -> ${outcomeText(after)}${judgement ? ` (${judgement})` : ''}`;
}

function outcomeText({ verdict, entries }: Outcome): string {
  if (verdict === 'none') return 'refused';
  return verdict === 'choose' ? `choice of ${entries.join(', ')}` : entries.join(' + ');
}
