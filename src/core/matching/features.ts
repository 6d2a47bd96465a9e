import type { Token } from './tokenize.ts';

/** Longer words (codes, keys) are cut for their n-grams. */
const HAN_PAIR = /^\p{Script=Han}{2}$/u;

const LONGEST_WORD = 40;

/** Whether a feature is a whole word, or a pair of Han characters, which mostly is one. */
export function isWord(feature: string): boolean {
  return feature.startsWith('=') ? !feature.includes(' ') : HAN_PAIR.test(feature);
}

/**
 * The term frequency (tf) of every feature: words, pairs of words and the 2-, 3- and 4-grams of characters within a
 * word; single Han characters and pairs of them.
 */
export function countFeatures(tokens: readonly Token[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  let previous = '';
  for (const { text, han } of tokens) {
    if (han) {
      let before = '';
      for (const character of text) {
        count(character);
        if (before !== '') count(before + character);
        before = character;
      }
      previous = '';
      continue;
    }
    count(`=${text}`);
    if (previous !== '') count(`=${previous} ${text}`);
    previous = text;
    const padded = ` ${text.slice(0, LONGEST_WORD)} `;
    for (let n = 2; n <= 4; n++) {
      for (let start = 0; start + n <= padded.length; start++) count(padded.slice(start, start + n));
    }
  }
  return counts;
}
