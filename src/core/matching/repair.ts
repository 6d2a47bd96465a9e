import type { Token } from './tokenize.ts';

/** In words shorter than this only swapped letters are put right: too many others are one edit away. */
const shortest = 4;

/** Words of the knowledge by themselves and by each form with one letter left out (delete neighbourhood). */
export interface Vocabulary {
  readonly words: ReadonlyMap<string, number>;
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
  /** Words that stand side by side somewhere, with a space between them. */
  readonly pairs: ReadonlySet<string>;
}

/** In a vocabulary of more words than this, words that occur once may be typos themselves. */
const manyWords = 1_000;

/** The vocabulary of the knowledge, for repairing typos. */
export function buildVocabulary(texts: Iterable<readonly Token[]>): Vocabulary {
  const words = new Map<string, number>();
  const pairs = new Set<string>();
  for (const tokens of texts) {
    for (const [at, { text, han }] of tokens.entries()) {
      if (han) continue;
      words.set(text, (words.get(text) ?? 0) + 1);
      if (at > 0) pairs.add(pairOf(tokens[at - 1]!.text, text));
    }
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
  return { words, neighbours, pairs };
}

/**
 * The tokens with unknown words replaced by a known word that is one edit away: one that stands beside such a word in
 * the knowledge too, if there is one, and of those the most frequent.
 */
export function repair({ words, neighbours, pairs }: Vocabulary, tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    const { text, han } = token;
    if (han || words.has(text) || /\d/.test(text)) return token;
    const near =
      text.length < shortest
        ? swaps(text).filter((word) => words.has(word))
        : [text, ...deletions(text)]
            .flatMap((form) => neighbours.get(form) ?? [])
            .filter((word) => isOneEdit(text, word));
    const fits = (word: string) =>
      Number(pairs.has(pairOf(tokens[at - 1]?.text, word))) + Number(pairs.has(pairOf(word, tokens[at + 1]?.text)));
    const [best] = near.toSorted(
      (one, other) => fits(other) - fits(one) || (words.get(other) ?? 0) - (words.get(one) ?? 0),
    );
    return best ? { text: best, han } : token;
  });
}

function pairOf(one: string | undefined, other: string | undefined): string {
  return `${one} ${other}`;
}

function deletions(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

function swaps(word: string): string[] {
  return Array.from(word.slice(1), (next, at) => word.slice(0, at) + next + word[at] + word.slice(at + 2));
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
