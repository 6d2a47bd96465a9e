import type { Inline } from './wire.ts';

/** A mail address, or an https address up to its last character that is no punctuation. */
const address = /([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(https:\/\/[\w.~:/?#@!$&*+,;=%-]*[\w/#=&%~-])/g;

/** A text as pieces in which bare mail and https addresses are links. */
export function linkify(text: string): readonly Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(address)) {
    const [whole, mail] = found;
    const href = mail ? `mailto:${mail}` : whole;
    if (!URL.canParse(href)) continue;
    if (found.index > end) pieces.push({ kind: 'text', text: text.slice(end, found.index) });
    pieces.push({ kind: 'link', href, children: [{ kind: 'text', text: whole }] });
    end = found.index + whole.length;
  }
  if (end < text.length || pieces.length === 0) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}
