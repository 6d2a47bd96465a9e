import type { Entry } from './entry.ts';
import { type Figure, figuresIn } from './figures.ts';
import type { Finding, Sourced } from './finding.ts';
import type { PlacedText } from './texts.ts';

/** Figures, links and Latin names that one language of a text has and the other lacks. */
export function checkAgreement({ file, path, en, zh }: PlacedText): readonly Finding[] {
  if (en === undefined || zh === undefined) return [];
  const english = figuresIn(en);
  const chinese = figuresIn(zh);
  return [
    differing('figures', unsaid(english, chinese), unsaid(chinese, english)),
    differing('links', without(linksIn(en), linksIn(zh)), without(linksIn(zh), linksIn(en))),
    differing('names', without(codesIn(en), codesIn(zh)), unknownNames(zh, en)),
  ].flatMap((difference) => {
    if (!difference) return [];
    const { language, quote, message, remedy } = difference;
    return { file, path: [...path, language], quote, level: 'warning' as const, message, remedy };
  });
}

/** Amounts, shares, periods and dates in answers that name no source. Entries about the bot itself need none. */
export function checkBareFigures(entries: readonly Sourced<Entry>[]): readonly Finding[] {
  return entries.flatMap(({ file, value: { answer, sources, status } }) => {
    if (status === 'meta' || sources.length > 0) return [];
    return (['en', 'zh'] as const).flatMap((language): readonly Finding[] => {
      const figures = figuresIn(answer[language] ?? '').filter(({ kind, loose }) => kind !== 'number' && !loose);
      const [first] = figures;
      if (!first) return [];
      const message = `the answer says ${quoted(figures.map(({ quote }) => quote))} and the entry has no source`;
      const remedy = 'name where it is from under `sources`, or take it out';
      return [{ file, path: ['answer', language], quote: first.quote, level: 'warning', message, remedy }];
    });
  });
}

interface Difference {
  readonly language: 'en' | 'zh';
  readonly quote: string;
  readonly message: string;
  readonly remedy: string;
}

function differing(what: string, en: readonly string[], zh: readonly string[]): Difference | undefined {
  const [quote] = [...en, ...zh];
  if (quote === undefined) return undefined;
  const told = [
    en.length > 0 ? `${quoted(en)} in English only` : '',
    zh.length > 0 ? `${quoted(zh)} in Chinese only` : '',
  ];
  const message = `${what} differ between the languages: ${told.filter(Boolean).join(', ')}`;
  return { language: en.length > 0 ? 'en' : 'zh', quote, message, remedy: 'make the two say the same' };
}

/** The figures that no other figure says: by the same key, a more exact date, or the bare number. */
function unsaid(figures: readonly Figure[], others: readonly Figure[]): readonly string[] {
  const missing = figures.filter(
    (figure) =>
      !figure.loose &&
      !others.some(
        (other) =>
          other.key === figure.key ||
          (figure.kind === 'date' && other.key.startsWith(`${figure.key}-`)) ||
          (figure.value !== undefined &&
            figure.value === other.value &&
            (figure.kind === 'number' || other.kind === 'number')),
      ),
  );
  return [...new Set(missing.map(({ quote }) => quote))];
}

/** Where links lead; the language that a path names does not count, each answer may link to its own. */
function linksIn(text: string): readonly string[] {
  return (text.match(/(?:https?:\/\/|mailto:)[^\s)>\]，。；]+/gi) ?? []).map((link) =>
    link.replace(/\/(?:en|zh|cn|zh-cn|zh-hans|en-us)(?=\/|$)/i, '').replace(/[/.]$/, ''),
  );
}

const withoutLinks = (text: string) => text.replace(/\]\([^)]*\)|https?:\/\/\S+|\S+@[\w.]+/g, ' ');

/** Names made of letters and digits (B25), which no translation changes. */
function codesIn(text: string): readonly string[] {
  return withoutLinks(text).match(/(?<![\w.])[A-Z]{1,5}-?\d{1,4}(?![\w$])/g) ?? [];
}

/** Latin words of the Chinese text that the English one does not have, letter case and hyphens aside. */
function unknownNames(zh: string, en: string): readonly string[] {
  const fold = (text: string) => text.toLowerCase().replace(/[\s-]/g, '');
  const english = fold(en);
  const names = withoutLinks(zh).match(/(?<![a-z\d])[a-z][a-z\d.'-]*[a-z\d]/gi) ?? [];
  return [...new Set(names)].filter((name) => !english.includes(fold(name)) && figuresIn(name).length === 0);
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set(some)].filter((one) => !others.includes(one));
}

function quoted(texts: readonly string[]): string {
  return [...new Set(texts)].map((text) => `"${text}"`).join(', ');
}
