/** How much of a consultant's text is carried, characters. */
export const longestReply = 10_000;

/** Control characters, but line ends and tabs, and signs that turn the direction of what follows. */
const unseen = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** A person's words without anything that could act on another's screen. */
export function inert(text: string): string {
  const shown = text.replace(/\r\n?/g, '\n').replace(unseen, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));
  return shown.trim().slice(0, longestReply).toWellFormed();
}

/** The text of a note that was written where replies are: it begins with `//`. */
export function noteIn(text: string): string | undefined {
  return /^[/／]{2}/.test(text) ? text.replace(/^[/／]+\s*/, '') : undefined;
}
