import { normalize } from './normalize.ts';
import { type Token, tokenize } from './tokenize.ts';

/** Words for one thing, in both languages: what people say for it. */
export interface Concept {
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

/** The words and phrases of all concepts, each with its concept. */
export interface Lexicon {
  readonly conceptOf: ReadonlyMap<string, string>;
  /** Words of the longest Latin phrase, characters of the longest Chinese term. */
  readonly mostWords: number;
  readonly mostCharacters: number;
}

/** Prepares the concepts for looking up. */
export function buildLexicon(concepts: Readonly<Record<string, Concept>>): Lexicon {
  const conceptOf = new Map<string, string>();
  let mostWords = 0;
  let mostCharacters = 0;
  for (const [concept, { en, zh }] of Object.entries(concepts)) {
    for (const term of [...en, ...zh]) {
      const tokens = tokenize(normalize(term));
      conceptOf.set(tokens.map(({ text }) => text).join(' '), concept);
      mostWords = Math.max(mostWords, tokens.length);
      for (const { text, han } of tokens) if (han) mostCharacters = Math.max(mostCharacters, text.length);
    }
  }
  return { conceptOf, mostWords, mostCharacters };
}

/** The concepts that a text speaks of, one for each term in it; of terms that overlap the longest counts. */
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
  return found;
}

/** Looks for the longest phrase that begins at a word; gives how many words to go on. */
function phraseAt({ conceptOf, mostWords }: Lexicon, tokens: readonly Token[], at: number, found: string[]): number {
  for (let words = Math.min(mostWords, tokens.length - at); words > 0; words--) {
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

function inCharacters({ conceptOf, mostCharacters }: Lexicon, text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    let length = Math.min(mostCharacters, text.length - at);
    while (length > 0 && !conceptOf.has(text.slice(at, at + length))) length--;
    if (length > 0) found.push(conceptOf.get(text.slice(at, at + length))!);
    at += Math.max(1, length);
  }
  return found;
}
