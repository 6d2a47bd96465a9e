/** Something wrong in the knowledge, with the place in its file and what to do about it. */
export interface Problem {
  /** As a path from the working directory, or as the folder was given. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** Problems in the order in which a reader goes through the files. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => compare(one.file, other.file) || one.line - other.line);
}

/** True when any of the problems keeps the program from starting. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ level }) => level === 'error');
}

/** One problem in a line: file, line, level, what is wrong, how to mend it. */
export function problemLine({ file, line, level, message, remedy }: Problem): string {
  return `${file}:${line}: ${level}: ${message}; ${remedy}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
