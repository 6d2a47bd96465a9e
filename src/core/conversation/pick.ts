/** Ordinals and numerals that visitors write instead of clicking; the position in the list is the number. */
const numerals = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const english = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Text for comparing: full-width and circled forms folded, lower case, no punctuation around or between words. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}

/** The number that a word or phrase stands for (`2`, `②`, `二`, `选2`, `第二个`, `the second one`), if it is one. */
function numberIn(text: string): number | undefined {
  const bare = text
    .replace(/^(?:选项|我?选择?|回复|(?:no|nr)(?= \d)|(?:number|option|choice|answer|the)\b)\s*/u, '')
    .replace(/\s+(?:one|option|please)$|\s*(?:个|项|号|条|种|吧|啊)+$/u, '')
    .replace(/^第/u, '');
  if (/^\d{1,2}$/.test(bare)) return Number(bare);
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(bare);
  if (ordinal) return Number(ordinal[1]);
  if (/^十[一二三四五六七八九]$/.test(bare)) return 10 + numerals.indexOf(bare.slice(1));
  for (const list of [numerals, english, ordinals]) {
    const found = list.indexOf(bare);
    if (found > 0) return found;
  }
  return bare === '两' ? 2 : undefined;
}

/**
 * Which of the labels a text picks, as positions from 0: by number in any form, by the label itself, or (with
 * `multiple`) by several numbers. Undefined when it picks none; an empty list when a number is out of range.
 */
export function readPick(text: string, labels: readonly string[], multiple = false): readonly number[] | undefined {
  const said = plain(text);
  const named = labels.findIndex((label) => plain(label) === said);
  if (said !== '' && named >= 0) return [named];
  if (/^(?:the )?last(?: one)?$|^最后(?:一个|一项)?$/.test(said))
    return labels.length > 0 ? [labels.length - 1] : undefined;
  const parts = multiple ? said.split(/\s*(?:\band\b|和|跟|及|\s)\s*/u).filter(Boolean) : [said];
  const numbers = parts.map(numberIn).filter((number) => number !== undefined);
  if (parts.length === 0 || numbers.length < parts.length) return undefined;
  const positions = numbers.map((number) => number - 1);
  return positions.every((position) => position >= 0 && position < labels.length) ? [...new Set(positions)] : [];
}

/** True when the text holds this word: whole words in Latin script, anywhere in Chinese. */
export function contains(text: string, word: string): boolean {
  const [said, sought] = [plain(text), plain(word)];
  for (let at = said.indexOf(sought); at >= 0 && sought !== ''; at = said.indexOf(sought, at + 1)) {
    const around = [said[at - 1], sought[0], sought.at(-1), said[at + sought.length]].map(isLatin);
    if (!(around[0] && around[1]) && !(around[2] && around[3])) return true;
  }
  return false;
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && /[\p{Script=Latin}\d]/u.test(character);
}
