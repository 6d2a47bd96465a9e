import { z } from 'zod';
import type { Finding, Sourced } from './finding.ts';

const terms = z.array(z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1))).default([]);

/** The file format of `knowledge/lexicon.yaml`: words that mean the same, in both languages, by concept. */
export const lexiconSchema = z.strictObject({
  concepts: z.record(
    z.string().regex(/^[a-z0-9_]+$/, 'small letters, digits and _'),
    z.strictObject({ en: terms, zh: terms }),
  ),
});

/** Words that mean the same, by concept. */
export type Lexicon = z.output<typeof lexiconSchema>;

/** Words that stand in two concepts: only one of them would count. */
export function checkLexicon({ file, value }: Sourced<Lexicon>): readonly Finding[] {
  const conceptOf = new Map<string, string>();
  return Object.entries(value.concepts).flatMap(([concept, words]) =>
    (['en', 'zh'] as const).flatMap((language) =>
      words[language].flatMap((word, position): readonly Finding[] => {
        const key = word.toLowerCase();
        const other = conceptOf.get(key) ?? concept;
        conceptOf.set(key, other);
        if (other === concept) return [];
        const message = `"${word}" is also a word of the concept ${other}`;
        const path = ['concepts', concept, language, position];
        return [{ file, path, level: 'error', message, remedy: 'keep it in one of the two' }];
      }),
    ),
  );
}
