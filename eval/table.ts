/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** A share as a percentage; a dash where there was nothing to count. */
export function percent(share: number | null | undefined): string {
  return typeof share === 'number' ? (share * 100).toFixed(1) : '–';
}

/** A figure that is no percentage. */
export function decimal(value: number | null | undefined): string {
  return typeof value === 'number' ? value.toFixed(3) : '–';
}
