import { stemmer } from 'stemmer';

/** Runs of Han characters, and words of every other script. */
const tokenPattern = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const startsHan = /^\p{Script=Han}/u;

/** Shorter and longer pieces of a word say what trigrams say already, at three times the time. */
const pieceLength = 3;

/** A word, or a run of Chinese characters. */
export interface Token {
  readonly text: string;
  readonly han: boolean;
}

/** The tokens of a normalised text. */
export function tokenize(normalized: string): readonly Token[] {
  return (normalized.match(tokenPattern) ?? []).map((text) => ({ text, han: startsHan.test(text) }));
}

/**
 * The features of a text, each as often as it occurs: stems, their bigrams and the trigrams inside words for Latin
 * script; characters and their bigrams for Chinese, which need no dictionary and no segmenter; and concepts. `pieces`:
 * `piecesOf`, or a memory of it where the same words come again and again.
 */
export function featuresOf(
  tokens: readonly Token[],
  concepts: readonly string[] = [],
  pieces: (word: string) => readonly string[] = piecesOf,
): readonly string[] {
  const features: string[] = [];
  let previous = '';
  for (const { text, han } of tokens) {
    if (han) {
      addCharacters([...text], features);
      previous = '';
      continue;
    }
    const own = pieces(text);
    const [stem = ''] = own;
    if (previous !== '') features.push(`${previous}${stem}`);
    for (const piece of own) features.push(piece);
    previous = stem;
  }
  for (const concept of concepts) features.push(`#${concept}`);
  return features;
}

/** How often each feature of a text occurs. */
export function countFeatures(tokens: readonly Token[], concepts: readonly string[] = []): Map<string, number> {
  const counts = new Map<string, number>();
  for (const feature of featuresOf(tokens, concepts)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

function addCharacters(characters: readonly string[], features: string[]): void {
  characters.forEach((character, at) => {
    features.push(character);
    if (at > 0) features.push(`${characters[at - 1]}${character}`);
  });
}

/** The features of a word by itself: its stem, and the trigrams of the word as it is written. */
export function piecesOf(word: string): readonly string[] {
  const padded = ` ${word} `;
  const pieces = [`=${stemmer(word)}`];
  for (let at = 0; at + pieceLength <= padded.length; at++) pieces.push(padded.slice(at, at + pieceLength));
  return pieces;
}

const hanPair = /^\p{Script=Han}{2}$/u;

/** Whether a feature is a whole word, or a pair of Chinese characters. */
export function isWord(feature: string): boolean {
  return feature.startsWith('=') ? !feature.includes('=', 1) : hanPair.test(feature);
}
