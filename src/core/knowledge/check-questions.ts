import { normalize } from '../matching/normalize.ts';
import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

/** A question with its place, and what it says: letter case, script, spelling and punctuation aside. */
export interface WordedQuestion {
  readonly id: string;
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly question: string;
  readonly wording: string;
}

/** The questions of an entry or a topic, which stands at `path` of its file. */
export function wordedQuestions(
  { file, value: { id, questions } }: Sourced<Pick<Entry, 'id' | 'questions'>>,
  path: readonly (string | number)[] = [],
): readonly WordedQuestion[] {
  return (['en', 'zh'] as const).flatMap((language) =>
    questions[language].map((question, position) => ({
      id,
      file,
      path: [...path, 'questions', language, position],
      question,
      wording: normalize(question)
        .replace(/[\p{P}\s]+/gu, ' ')
        .trim(),
    })),
  );
}

/**
 * Questions that stand twice: in two entries the bot could not know which is meant (an error), in one entry it is only
 * of no use (a warning).
 */
export function checkQuestions(questions: readonly WordedQuestion[]): readonly Finding[] {
  const first = new Map<string, WordedQuestion>();
  return questions.flatMap((asked): readonly Finding[] => {
    const { id, file, path, question, wording } = asked;
    const other = first.get(wording);
    first.set(wording, other ?? asked);
    if (!other || wording === '') return [];
    if (other.id === id)
      return [{ file, path, level: 'warning', message: `"${question}" stands twice`, remedy: 'delete one' }];
    const message = `"${question}" is also a question of ${other.id} (${other.file})`;
    return [{ file, path, level: 'error', message, remedy: 'keep it in the entry that answers it best' }];
  });
}
