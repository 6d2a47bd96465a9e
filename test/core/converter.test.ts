import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { configs as toTraditional } from 'opencc-js/preset/cn2t';
import { configs as toSimplified } from 'opencc-js/preset/t2cn';
import { describe, expect, it } from 'vitest';
import { type Conversion, createConverter } from '../../src/core/converter.ts';

const ways = [
  ['traditional to simplified', toSimplified['tw2sp'], { from: 'twp', to: 'cn' }],
  ['simplified to traditional', toTraditional['s2twp'], { from: 'cn', to: 'twp' }],
] as const;

/** Every word of the dictionaries. */
function wordsOf({ conversionChain }: Conversion): readonly string[] {
  const dictionaries = conversionChain.flat().filter((dictionary) => typeof dictionary === 'string');
  return dictionaries.flatMap((dictionary) => dictionary.split('|').map((line) => line.split(' ')[0] ?? ''));
}

describe.each(ways)('%s', (_, conversion, locales) => {
  if (!conversion) throw new Error('opencc-js has no such conversion');
  const convert = createConverter(conversion);
  const reference = Converter(locales);
  const words = wordsOf(conversion);

  it('converts every word of the dictionaries as OpenCC does', () => {
    expect(words.length).toBeGreaterThan(1_000);
    expect(words.filter((word) => convert(word) !== reference(word))).toEqual([]);
  });

  it('converts whatever is put together from them, and from other characters, as OpenCC does', () => {
    const part = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 4 }));
    // A description of a character that Unicode lacks is the one thing that is left to differ.
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join('').replace(/[\u2ff0-\u2fff]/gu, ''));
    fc.assert(
      fc.property(text, (written) => convert(written) === reference(written)),
      { numRuns: 1_000 },
    );
  });
});

it('tells that a conversion is missing', () => {
  expect(() => createConverter(undefined)).toThrow('opencc-js has no such conversion');
});

it('takes the longest word first, from the first dictionary that has it, also without cutting into phrases', () => {
  const convert = createConverter({
    conversionChain: [
      [
        [
          ['头', '頭'],
          ['头发', '頭髮'],
        ],
        '发 發|头 首',
      ],
      ['發 fa'],
    ],
  });
  expect(convert('头发发头。')).toBe('頭髮fa頭。');
});
