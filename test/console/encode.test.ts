import { expect, test } from 'vitest';
import { encode, plain } from '../../adapters/console/encode.ts';
import type { Outgoing } from '../../src/core/message.ts';

const answer: Outgoing = {
  text: 'No **fee**, as [the agency](https://example.com/fees) says.\n\n- hosting\n- help with\n  the papers',
  language: 'en',
  refs: ['answer:fee'],
  source: 'Source: our article · checked 24 November 2026',
  choices: [
    { id: 'entry:renewal', label: 'Renewal' },
    { id: 'menu', label: 'Menu', quiet: true },
  ],
  feedback: { ask: 'Did this help?', yes: { id: 'feedback:yes:fee', label: 'Yes' }, no: { id: 'no', label: 'No' } },
};

test('a message is plain text, its source, numbered choices and the question whether it helped', () => {
  expect(encode(answer, { colour: false })).toBe(
    [
      'No fee, as the agency (https://example.com/fees) says.',
      '',
      '• hosting',
      '• help with the papers',
      '',
      'Source: our article · checked 24 November 2026',
      '',
      '  1. Renewal',
      '  2. Menu',
      '',
      'Did this help? Yes / No',
    ].join('\n'),
  );
});

test('on a terminal the small print is dim and the words are the same', () => {
  const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
  expect(encode(answer, { colour: true })).toBe(
    [
      'No fee, as the agency (https://example.com/fees) says.',
      '',
      '• hosting',
      '• help with the papers',
      '',
      dim('Source: our article · checked 24 November 2026'),
      '',
      '  1. Renewal',
      dim('  2. Menu'),
      '',
      dim('Did this help? Yes / No'),
    ].join('\n'),
  );
});

test.each([
  ['您好，\n**世界**', '您好，世界'],
  ['one\ntwo', 'one two'],
  ['1. first\n2. second\n   - inner\n   - other', '1. first\n2. second\n   • inner\n   • other'],
  ['3. third\n\n   more of it', '3. third\n   more of it'],
  ['write to [us](mailto:us@example.com)', 'write to us (us@example.com)'],
  ['<https://example.com>', 'https://example.com'],
  ['`code` and <b>tags</b>', 'code and <b>tags</b>'],
  ['> quoted\n> words', 'quoted words'],
  ['a\\\nb', 'a\nb'],
  ['', ''],
])('Markdown %j reads %j', (markdown, text) => {
  expect(plain(markdown)).toBe(text);
});

test('nothing in a message steers the terminal', () => {
  const text = 'red \u001b[31malert\u001b[0m \u0007bell \u009b2J clear';
  const shown = encode({ text, language: 'en', refs: [], source: text }, { colour: false });
  expect(shown).toBe('red alert bell  clear\n\nred alert bell  clear');
});
