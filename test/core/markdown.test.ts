import { expect, test } from 'vitest';
import { encode as toConsole } from '../../adapters/console/encode.ts';
import { encodeMarkdown } from '../../adapters/web/encode.ts';
import { joinLines, readMarkdown } from '../../src/core/markdown.ts';

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
