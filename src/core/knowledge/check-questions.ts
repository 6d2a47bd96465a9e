import { normalize } from '../matching/normalize.ts';
import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

/**
 * Questions that stand twice, letter case, script, spelling and punctuation aside: in two entries the bot could not
 * know which is meant (an error), in one entry it is only of no use (a warning).
 */
export function checkQuestions(entries: readonly Sourced<Pick<Entry, 'id' | 'questions'>>[]): readonly Finding[] {
  const first = new Map<string, { readonly id: string; readonly file: string }>();
  const found: Finding[] = [];
  for (const { file, value } of entries) {
    for (const language of ['en', 'zh'] as const) {
      for (const [position, question] of value.questions[language].entries()) {
        const asked = normalize(question)
          .replace(/[\p{P}\s]+/gu, ' ')
          .trim();
        const other = first.get(asked);
        first.set(asked, other ?? { id: value.id, file });
        if (!other || asked === '') continue;
        const path = ['questions', language, position];
        found.push(
          other.id === value.id
            ? { file, path, level: 'warning', message: `"${question}" stands twice`, remedy: 'delete one' }
            : {
                file,
                path,
                level: 'error',
                message: `"${question}" is also a question of ${other.id} (${other.file})`,
                remedy: 'keep it in the entry that answers it best',
              },
        );
      }
    }
  }
  return found;
}
