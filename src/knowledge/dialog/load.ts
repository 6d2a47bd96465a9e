import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../problem.ts';
import type { DialogFile } from './dialog.ts';
import { readDialogs } from './read.ts';

/** Files of dialogs, and what is wrong with them. */
export interface Dialogs {
  readonly files: readonly DialogFile[];
  readonly problems: readonly Problem[];
}

/** Reads the dialogs of a folder of knowledge (`DIR/dialogs/*.txt`); none where there is no such folder. */
export async function loadDialogs(dir: string): Promise<Dialogs> {
  const names = await readdir(join(dir, 'dialogs')).catch(() => []);
  const texts = names.filter((name) => name.endsWith('.txt')).sort();
  return loadDialogFiles(texts.map((name) => join(dir, 'dialogs', name)));
}

/** Reads these files of dialogs. One that cannot be read is a problem. */
export async function loadDialogFiles(names: readonly string[]): Promise<Dialogs> {
  const files: DialogFile[] = [];
  const problems: Problem[] = [];
  for (const file of names) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) {
      const message = 'the file cannot be read';
      problems.push({ file, line: 1, level: 'error', message, remedy: 'correct its name' });
      continue;
    }
    const read = readDialogs(file, text);
    files.push(read);
    problems.push(...read.problems);
  }
  return { files, problems };
}
