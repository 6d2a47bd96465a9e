import { z } from 'zod';
import { type WordedQuestion, wordedQuestions } from './check-questions.ts';
import type { Finding, Sourced } from './finding.ts';

const questions = z.array(z.string().trim().min(1)).default([]);

/** The file format of `knowledge/out-of-scope.yaml`: topics that no entry answers, so that they can be refused. */
export const outOfScopeSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'kebab-case: letters, digits and hyphens'),
    /** Fits into "your question is about {name}"; left out where there is nothing to name. */
    name: z.strictObject({ en: z.string().trim().min(1), zh: z.string().trim().min(1) }).optional(),
    questions: z.strictObject({ en: questions, zh: questions }),
  }),
);

/** A topic that no entry answers. */
export type OutOfScopeTopic = z.output<typeof outOfScopeSchema>[number];

/** Topics that have the id or a question of an entry, or of one another: the bot could not know which is meant. */
export function checkOutOfScope(
  { file, value }: Sourced<readonly OutOfScopeTopic[]>,
  entries: readonly Sourced<{ readonly id: string }>[],
  asked: readonly WordedQuestion[],
): readonly Finding[] {
  const ids = new Map(entries.map((entry) => [entry.value.id, entry.file]));
  const owners = new Map(asked.map(({ wording, id }) => [wording, id]));
  return value.flatMap((topic, position) => {
    const found: Finding[] = [];
    const error = (path: readonly (string | number)[], message: string, remedy: string) =>
      found.push({ file, path, level: 'error', message, remedy });
    const other = ids.get(topic.id);
    if (other) error([position, 'id'], `the id "${topic.id}" is also that of ${other}`, 'give the topic another id');
    ids.set(topic.id, file);
    for (const { path, question, wording } of wordedQuestions({ file, value: topic }, [position])) {
      const owner = owners.get(wording);
      if (owner !== undefined) error(path, `"${question}" is also a question of ${owner}`, 'keep it in one place');
      else owners.set(wording, topic.id);
    }
    return found;
  });
}
