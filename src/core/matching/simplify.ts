import { configs } from 'opencc-js/preset/t2cn';
import { createConverter } from '../converter.ts';

const HAN = /\p{Script=Han}/u;

// `tw2sp` also maps Taiwan's words (軟體 -> 软件), plain `tw2s` only its characters.
const wordsToSimplified = createConverter(configs['tw2sp']);

/** Traditional Chinese in simplified characters and mainland words; everything else as it was. */
export function simplify(text: string): string {
  return HAN.test(text) ? wordsToSimplified(text) : text;
}
