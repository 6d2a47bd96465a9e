import { normalize } from './normalize.ts';
import { type Token, tokenize } from './tokenize.ts';

/** Words for one thing, in both languages: what people say for it. */
export interface Concept {
  readonly en: readonly string[];
  readonly zh: readonly string[];
  /** The wider concept that it is one of: who speaks of Germany speaks of abroad. */
  readonly within?: string | undefined;
}

/** The words and phrases of all concepts, each with its concept. */
export interface Lexicon {
  readonly conceptOf: ReadonlyMap<string, string>;
  /** Words of the longest phrase that begins with a word, characters of the longest term that begins with a character. */
  readonly longest: ReadonlyMap<string, number>;
  /** The wider concept of those that have one. */
  readonly within: ReadonlyMap<string, string>;
}

/** Prepares the concepts for looking up. */
export function buildLexicon(concepts: Readonly<Record<string, Concept>>): Lexicon {
  const conceptOf = new Map<string, string>();
  const longest = new Map<string, number>();
  const note = (first: string, length: number) => longest.set(first, Math.max(longest.get(first) ?? 0, length));
  const wider = new Map<string, string>();
  for (const [concept, { en, zh, within }] of Object.entries(concepts)) {
    if (within !== undefined) wider.set(concept, within);
    for (const term of [...en, ...zh]) {
      const tokens = tokenize(normalize(term));
      conceptOf.set(tokens.map(({ text }) => text).join(' '), concept);
      const [first] = tokens;
      if (first?.han) note(first.text.charAt(0), first.text.length);
      else if (first) note(first.text, tokens.length);
    }
  }
  return { conceptOf, longest, within: wider };
}

/** The concepts that a text speaks of, one for each term in it and its wider one; of terms that overlap the longest counts. */
export function conceptsIn(lexicon: Lexicon, tokens: readonly Token[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (tokens[at]!.han) {
      found.push(...inCharacters(lexicon, tokens[at]!.text));
      at++;
    } else {
      at += phraseAt(lexicon, tokens, at, found);
    }
  }
  return found.flatMap((concept) => {
    const wider = lexicon.within.get(concept);
    return wider === undefined ? [concept] : [concept, wider];
  });
}

/** Looks for the longest phrase that begins at a word; gives how many words to go on. */
function phraseAt({ conceptOf, longest }: Lexicon, tokens: readonly Token[], at: number, found: string[]): number {
  for (let words = Math.min(longest.get(tokens[at]!.text) ?? 0, tokens.length - at); words > 0; words--) {
    const concept = conceptOf.get(
      tokens
        .slice(at, at + words)
        .map(({ text }) => text)
        .join(' '),
    );
    if (concept === undefined) continue;
    found.push(concept);
    return words;
  }
  return 1;
}

function inCharacters({ conceptOf, longest }: Lexicon, text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    let length = Math.min(longest.get(text.charAt(at)) ?? 0, text.length - at);
    while (length > 0 && !conceptOf.has(text.slice(at, at + length))) length--;
    if (length > 0) found.push(conceptOf.get(text.slice(at, at + length))!);
    at += Math.max(1, length);
  }
  return found;
}
