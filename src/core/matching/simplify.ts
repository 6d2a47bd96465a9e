import { Converter } from 'opencc-js/t2cn';

const HAN = /\p{Script=Han}/u;

// `twp` also maps Taiwan's words (軟體 -> 软件), plain `tw` only its characters.
const wordsToSimplified = Converter({ from: 'twp', to: 'cn' });

/** Traditional Chinese in simplified characters and mainland words; everything else as it was. */
export function simplify(text: string): string {
  return HAN.test(text) ? wordsToSimplified(text) : text;
}
