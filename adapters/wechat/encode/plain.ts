import { type PlainStyle, plainText } from '../../../src/core/markdown.ts';

/** Lists with dots or numbers in brackets (a number and a dot would look like a choice), addresses of links in full. */
const style: PlainStyle = {
  sign: (number) => (number === undefined ? '· ' : `(${number}) `),
  link(words, url) {
    const address = url.replace(/^mailto:/i, '');
    return words === url || words === address ? ` ${address} ` : `${words} ${address} `;
  },
  running: (words) => words.replace(/ {2,}/g, ' '),
  indented: false,
};

/** Markdown as the plain text of WeChat, which has no signs. */
export function plain(markdown: string): string {
  return safe(plainText(markdown, style));
}

/** Text as it may stand in a message: nothing in it becomes a link with other words, no control characters. */
export function safe(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/<(?=\s*\/?\s*a\b)/giu, '＜')
    .replace(/ +$/gm, '')
    .trim();
}
