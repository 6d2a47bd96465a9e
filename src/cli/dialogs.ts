import { writeFile } from 'node:fs/promises';
import { indexKnowledge } from '../core/knowledge/index-knowledge.ts';
import { differences, differenceText, rewritten } from '../knowledge/dialog/compare.ts';
import { loadDialogFiles, loadDialogs } from '../knowledge/dialog/load.ts';
import { replay } from '../knowledge/dialog/replay.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { hasErrors, problemLine } from '../knowledge/problem.ts';
import type { Given } from './commands.ts';
import { knowledgeDir } from './knowledge-dir.ts';

/** Plays dialogs; shows what goes otherwise, or with `--update` writes it into the files. */
export async function run(given: Given): Promise<number> {
  const dir = knowledgeDir(given);
  const { update } = given.options;
  const { knowledge, problems: wrong } = await loadKnowledge(dir);
  const { files, problems: unreadable } =
    given.names.length > 0 ? await loadDialogFiles(given.names) : await loadDialogs(dir);
  const problems = [...wrong.filter(({ level }) => level === 'error'), ...unreadable];
  for (const problem of problems) console.error(problemLine(problem));
  if (!knowledge || hasErrors(problems)) return 1;
  const index = indexKnowledge(knowledge);
  let played = 0;
  let otherwise = 0;
  for (const file of files) {
    const transcripts = file.dialogs.map((dialog) => replay(knowledge, index, dialog));
    const found = file.dialogs.map((dialog, number) => differences(dialog, transcripts[number] ?? []));
    played += found.length;
    otherwise += found.filter((one) => one.length > 0).length;
    for (const difference of found.flat()) console.log(differenceText(file.file, difference));
    if (update && found.flat().length > 0) await writeFile(file.file, rewritten(file, transcripts));
  }
  const verb = update ? 'updated' : otherwise === 1 ? 'goes otherwise' : 'go otherwise';
  console.log(`${played} ${played === 1 ? 'dialog' : 'dialogs'}, ${otherwise} ${verb}`);
  return otherwise > 0 && !update ? 1 : 0;
}
