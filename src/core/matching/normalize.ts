import { simplify } from './simplify.ts';
import { foldSpelling, writeInFull } from './spelling.ts';
import { stripCodes } from './strip.ts';

/** A text as it is matched: one form of each character and spelling, lower case, simplified Chinese, no codes. */
export function normalize(text: string): string {
  const plain = stripCodes(text)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFC')
    .toLowerCase();
  const full = writeInFull(plain).replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '');
  return foldSpelling(simplify(full)).replace(/\s+/g, ' ').trim();
}
