import { Converter } from 'opencc-js/cn2t';
import { pinyin } from 'pinyin-pro';
import { randomFrom } from './random.ts';

/** Changes a text as writers do, the same way each time. */
export type Slip = (text: string) => string;

const letters = 'etaoinshrdlu';
const charactersPerTypo = 15;
const charactersPerHomophone = 8;

/** About one letter in fifteen is left out, doubled, replaced, or swapped with the next. */
export const typos: Slip = (text) => {
  const random = randomFrom(text);
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const [here = '', next = ''] = characters.slice(at, at + 2);
    if (random() >= 1 / charactersPerTypo || !/[a-z]/i.test(here)) continue;
    const other = letters[Math.floor(random() * letters.length)] ?? '';
    const edits = ['', here + here, other, ...(/[a-z]/i.test(next) ? [next] : [])];
    const edit = edits[Math.floor(random() * edits.length)] ?? '';
    characters[at] = edit;
    if (edit === next && next !== '') characters[++at] = here;
  }
  return characters.join('');
};

const toTraditional = Converter({ from: 'cn', to: 'twp' });

/** The same in traditional characters and the words used in Taiwan. */
export const traditional: Slip = (text) => toTraditional(text);

/** About one Chinese character in eight becomes another of the same sound; the others come from `corpus`. */
export function homophones(corpus: readonly string[]): Slip {
  const bySound = Map.groupBy(new Set(corpus.join('').match(/\p{Script=Han}/gu)), soundOf);
  return (text) => {
    const random = randomFrom(text);
    return text.replace(/\p{Script=Han}/gu, (character) => {
      if (random() >= 1 / charactersPerHomophone) return character;
      const others = (bySound.get(soundOf(character)) ?? []).filter((other) => other !== character);
      return others[Math.floor(random() * others.length)] ?? character;
    });
  };
}

function soundOf(character: string): string {
  return pinyin(character, { toneType: 'none' });
}
