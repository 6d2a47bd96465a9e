import { readConfig } from '../config.ts';
import { problemLine } from '../knowledge/problem.ts';
import { loadQuestions } from '../knowledge/questions.ts';
import { openStore } from '../store/open.ts';
import type { Given } from './commands.ts';
import { knowledgeDir } from './knowledge-dir.ts';
import { allCases, mostRead } from './report/cases.ts';
import { figures, questionsOf } from './report/figures.ts';
import { happeningsSince } from './report/happenings.ts';
import { lessons } from './report/lessons.ts';
import { reportText } from './report/text.ts';

/**
 * Prints what was asked, answered, missed and handed over, and what visitors taught. Exit code 2 when the number of days
 * is none.
 */
export async function run(given: Given): Promise<number> {
  const { days: written = '7', json } = given.options;
  const days = Number(written);
  if (!Number.isInteger(days) || days < 1) {
    console.error(`"${written}" is not a number of days. Give a whole number, such as --days 30.`);
    return 2;
  }
  const { databaseUrl, dataDir } = readConfig(process.env);
  // An entry that cannot be read costs its proposals, not the report.
  const { entries, problems } = await loadQuestions(knowledgeDir(given));
  for (const problem of problems) console.error(problemLine(problem));
  const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    const since = Date.now() - days * 86_400_000;
    const happenings = await happeningsSince(store, since, mostRead);
    const found = figures(questionsOf(happenings), await allCases(store), await store.feedback(since), since);
    const taught = lessons(happenings, entries);
    console.log(json ? JSON.stringify({ days, ...found, ...taught }, null, 2) : reportText(days, found, taught));
  } finally {
    await store.close();
  }
  return 0;
}
