import type { Token } from './tokenize.ts';

/** Words shorter than this are not repaired: too many others are one edit away. */
const shortest = 4;

/** Words of the knowledge by themselves and by each form with one letter left out (delete neighbourhood). */
export interface Vocabulary {
  readonly words: ReadonlyMap<string, number>;
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
}

/** In a vocabulary of more words than this, words that occur once may be typos themselves. */
const manyWords = 1_000;

/** The vocabulary of the knowledge, for repairing typos. */
export function buildVocabulary(texts: Iterable<readonly Token[]>): Vocabulary {
  const words = new Map<string, number>();
  for (const tokens of texts) {
    for (const { text, han } of tokens) if (!han) words.set(text, (words.get(text) ?? 0) + 1);
  }
  const fewest = words.size > manyWords ? 2 : 1;
  const neighbours = new Map<string, string[]>();
  for (const [word, count] of words) {
    if (word.length < shortest || count < fewest || /\d/.test(word)) continue;
    for (const form of [word, ...deletions(word)]) {
      const known = neighbours.get(form);
      if (known) known.push(word);
      else neighbours.set(form, [word]);
    }
  }
  return { words, neighbours };
}

/** The tokens with unknown words replaced by the most frequent known word that is one edit away. */
export function repair({ words, neighbours }: Vocabulary, tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token) => {
    const { text, han } = token;
    if (han || text.length < shortest || words.has(text) || /\d/.test(text)) return token;
    const near = [text, ...deletions(text)]
      .flatMap((form) => neighbours.get(form) ?? [])
      .filter((word) => isOneEdit(text, word));
    const [best] = near.toSorted((one, other) => (words.get(other) ?? 0) - (words.get(one) ?? 0));
    return best ? { text: best, han } : token;
  });
}

function deletions(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** True when one insertion, deletion, substitution or swap of neighbours turns one word into the other. */
function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return short.slice(at + 1) === long.slice(at + 1) || (swapped && short.slice(at + 2) === long.slice(at + 2));
}
