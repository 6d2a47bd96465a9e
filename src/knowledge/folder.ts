import { readFile, stat } from 'node:fs/promises';
import type { Problem } from './problem.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** A folder's problem when there is nothing in it to read. */
export async function folderProblem(dir: string): Promise<Problem> {
  const found = await stat(dir).catch(() => undefined);
  const [message, remedy] = !found
    ? ['there is no such folder', 'give the folder of the knowledge: --knowledge DIR, or the setting KNOWLEDGE_DIR']
    : found.isDirectory()
      ? ['there are no entries in this folder', 'put at least one file into it: entries/NAME.yaml, or NAME.yaml']
      : ['this is not a folder', 'give the folder that holds the files'];
  return { file: dir, line: 1, level: 'error', message, remedy };
}

/** Reads YAML files one after the other. A file that cannot be read becomes a problem. */
export async function readFiles(files: readonly string[]): Promise<readonly YamlFile[]> {
  const read: YamlFile[] = [];
  for (const file of files) read.push(await readOne(file));
  return read;
}

async function readOne(file: string): Promise<YamlFile> {
  try {
    return readYaml(file, await readFile(file, 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const [message, remedy] = missing
      ? ['the file is missing', 'put it there']
      : [`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'make it readable'];
    return { file, value: undefined, problems: [{ file, line: 1, level: 'error', message, remedy }], lineOf: () => 1 };
  }
}
