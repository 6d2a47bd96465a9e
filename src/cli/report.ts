import { readConfig } from '../config.ts';
import { openStore } from '../store/open.ts';
import type { Given } from './commands.ts';
import { figures } from './report/figures.ts';
import { allCases, mostRead, questionsSince } from './report/questions.ts';
import { reportText } from './report/text.ts';

/** Prints what was asked, answered, missed and handed over. Exit code 2 when the number of days is none. */
export async function run(given: Given): Promise<number> {
  const { days: written = '7', json } = given.options;
  const days = Number(written);
  if (!Number.isInteger(days) || days < 1) {
    console.error(`"${written}" is not a number of days. Give a whole number, such as --days 30.`);
    return 2;
  }
  const { databaseUrl, dataDir } = readConfig(process.env);
  const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    const since = Date.now() - days * 86_400_000;
    const questions = await questionsSince(store, since, mostRead);
    const found = figures(questions, await allCases(store), await store.feedback(since), since);
    console.log(json ? JSON.stringify({ days, ...found }, null, 2) : reportText(days, found));
  } finally {
    await store.close();
  }
  return 0;
}
