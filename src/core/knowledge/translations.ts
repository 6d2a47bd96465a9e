import { z } from 'zod';
import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

const mark = z.union([z.string(), z.number()]).transform(String);

/** The file format of `knowledge/translations.yaml`: by entry, the marks of the two answers when they last agreed. */
export const translationsSchema = z.record(z.string(), z.strictObject({ en: mark, zh: mark }));

/** For each entry, the marks of its English and its Chinese answer when somebody last compared the two. */
export type Translations = z.output<typeof translationsSchema>;

/** A short mark of a text, which changes with it. */
export type MarkOf = (text: string) => string;

/** The marks of all answers as they are now. Entries with an answer in one language only have nothing to compare. */
export function currentTranslations(entries: readonly Sourced<Entry>[], markOf: MarkOf): Translations {
  return Object.fromEntries(
    entries.flatMap(({ value: { id, answer } }) =>
      answer.en && answer.zh ? [[id, { en: markOf(answer.en), zh: markOf(answer.zh) }]] : [],
    ),
  );
}

/** Answers of which one language, or both, changed since the two were last compared. */
export function checkTranslations(
  entries: readonly Sourced<Entry>[],
  compared: Translations,
  markOf: MarkOf,
): readonly Finding[] {
  const current = currentTranslations(entries, markOf);
  return entries.flatMap(({ file, value: { id } }): readonly Finding[] => {
    const now = current[id];
    if (!now) return [];
    const before = compared[id];
    const changed = { en: now.en !== before?.en, zh: now.zh !== before?.zh };
    if (!changed.en && !changed.zh) return [];
    const [message, language] = !before
      ? ['the English and the Chinese answer have not been compared yet']
      : changed.en && changed.zh
        ? ['both answers changed since they were last compared']
        : changed.en
          ? ['the English answer changed, the Chinese one is older', 'zh']
          : ['the Chinese answer changed, the English one is older', 'en'];
    const remedy = `make the two say the same, then: npm run wenda -- check --accept-translations ${id}`;
    return [{ file, path: ['answer', ...(language ? [language] : [])], level: 'warning', message, remedy }];
  });
}
