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

/** Short forms and what they stand for; without an apostrophe where no other word is written so. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon['’ʼ]?t\b/g, 'will not'],
  [/\bcan['’ʼ]?t\b/g, 'can not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must)n['’ʼ]?t\b/g, '$1 not'],
  [/\bi['’ʼ]?m\b/g, 'i am'],
  [/\b(you|we|they)['’ʼ]re\b/g, '$1 are'],
  [/\b(i|you|we|they)['’ʼ]?ve\b/g, '$1 have'],
  [/\b(i|you|we|they|it)['’ʼ]ll\b/g, '$1 will'],
  [/\b(i|you|we|they)['’ʼ]d\b/g, '$1 would'],
  [/\b(what|where|how|who|when|that|there)['’ʼ]?s\b/g, '$1 is'],
  [/\b(it|he|she)['’ʼ]s\b/g, '$1 is'],
];

/** Writes the short forms of a lower-case text in full ("what's", "dont"). */
export function writeInFull(text: string): string {
  return CONTRACTIONS.reduce((full, [short, long]) => full.replace(short, long), text);
}

/** What each of them has in it: most texts have none, and are known to be right at once. */
const SUSPECT = /licen[cs]|centre|is(?:ation|e|ing)|our|programme|catalogue|e-|bei[ -]/;

/** Folds spelling variants of a lower-case text. */
export function foldSpelling(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return SPELLINGS.reduce((folded, [variant, spelling]) => folded.replace(variant, spelling), text);
}
