import { readConfig } from '../config.ts';
import type { Case, Store } from '../ports.ts';
import { openStore } from '../store/open.ts';
import type { Given } from './commands.ts';
import { figures } from './report/figures.ts';
import { questionsSince } from './report/questions.ts';
import { reportText } from './report/text.ts';

/** At most so many events and cases are read. */
const most = 1_000_000;

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
    const questions = await questionsSince(store, since, most);
    const found = figures(questions, await allCases(store), await store.feedback(since), since);
    console.log(json ? JSON.stringify({ days, ...found }, null, 2) : reportText(days, found));
  } finally {
    await store.close();
  }
  return 0;
}

async function allCases(store: Store): Promise<readonly Case[]> {
  const statuses = ['waiting', 'claimed', 'resolved', 'withdrawn'] as const;
  return (await Promise.all(statuses.map((status) => store.cases(status, most)))).flat();
}
