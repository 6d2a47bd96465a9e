import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../problem.ts';
import type { DialogFile } from './dialog.ts';
import { readDialogs } from './read.ts';

/** Reads the dialogs of a folder of knowledge (`DIR/dialogs/*.txt`); none where there is no such folder. */
export async function loadDialogs(
  dir: string,
): Promise<{ readonly files: readonly DialogFile[]; readonly problems: readonly Problem[] }> {
  const names = await readdir(join(dir, 'dialogs')).catch(() => []);
  const files: DialogFile[] = [];
  const problems: Problem[] = [];
  for (const name of names.filter((one) => one.endsWith('.txt')).sort()) {
    const file = join(dir, 'dialogs', name);
    const read = readDialogs(file, await readFile(file, 'utf8'));
    files.push(read);
    problems.push(...read.problems);
  }
  return { files, problems };
}
