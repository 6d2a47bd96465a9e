/** Runs of Han characters, and words of every other script. */
const TOKEN = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const HAN = /^\p{Script=Han}/u;

export interface Token { readonly text: string; readonly han: boolean }

export function tokenize(normalized: string): readonly Token[] {
  return (normalized.match(TOKEN) ?? []).map((text) => ({ text, han: HAN.test(text) }));
}

/** Counts */
export function countFeatures(tokens: readonly Token[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (f: string) => counts.set(f, (counts.get(f) ?? 0) + 1);
  let previous = '';
  for (const { text, han } of tokens) {
    if (han) {
      const cs = [...text];
      for (let i = 0; i < cs.length; i++) { add(cs[i] ?? ''); if (i > 0) add((cs[i-1] ?? '') + (cs[i] ?? '')); }
      previous = '';
    } else {
      add(`w:${text}`);
      if (previous !== '') add(`w:${previous}${text}`);
      const padded = ` ${text} `;
      for (let n = 2; n <= 4; n++) for (let i = 0; i + n <= padded.length; i++) add(padded.slice(i, i + n));
      previous = text;
    }
  }
  return counts;
}
