import { type Collision, checkCollisions, placeQuestions } from '../core/knowledge/check-collisions.ts';
import { indexKnowledge } from '../core/knowledge/index-knowledge.ts';
import { differenceProblem, differences } from '../knowledge/dialog/compare.ts';
import { loadDialogs } from '../knowledge/dialog/load.ts';
import { replay } from '../knowledge/dialog/replay.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { hasErrors, type Problem, problemLine, sortProblems } from '../knowledge/problem.ts';
import { acceptTranslations } from './check/accept.ts';
import { annotation } from './check/annotation.ts';
import { runDiff } from './check/diff.ts';
import type { Given } from './commands.ts';
import { knowledgeDir } from './knowledge-dir.ts';

/** Checks the knowledge and plays its dialogs; prints every problem. Exit code 1 when there are errors. */
export async function run(given: Given): Promise<number> {
  const { json, diff, days = '90', github, collisions: withCollisions, 'accept-translations': accept } = given.options;
  const dir = knowledgeDir(given);
  if (given.names.length > 0 && !accept) {
    console.error(`Unexpected argument '${given.names[0]}'. See: npm run wenda -- check --help`);
    return 2;
  }
  if (accept) return acceptTranslations(dir, given.names);
  if (typeof diff === 'string') {
    if (/^[1-9]\d*$/.test(String(days))) return runDiff({ dir, revision: diff, days: Number(days), json: !!json });
    console.error(`"${days}" is not a number of days. Give a whole number, such as --days 30.`);
    return 2;
  }
  const { problems, entries, dialogs, collisions } = await check(dir);
  const errors = problems.filter(({ level }) => level === 'error').length;
  const warnings = problems.length - errors;
  const listed = withCollisions ? { collisions } : {};
  if (json) console.log(JSON.stringify({ entries, dialogs, errors, warnings, problems, ...listed }, null, 2));
  else {
    for (const problem of problems) console.log(problemLine(problem));
    if (withCollisions) for (const collision of collisions) console.log(collisionLine(collision));
    const read =
      entries === null
        ? 'the knowledge cannot be used'
        : `${count(entries, 'entry', 'entries')}, ${count(dialogs, 'dialog')}`;
    console.log(`${count(errors, 'error')}, ${count(warnings, 'warning')}; ${read}`);
  }
  const { GITHUB_ACTIONS: onGitHub } = process.env;
  if (github || onGitHub === 'true') for (const problem of problems) console.error(annotation(problem));
  return hasErrors(problems) ? 1 : 0;
}

/** A question that its own entry does not win, with its place. */
type PlacedCollision = Omit<Collision, 'question'> & Pick<Problem, 'file' | 'line'> & { readonly question: string };

/** Everything that is wrong. Dialogs are played, and questions held against one another, only with usable knowledge. */
async function check(dir: string) {
  const loaded = await loadKnowledge(dir);
  const { files, problems } = await loadDialogs(dir);
  const all = [...loaded.problems, ...problems];
  const { knowledge, sources } = loaded;
  if (!knowledge) return { problems: sortProblems(all), entries: null, dialogs: 0, collisions: [] };
  const index = indexKnowledge(knowledge);
  const dialogs = files.flatMap(({ file, dialogs }) => dialogs.map((dialog) => ({ file, dialog })));
  for (const { file, dialog } of dialogs) {
    const found = differences(dialog, replay(knowledge, index, dialog));
    all.push(...found.map((difference) => differenceProblem(file, difference)));
  }
  const questions = placeQuestions(sources.entries, sources.outOfScope);
  const { findings, collisions } = checkCollisions(index, questions);
  all.push(...sources.locate(findings));
  return {
    problems: sortProblems(all),
    entries: knowledge.entries.size,
    dialogs: dialogs.length,
    collisions: collisions.map(({ question, ...rest }): PlacedCollision => {
      const { file, path, text } = question;
      const line = sources.lineOf(file, path);
      return { file, line, question: text, ...rest };
    }),
  };
}

function collisionLine({ file, line, question, winner, verdict, confidence }: PlacedCollision): string {
  return `${file}:${line}: "${question}": ${verdict} ${winner ?? ''} ${Math.round(confidence * 100)}%`;
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
