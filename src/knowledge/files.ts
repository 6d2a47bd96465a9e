import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The knowledge that comes with the program, as a path from the working directory. */
const shipped = relative('', fileURLToPath(new URL('../../knowledge', import.meta.url)));

/** Where a folder of knowledge keeps which answers were compared. */
export const translationsName = 'translations.yaml';

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

/** Every file that knowledge is read from. */
export async function allFiles(dir: string): Promise<readonly string[]> {
  return [
    ...(await entryFiles(dir)),
    ...(await questionnaireFiles(dir)).files,
    await phrasesFile(dir, 'en.yaml'),
    await phrasesFile(dir, 'zh.yaml'),
    ...(await optionalFile(dir, 'out-of-scope.yaml')),
    ...(await optionalFile(dir, 'lexicon.yaml')),
    ...(await optionalFile(dir, 'hours.yaml')),
    ...(await optionalFile(dir, 'replies.yaml')),
    ...(await optionalFile(dir, translationsName)),
  ];
}

/** Undefined when there is no such folder. */
async function yamlFiles(dir: string): Promise<readonly string[] | undefined> {
  const names = await readdir(dir).catch(() => undefined);
  return names
    ?.filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(dir, name));
}
