import { z } from 'zod';
import type { Finding, Sourced } from './finding.ts';

const terms = z.array(z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1))).default([]);

/** The file format of `knowledge/lexicon.yaml`: words that mean the same, in both languages, by concept. */
export const lexiconSchema = z.strictObject({
  concepts: z.record(
    z.string().regex(/^[a-z0-9_]+$/, 'small letters, digits and _'),
    z.strictObject({ en: terms, zh: terms, within: z.string().optional() }),
  ),
});

/** Words that mean the same, by concept. */
export type Lexicon = z.output<typeof lexiconSchema>;

/** Words that stand in two concepts, of which only one would count, and concepts within one that there is not. */
export function checkLexicon(lexicon: Sourced<Lexicon>): readonly Finding[] {
  return [...checkWords(lexicon), ...checkWider(lexicon)];
}

function checkWider({ file, value: { concepts } }: Sourced<Lexicon>): readonly Finding[] {
  return Object.entries(concepts).flatMap(([concept, { within }]): readonly Finding[] => {
    if (
      within === undefined ||
      (Object.hasOwn(concepts, within) && within !== concept && concepts[within]?.within === undefined)
    )
      return [];
    const message = `${concept} cannot stand within "${within}"`;
    const remedy = 'name a concept of this file that stands within none itself';
    return [{ file, path: ['concepts', concept, 'within'], level: 'error', message, remedy }];
  });
}

function checkWords({ file, value }: Sourced<Lexicon>): readonly Finding[] {
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
