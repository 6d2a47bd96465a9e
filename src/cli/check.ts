import { indexKnowledge } from '../core/knowledge/index-knowledge.ts';
import { differenceProblem, differences } from '../knowledge/dialog/compare.ts';
import { loadDialogs } from '../knowledge/dialog/load.ts';
import { replay } from '../knowledge/dialog/replay.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { hasErrors, type Problem, problemLine, sortProblems } from '../knowledge/problem.ts';
import type { Given } from './commands.ts';
import { knowledgeDir } from './knowledge-dir.ts';

/** Checks the knowledge and plays its dialogs; prints every problem. Exit code 1 when there are errors. */
export async function run(given: Given): Promise<number> {
  const { json } = given.options;
  const { GITHUB_ACTIONS: onGitHub } = process.env;
  const { problems, entries, dialogs } = await check(knowledgeDir(given));
  const errors = problems.filter(({ level }) => level === 'error').length;
  const warnings = problems.length - errors;
  if (json) console.log(JSON.stringify({ entries, dialogs, errors, warnings, problems }, null, 2));
  else {
    for (const problem of problems) console.log(problemLine(problem));
    const read =
      entries === null
        ? 'the knowledge cannot be used'
        : `${count(entries, 'entry', 'entries')}, ${count(dialogs, 'dialog')}`;
    console.log(`${count(errors, 'error')}, ${count(warnings, 'warning')}; ${read}`);
  }
  if (onGitHub) for (const problem of problems) console.error(annotation(problem));
  return hasErrors(problems) ? 1 : 0;
}

/** Everything that is wrong. Dialogs are played only with knowledge that can be used. */
async function check(dir: string) {
  const loaded = await loadKnowledge(dir);
  const { files, problems } = await loadDialogs(dir);
  const all = [...loaded.problems, ...problems];
  const { knowledge } = loaded;
  if (!knowledge) return { problems: sortProblems(all), entries: null, dialogs: 0 };
  const dialogs = files.flatMap(({ file, dialogs }) => dialogs.map((dialog) => ({ file, dialog })));
  if (dialogs.length > 0) {
    const index = indexKnowledge(knowledge);
    for (const { file, dialog } of dialogs) {
      const found = differences(dialog, replay(knowledge, index, dialog));
      all.push(...found.map((difference) => differenceProblem(file, difference)));
    }
  }
  return { problems: sortProblems(all), entries: knowledge.entries.size, dialogs: dialogs.length };
}

/** A problem as an annotation of GitHub Actions ("workflow commands" in its documentation). */
export function annotation({ file, line, level, message, remedy }: Problem): string {
  const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} file=${property(file)},line=${line}::${escaped(`${message}; ${remedy}`)}`;
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
