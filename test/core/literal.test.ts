import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, it } from 'vitest';
import { literal } from '../../src/core/conversation/scene.ts';

it('words of a person stay words in Markdown', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.constantFrom('[x](https://evil.example)', '**b**', '<https://evil.example>', '`c`', '&amp;', '# h'),
      (text, sign) => {
        const words = `${text}${sign}`.trim();
        const tree = fromMarkdown(`“${literal(words)}”`);
        expect(tree.children).toMatchObject([
          { type: 'paragraph', children: [{ type: 'text', value: `“${words.replace(/\s+/g, ' ')}”` }] },
        ]);
      },
    ),
  );
});
