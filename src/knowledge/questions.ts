import { z } from 'zod';
import { duplicateIds } from '../core/knowledge/check-entries.ts';
import { type Entry, entrySchema } from '../core/knowledge/entry.ts';
import { entryFiles, folderProblem, readFiles } from './folder.ts';
import { locate, parseFiles } from './parse.ts';
import { type Problem, sortProblems } from './problem.ts';

/** What the matcher needs of an entry. Other keys may be anything, so that every FAQ can be matched. */
const questionsSchema = z
  .object({ id: entrySchema.shape.id, questions: z.object(entrySchema.shape.questions.shape) })
  .refine(({ questions }) => questions.en.length + questions.zh.length > 0, {
    path: ['questions'],
    message: 'at least one question in one language',
  });

/** Ids and questions of an FAQ, and what is wrong with them. */
export interface Questions {
  readonly entries: readonly Pick<Entry, 'id' | 'questions'>[];
  readonly problems: readonly Problem[];
}

/** Reads only what the matcher needs, so that it starts fast and nothing else can stop it. */
export async function loadQuestions(dir: string): Promise<Questions> {
  const files = await entryFiles(dir);
  if (files.length === 0) return { entries: [], problems: [await folderProblem(dir)] };
  const sources = await readFiles(files);
  const { good, problems } = parseFiles(sources, questionsSchema);
  return {
    entries: good.map(({ value }) => value),
    problems: sortProblems([...problems, ...locate(sources, duplicateIds(good))]),
  };
}
