import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodeMarkdown } from '../../adapters/web/encode.ts';
import type { Block, Inline } from '../../adapters/web/wire.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });

describe('Markdown becomes a small tree', () => {
  test.each<[string, string, Block[]]>([
    ['paragraphs', 'One.\n\nTwo.', [paragraph(text('One.')), paragraph(text('Two.'))]],
    [
      'strong, emphasis and code',
      '**a** *b* `c`',
      [
        paragraph(
          { kind: 'strong', children: [text('a')] },
          text(' '),
          { kind: 'emphasis', children: [text('b')] },
          text(' '),
          { kind: 'code', text: 'c' },
        ),
      ],
    ],
    [
      'a list with a list in it',
      '- a\n  - b\n- c',
      [
        {
          kind: 'list',
          start: null,
          items: [
            [paragraph(text('a')), { kind: 'list', start: null, items: [[paragraph(text('b'))]] }],
            [paragraph(text('c'))],
          ],
        },
      ],
    ],
    ['a numbered list', '3. a', [{ kind: 'list', start: 3, items: [[paragraph(text('a'))]] }]],
    [
      'https and mailto links',
      '[a](https://example.com/x) <b@example.com>',
      [
        paragraph({ kind: 'link', href: 'https://example.com/x', children: [text('a')] }, text(' '), {
          kind: 'link',
          href: 'mailto:b@example.com',
          children: [text('b@example.com')],
        }),
      ],
    ],
    [
      'bare addresses as links, without the punctuation behind them',
      '写邮件到info@example.com。See https://example.com/a?b=1, or wait.',
      [
        paragraph(
          text('写邮件到'),
          { kind: 'link', href: 'mailto:info@example.com', children: [text('info@example.com')] },
          text('。See '),
          { kind: 'link', href: 'https://example.com/a?b=1', children: [text('https://example.com/a?b=1')] },
          text(', or wait.'),
        ),
      ],
    ],
    [
      'no link inside a link',
      '[write to a@example.com](https://example.com)',
      [
        paragraph({
          kind: 'link',
          href: 'https://example.com',
          children: [text('write to '), text('a@example.com')],
        }),
      ],
    ],
    ['a hard line break', 'a\\\nb', [{ kind: 'paragraph', children: [text('a'), { kind: 'break' }, text('b')] }]],
    ['a line end is a space in English', 'one\ntwo', [paragraph(text('one two'))]],
    ['a line end is nothing in Chinese', '备案\n免费，\n很快', [paragraph(text('备案免费，很快'))]],
    ['a heading is a strong paragraph', '# a', [paragraph({ kind: 'strong', children: [text('a')] })]],
    ['a quotation is its content', '> a', [paragraph(text('a'))]],
    ['an image is its description', '![a map](https://example.com/m.png)', [paragraph(text('a map'))]],
  ])('%s', (_, markdown, expected) => {
    expect(encodeMarkdown(markdown)).toEqual(expected);
  });
});

describe('Nothing dangerous gets through', () => {
  test.each([
    ['javascript', '[a](javascript:alert(1))'],
    ['javascript in capitals', '[a](JavaScript:alert(1))'],
    ['javascript with a line end', '[a](<java\nscript:alert(1)>)'],
    ['data', '[a](data:text/html,<script>1</script>)'],
    ['plain http', '[a](http://example.com)'],
    ['relative', '[a](/desk)'],
    ['protocol-relative', '[a](//evil.example)'],
    ['by reference', '[a][x]\n\n[x]: javascript:alert(1)'],
  ])('a link to %s is no link', (_, markdown) => {
    expect(JSON.stringify(encodeMarkdown(markdown))).not.toContain('"link"');
  });

  test('raw HTML is text', () => {
    expect(encodeMarkdown('<img src=x onerror=alert(1)>\n\nand <b>bold</b>')).toEqual([
      paragraph(text('<img src=x onerror=alert(1)>')),
      paragraph(text('and '), text('<b>'), text('bold'), text('</b>')),
    ]);
  });

  test('any text gives a tree of known nodes', () => {
    const known = new Set(['paragraph', 'list', 'text', 'code', 'strong', 'emphasis', 'link', 'break']);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab *_`[]()<>#-\n1.!\\&;:/中') }), (markdown) => {
        const kinds = [...JSON.stringify(encodeMarkdown(markdown)).matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind);
        return kinds.every((kind) => kind !== undefined && known.has(kind));
      }),
    );
  });
});

describe('A line of the transcript', () => {
  const line = {
    id: 7,
    conversation: 'web:abc',
    at: 5,
    status: 'shown',
    position: 3,
    key: 'web:abc:12345678',
    text: '**plain** <b>',
  } as const;

  test('of a visitor is plain text with the id that the browser gave it', () => {
    expect(encode({ ...line, author: 'visitor' })).toEqual({
      position: 3,
      at: 5,
      id: '12345678',
      author: 'visitor',
      text: '**plain** <b>',
    });
  });

  test('of a consultant is plain text', () => {
    const message = { text: line.text, language: 'en', refs: ['consultant'] } as const;
    expect(encode({ ...line, author: 'consultant', message })).toEqual({
      position: 3,
      at: 5,
      id: '12345678',
      author: 'consultant',
      text: '**plain** <b>',
      language: 'en',
    });
  });

  test('about a consultant is a notice', () => {
    const message = { text: '**Li** is here', language: 'en', refs: ['handoff.joined'] } as const;
    expect(encode({ ...line, author: 'consultant', text: message.text, message })).toEqual({
      position: 3,
      at: 5,
      id: '12345678',
      author: 'notice',
      blocks: [paragraph({ kind: 'strong', children: [text('Li')] }, text(' is here'))],
      language: 'en',
    });
  });

  test('of the bot carries the tree and everything to pick, but not its references', () => {
    const message = {
      text: 'a',
      language: 'zh-Hans',
      refs: ['answer:x'],
      source: 's',
      choices: [{ id: 'c', label: 'C' }],
      multiple: true,
      feedback: { ask: '?', yes: { id: 'y', label: 'Y' }, no: { id: 'n', label: 'N' } },
    } as const;
    const { refs: _, text: __, ...rest } = message;
    expect(encode({ ...line, author: 'bot', message })).toEqual({
      position: 3,
      at: 5,
      id: '12345678',
      author: 'bot',
      message: { ...rest, blocks: [paragraph(text('a'))] },
    });
  });

  test('that confirms the erasure says so', () => {
    const message = { text: 'a', language: 'en', refs: ['forget.done'] } as const;
    expect(encode({ ...line, author: 'bot', message })).toEqual({
      position: 3,
      at: 5,
      id: '12345678',
      author: 'bot',
      message: { blocks: [paragraph(text('a'))], language: 'en', erased: true },
    });
  });
});
