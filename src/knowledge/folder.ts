import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from './problem.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** The knowledge that comes with the program, as a path from the working directory. */
const shipped = relative('', fileURLToPath(new URL('../../knowledge', import.meta.url)));

/** The YAML files of an FAQ: those of `DIR/entries`, or of `DIR` itself where there is no such folder. */
export async function entryFiles(dir: string): Promise<readonly string[]> {
  return (await yamlFiles(join(dir, 'entries'))) ?? (await yamlFiles(dir)) ?? [];
}

/** The questionnaires of `DIR/questionnaires`; without that folder those that come with the program. */
export async function questionnaireFiles(
  dir: string,
): Promise<{ readonly files: readonly string[]; readonly own: boolean }> {
  const own = await yamlFiles(join(dir, 'questionnaires'));
  return { files: own ?? (await yamlFiles(join(shipped, 'questionnaires'))) ?? [], own: own !== undefined };
}

/** `DIR/phrases/NAME`, or the one that comes with the program where DIR has none. */
export async function phrasesFile(dir: string, name: string): Promise<string> {
  const own = join(dir, 'phrases', name);
  const found = await stat(own).catch(() => undefined);
  return found ? own : join(shipped, 'phrases', name);
}

/** `DIR/NAME`, or nothing where DIR has no such file. */
export async function optionalFile(dir: string, name: string): Promise<readonly string[]> {
  const own = join(dir, name);
  const found = await stat(own).catch(() => undefined);
  return found ? [own] : [];
}

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

/** Undefined when there is no such folder. */
async function yamlFiles(dir: string): Promise<readonly string[] | undefined> {
  const names = await readdir(dir).catch(() => undefined);
  return names
    ?.filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(dir, name));
}
