import type { Problem } from '../problem.ts';
import type { Dialog, DialogFile, Transcript } from './dialog.ts';

/** Where a dialog went otherwise: only the lines that differ. */
export interface Difference {
  /** The first line that differs, or that of the action when lines are missing at the end. */
  readonly line: number;
  readonly action: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

/** The differences between what must follow and what did. Indentation and spacing do not count. */
export function differences(dialog: Dialog, transcript: Transcript): readonly Difference[] {
  return dialog.exchanges.flatMap(({ written, line, expected }, position) => {
    const actual = transcript[position] ?? [];
    const same = (one: string | undefined, other: string | undefined) =>
      one !== undefined && other !== undefined && bare(one) === bare(other);
    let from = 0;
    while (same(expected[from]?.text, actual[from])) from++;
    if (from === expected.length && from === actual.length) return [];
    let less = 0;
    const shorter = Math.min(expected.length, actual.length) - from;
    while (less < shorter && same(expected.at(-1 - less)?.text, actual.at(-1 - less))) less++;
    const differing = expected.slice(from, expected.length - less);
    return {
      line: differing[0]?.line ?? expected[from]?.line ?? line,
      action: written.join(' / '),
      expected: differing.map(({ text }) => text),
      actual: actual.slice(from, actual.length - less),
    };
  });
}

/** A difference for reading: the action, then what was expected (-) and what happened (+). */
export function differenceText(file: string, { line, action, expected, actual }: Difference): string {
  return [
    `${file}:${line}: ${action}`,
    ...expected.map((text) => `  - ${text}`),
    ...actual.map((text) => `  + ${text}`),
  ].join('\n');
}

/** A difference as a problem of the knowledge. */
export function differenceProblem(file: string, { line, action, expected, actual }: Difference): Problem {
  const quoted = (lines: readonly string[]) => (lines.length > 0 ? `"${lines.map(bare).join(' / ')}"` : 'nothing');
  return {
    file,
    line,
    level: 'error',
    message: `after "${action}" comes ${quoted(actual)} instead of ${quoted(expected)}`,
    remedy: `mend the knowledge, or accept it: npm run wenda -- dialogs --update ${file}`,
  };
}

/** The text of a file with what happened in place of what was expected. */
export function rewritten({ dialogs, below }: DialogFile, transcripts: readonly Transcript[]): string {
  const lines = dialogs.flatMap(({ above, title, exchanges }, number) => [
    ...above,
    `# ${title}`,
    ...exchanges.flatMap(({ above: remarks, written }, position) => [
      ...remarks,
      ...written,
      ...(transcripts[number]?.[position] ?? []),
    ]),
  ]);
  return `${[...lines, ...below].join('\n')}\n`;
}

function bare(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
