/** Spellings of one word that people mix: British and American, with and without a hyphen, Latin forms of Chinese. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\blicen[cs](e|es|ed|ing)\b/g, 'licens$1'],
  [/\bcentre(s?)\b/g, 'center$1'],
  [/(\p{L}{3})is(ation|ations)\b/gu, '$1iz$2'],
  [/\b(author|organ|optim|local|recogn|legal|monet|real|minim|custom|special)is(e|es|ed|ing)\b/g, '$1iz$2'],
  [/\b(col|fav|behavi|neighb|hon|lab)our/g, '$1or'],
  [/\bprogramme(s?)\b/g, 'program$1'],
  [/\bcatalogue(s?)\b/g, 'catalog$1'],
  [/\be-(?=\p{L})/gu, 'e'],
  [/\bbei[ -]an\b/g, 'beian'],
];

/** What each of them has in it: most texts have none, and are known to be right at once. */
const SUSPECT = /licen[cs]|centre|is(?:ation|e|ing)|our|programme|catalogue|e-|bei[ -]/;

/** Folds spelling variants of a lower-case text. */
export function foldSpelling(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return SPELLINGS.reduce((folded, [variant, spelling]) => folded.replace(variant, spelling), text);
}
