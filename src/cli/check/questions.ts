import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../config.ts';
import { openStore } from '../../store/open.ts';
import { redact } from '../redact.ts';
import { allCases, mostRead } from '../report/cases.ts';
import { kindOf, questionsOf } from '../report/figures.ts';
import { happeningsSince } from '../report/happenings.ts';
import type { Asked } from './compare.ts';

/** The evaluation questions that come with the program. */
const folder = fileURLToPath(new URL('../../../test/questions', import.meta.url));

/** The evaluation questions: a line each, with category, language, entries (a+b: both, a|b: either, -: none) and text. */
export async function evaluationQuestions(): Promise<readonly Asked[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.tsv')).sort();
  const questions = files.map(async (name) => {
    const lines = (await readFile(join(folder, name), 'utf8')).split(/\r?\n/);
    return lines.flatMap((line, at): readonly Asked[] => {
      const [, , expected, text] = line.split('\t');
      if (at === 0 || expected === undefined || text === undefined) return [];
      const right = expected === '-' ? [] : expected.split('|').map((entries) => entries.split('+'));
      const from = `${relative('', join(folder, name))}:${at + 1}`;
      return [{ text: text.replaceAll('\\n', '\n'), shown: text, from, expected: right }];
    });
  });
  return (await Promise.all(questions)).flat();
}

/** What visitors asked since a moment (ms), each once, most frequent first. None where there is no store yet. */
export async function recordedQuestions(since: number): Promise<readonly Asked[]> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'wenda.db'))) return [];
  const store = await openStore({ dataDir, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    const misses = (await allCases(store)).filter(({ reason }) => reason === 'misses');
    const calledByMisses = new Set(misses.map(({ id }) => id));
    const times = new Map<string, number>();
    for (const question of questionsOf(await happeningsSince(store, since, mostRead))) {
      if (kindOf(question, calledByMisses) === 'other') continue;
      times.set(question.text, (times.get(question.text) ?? 0) + 1);
    }
    return [...times]
      .sort(([, one], [, other]) => other - one)
      .map(([text, count]) => ({ text, shown: redact(text).replace(/\s+/g, ' ').trim(), from: `asked ${count} ×` }));
  } finally {
    await store.close();
  }
}
