import { z } from 'zod';
import { duplicateIds } from '../core/knowledge/check-entries.ts';
import { entrySchema } from '../core/knowledge/entry.ts';
import { lexiconSchema } from '../core/knowledge/lexicon.ts';
import { outOfScopeSchema } from '../core/knowledge/out-of-scope.ts';
import type { IndexOptions, MatchableEntry } from '../core/matching/build-index.ts';
import { entryFiles, optionalFile } from './files.ts';
import { folderProblem, readFiles } from './folder.ts';
import { locate, parseFiles } from './parse.ts';
import { type Problem, sortProblems } from './problem.ts';

/** A word that helps the matcher where it is there; whatever else stands in its place is left out. */
const word = z.string().optional().catch(undefined);

/** What the matcher needs of an entry. Other keys may be anything, so that every FAQ can be matched. */
const questionsSchema = z
  .object({
    id: entrySchema.shape.id,
    title: z.object({ en: word, zh: word }).optional().catch(undefined),
    questions: z.object(entrySchema.shape.questions.shape),
    topic: word,
    status: word,
    action: word,
  })
  .refine(({ questions }) => questions.en.length + questions.zh.length > 0, {
    path: ['questions'],
    message: 'at least one question in one language',
  });

/** Ids and questions of an FAQ, and what is wrong with them. */
export interface Questions {
  readonly entries: readonly MatchableEntry[];
  /** Topics out of scope and the lexicon, where the folder has them. */
  readonly options: IndexOptions;
  readonly problems: readonly Problem[];
}

/** Reads only what the matcher needs, so that it starts fast and nothing else can stop it. */
export async function loadQuestions(dir: string): Promise<Questions> {
  const files = await entryFiles(dir);
  if (files.length === 0) return { entries: [], options: {}, problems: [await folderProblem(dir)] };
  const sources = await readFiles(files);
  const { good, problems } = parseFiles(sources, questionsSchema);
  const outOfScopeSource = await readFiles(await optionalFile(dir, 'out-of-scope.yaml'));
  const lexiconSource = await readFiles(await optionalFile(dir, 'lexicon.yaml'));
  const outOfScope = parseFiles(outOfScopeSource, outOfScopeSchema);
  const lexicon = parseFiles(lexiconSource, lexiconSchema);
  return {
    entries: good.map(({ value: { id, questions, title, topic, status, action } }) => ({
      id,
      questions,
      ...(title && { title }),
      ...(topic && { topic }),
      ...(status && { status }),
      ...(action && { action }),
    })),
    options: {
      outOfScope: outOfScope.good.flatMap(({ value }) => value),
      concepts: lexicon.good[0]?.value.concepts ?? {},
    },
    problems: sortProblems([
      ...problems,
      ...outOfScope.problems,
      ...lexicon.problems,
      ...locate(sources, duplicateIds(good)),
    ]),
  };
}
