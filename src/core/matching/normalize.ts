import { simplify } from './simplify.ts';
import { foldSpelling } from './spelling.ts';

/** Lines that quote an earlier mail. */
const quotedLine = /^[ \t]*>.*$/gm;

/** WeChat's faces as text: `[微笑]`, `[Smile]`, `/::)`. */
const face = /\[[\p{Script=Han}\p{L}]{1,12}\]|\/::?\S{1,2}/gu;

/** A text as it is matched: one form of each character and spelling, lower case, simplified Chinese, no quoted lines. */
export function normalize(text: string): string {
  const plain = text
    .replace(quotedLine, '')
    .replace(face, ' ')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '');
  return foldSpelling(simplify(plain)).replace(/\s+/g, ' ').trim();
}
