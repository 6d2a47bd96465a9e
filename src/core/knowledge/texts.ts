import type { Language } from '../message.ts';
import type { Entry } from './entry.ts';
import type { Sourced } from './finding.ts';
import type { Phrases } from './phrases.ts';
import type { Questionnaire } from './questionnaire.ts';

/** A text that visitors read, in one or both languages, with the way to it in its file. */
export interface PlacedText {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly en?: string | undefined;
  readonly zh?: string | undefined;
}

/** The answer of an entry. */
export function answerText({ file, value }: Sourced<Entry>): PlacedText {
  return { file, path: ['answer'], ...value.answer };
}

/** What a questionnaire asks and tells. */
export function questionnaireTexts({ file, value }: Sourced<Questionnaire>): readonly PlacedText[] {
  const { intro, steps, results, reasons, adders } = value;
  return [
    { path: ['intro'], ...intro },
    ...steps.map(({ ask }, at) => ({ path: ['steps', at, 'ask'], ...ask })),
    ...steps.flatMap(({ options }, at) =>
      options.map(({ label }, option) => ({ path: ['steps', at, 'options', option, 'label'], ...label })),
    ),
    ...results.flatMap(({ title, text }, at) => [
      { path: ['results', at, 'title'], ...title },
      { path: ['results', at, 'text'], ...text },
    ]),
    ...Object.entries(reasons).map(([code, reason]) => ({ path: ['reasons', code], ...reason })),
    ...adders.map(({ text }, at) => ({ path: ['adders', at, 'text'], ...text })),
  ].map((text) => ({ file, ...text }));
}

/** What the bot says by itself; each language is a file of its own. */
export function phrasesTexts(phrases: Readonly<Record<Language, Sourced<Phrases>>>): readonly PlacedText[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const { file, value } = phrases[language];
    return Object.entries(value.say).map(([key, text]) => ({ file, path: ['say', key], [language]: text }));
  });
}
