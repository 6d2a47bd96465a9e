import type { Problem } from '../../knowledge/problem.ts';

/** A problem as an annotation of GitHub Actions ("workflow commands" in its documentation). */
export function annotation({ file, line, level, message, remedy }: Problem): string {
  const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} file=${property(file)},line=${line}::${escaped(`${message}; ${remedy}`)}`;
}
