import { foldSpelling } from './spelling.ts';
import { simplify } from './simplify.ts';

const QUOTED_LINE = /^[ \t]*>.*$/gm;
export function normalize(text: string): string {
  const plain = text
    .replace(QUOTED_LINE, '')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '');
  return foldSpelling(simplify(plain)).replace(/\s+/g, ' ').trim();
}
