import type { z } from 'zod';
import type { Finding, Sourced } from '../core/knowledge/finding.ts';
import { faultsOf } from './issue.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml.ts';

/** Files of one format: those that keep to it, and everything that is wrong with the others. */
export interface Parsed<T> {
  readonly good: readonly Sourced<T>[];
  readonly problems: readonly Problem[];
}

/** Compares files with their format. */
export function parseFiles<T>(files: readonly YamlFile[], schema: z.ZodType<T>): Parsed<T> {
  const good: Sourced<T>[] = [];
  const problems: Problem[] = [];
  for (const source of files) {
    problems.push(...source.problems);
    if (source.problems.length > 0) continue;
    const result = schema.safeParse(source.value);
    if (result.success) good.push({ file: source.file, value: result.data });
    else {
      const faults = result.error.issues.flatMap((issue) => faultsOf(issue, source.value));
      problems.push(
        ...locate(
          [source],
          faults.map((fault) => ({ file: source.file, ...fault })),
        ),
      );
    }
  }
  return { good, problems };
}

/** Findings with the lines that their paths stand for. */
export function locate(files: readonly YamlFile[], findings: readonly Finding[]): readonly Problem[] {
  const byName = new Map(files.map((source) => [source.file, source]));
  return findings.map(({ path, quote, ...rest }) => ({
    ...rest,
    line: byName.get(rest.file)?.lineOf(path, quote) ?? 1,
  }));
}
