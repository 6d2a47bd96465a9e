const pattern = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;

/** Words, and for Chinese characters and their pairs: the search libraries by themselves take a whole run for one word. */
export function tokens(text: string): string[] {
  return (text.toLowerCase().match(pattern) ?? []).flatMap((run) => {
    const characters = [...run];
    if (!/^\p{Script=Han}/u.test(run)) return [run];
    return [...characters, ...characters.slice(1).map((character, at) => `${characters[at]}${character}`)];
  });
}
