import { buildIndex } from '../src/core/matching/build-index.ts';
import { askAll } from './figures.ts';
import type { Asked, Judged } from './judge.ts';
import type { Corpus } from './reply.ts';
import { askIndex } from './wenda.ts';

/** The index is built this many times, each time without another part. */
const folds = 10;

/**
 * Asks every question of the knowledge of an index that does not have it (in scope), then of one that lacks its whole
 * entry (out of scope, and near: the hard kind). A tenth of the questions, or of the entries, is left out at a time.
 */
export async function leaveOneOut(corpus: Corpus): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (let fold = 0; fold < folds; fold++) {
    judged.push(...(await withoutQuestions(corpus, fold)), ...(await withoutEntries(corpus, fold)));
  }
  return judged;
}

function withoutQuestions({ entries, options }: Corpus, fold: number): Promise<readonly Judged[]> {
  const isLeftOut = (at: number) => at % folds === fold;
  const rest = entries.map((entry) => ({
    ...entry,
    questions: {
      en: entry.questions.en.filter((_, at) => !isLeftOut(at)),
      zh: entry.questions.zh.filter((_, at) => !isLeftOut(at)),
    },
  }));
  const asked = entries.flatMap(({ id, questions }): Asked[] =>
    [...questions.en.filter((_, at) => isLeftOut(at)), ...questions.zh.filter((_, at) => isLeftOut(at))].map(
      (text) => ({
        text,
        expected: [[id]],
      }),
    ),
  );
  return askAll(askIndex(buildIndex(rest, options)), asked);
}

function withoutEntries({ entries, options }: Corpus, fold: number): Promise<readonly Judged[]> {
  const rest = entries.filter((_, at) => at % folds !== fold);
  const asked = entries
    .filter((_, at) => at % folds === fold)
    .flatMap(({ questions }) => [...questions.en, ...questions.zh])
    .map((text): Asked => ({ text, expected: [] }));
  return askAll(askIndex(buildIndex(rest, options)), asked);
}
