import { stripVTControlCharacters, styleText } from 'node:util';
import { bulleted, plainText } from '../../src/core/markdown.ts';
import type { Outgoing } from '../../src/core/message.ts';

/** A message as text for a terminal: Markdown without its signs, choices numbered, small print dim when in `colour`. */
export function encode(message: Outgoing, { colour }: { readonly colour: boolean }): string {
  const { text, source, choices = [], feedback } = message;
  const dim = (words: string) => (colour ? styleText('dim', words, { validateStream: false }) : words);
  const listed = choices.map(({ label, quiet }, at) => {
    const line = `  ${at + 1}. ${safe(label)}`;
    return quiet ? dim(line) : line;
  });
  return [
    plain(text),
    source && dim(safe(source)),
    listed.join('\n'),
    feedback && dim(safe(`${feedback.ask} ${feedback.yes.label} / ${feedback.no.label}`)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Markdown as plain text for a terminal. */
export function plain(markdown: string): string {
  return safe(plainText(markdown, { ...bulleted, indented: true }));
}

/** Nothing that moves the cursor, changes colours or rings the bell. */
function safe(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n]/gu, '');
}
