import { describe, expect, test } from 'vitest';
import { encode as toConsole } from '../../adapters/console/encode.ts';
import { encodeMarkdown } from '../../adapters/web/encode.ts';
import { bulleted, joinLines, plainText, readMarkdown } from '../../src/core/markdown.ts';

test('bold beside Chinese punctuation is bold in every channel, without its signs', () => {
  const markdown = '要先备案。**ICP许可证（经营性）**是另一回事，**公司**才能申请。';
  expect(toConsole({ text: markdown, language: 'zh-Hans', refs: [] }, { colour: false })).toBe(
    '要先备案。ICP许可证（经营性）是另一回事，公司才能申请。',
  );
  const strong = (text: string) => ({ kind: 'strong', children: [{ kind: 'text', text }] });
  expect(encodeMarkdown(markdown)).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'text', text: '要先备案。' },
        strong('ICP许可证（经营性）'),
        { kind: 'text', text: '是另一回事，' },
        strong('公司'),
        { kind: 'text', text: '才能申请。' },
      ],
    },
  ]);
});

test('words of a person, whose signs are escaped, stay as they were written', () => {
  const [paragraph] = readMarkdown(String.raw`“\*\*许可证（经营性）\*\*是”`);
  expect(paragraph).toMatchObject({ children: [{ type: 'text', value: '“**许可证（经营性）**是”' }] });
});

test('lines are joined with a space, and without one between Chinese characters', () => {
  expect(joinLines('one\ntwo')).toBe('one two');
  expect(joinLines('备案\n许可证，\n以及 ICP\n号')).toBe('备案许可证，以及 ICP 号');
});

describe('as plain text', () => {
  const plain = (markdown: string) => plainText(markdown, bulleted);

  test.each([
    ['**许可证（经营性）**是\n\n**公司（企业）**', '许可证（经营性）是\n\n公司（企业）'],
    ['one **bold** and *slanted* `code`', 'one bold and slanted code'],
    ['# A head\n\n> Quoted\n> words.\n>\n> More.\n\n---\n\nThe end.', 'A head\n\nQuoted words.\n\nMore.\n\nThe end.'],
    ['备案\\\n许可证\n两件事', '备案\n许可证两件事'],
    ['- one\n- two\n  lines\n\n  and more', '• one\n• two lines\nand more'],
    ['3. three\n4. four', '3. three\n4. four'],
    ['see [the list](https://example.com/list)', 'see the list (https://example.com/list)'],
    ['<https://example.com>', 'https://example.com'],
    ['[write to us](mailto:a@example.com)', 'write to us (a@example.com)'],
    ['![A plan](https://example.com/a.png) ![](https://example.com/b.png)', 'A plan'],
    ['[list]: https://example.com/list\n\nwords', 'words'],
    ['    let a = 1;\n    let b = 2;', 'let a = 1;\nlet b = 2;'],
    ['a <b>tag</b>', 'a <b>tag</b>'],
    ['see [the list][gone] and [this]\n\n[this]: https://example.com', 'see [the list][gone] and this'],
    ['![A plan][plan]\n\n[plan]: https://example.com/a.png', ''],
    ['', ''],
  ])('%j is %j', (markdown, text) => {
    expect(plain(markdown).trim()).toBe(text);
  });

  test('further lines of an item begin below its words where the style says so', () => {
    expect(plainText('1. one\n\n   more\n   - inner\n2. two', { ...bulleted, indented: true })).toBe(
      '1. one\n   more\n   • inner\n2. two',
    );
  });
});
