import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, encodeForView, encodePlainly } from '../../adapters/slack/encode/encode.ts';
import { clean, cut, escaped, fitting, size } from '../../adapters/slack/encode/text.ts';
import type { Outgoing } from '../../src/core/message.ts';
import { refusals, textIn } from './block-kit.ts';

const said = (text: string, rest: Partial<Outgoing> = {}): Outgoing => ({ text, language: 'en', refs: [], ...rest });

const answer = said(
  'It is **free**.\n\nWhat costs money:\n\n- the server\n- our [service](https://example.com/a?b=1&c=2)\n\nThat is all.',
  {
    source: 'Source: our article · checked 24 November 2026',
    choices: [
      { id: 'entry:icp-renewal', label: 'Renewal' },
      { id: 'consultant', label: 'Talk to a consultant' },
    ],
    feedback: {
      ask: 'Did this help?',
      yes: { id: 'feedback:yes:icp-cost', label: 'Yes' },
      no: { id: 'feedback:no:icp-cost', label: 'No' },
    },
  },
);

describe('an answer in Slack', () => {
  it('is rich text, source, choices as buttons, feedback', () => {
    const [post, ...more] = encode(answer);
    expect(more).toEqual([]);
    expect(post?.blocks).toMatchObject([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'It is ' },
              { type: 'text', text: 'free', style: { bold: true } },
              { type: 'text', text: '.' },
              { type: 'text', text: '\n\n' },
              { type: 'text', text: 'What costs money:' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              { elements: [{ type: 'text', text: 'the server' }] },
              { elements: [{ text: 'our ' }, { type: 'link', url: 'https://example.com/a?b=1&c=2', text: 'service' }] },
            ],
          },
          { type: 'rich_text_section', elements: [{ text: '\n' }, { text: 'That is all.' }] },
        ],
      },
      { type: 'context', elements: [{ type: 'plain_text', text: answer.source }] },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'choice:0', text: { text: 'Renewal' }, value: 'entry:icp-renewal' },
          { type: 'button', action_id: 'choice:1', text: { text: 'Talk to a consultant' }, value: 'consultant' },
        ],
      },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'feedback',
            positive_button: { text: { text: 'Did this help? Yes' }, value: 'feedback:yes:icp-cost' },
            negative_button: { text: { text: 'Did this help? No' }, value: 'feedback:no:icp-cost' },
          },
        ],
      },
    ]);
    expect(post?.text).toBe(
      'It is free.\n\nWhat costs money:\n\n• the server\n• our service (https://example.com/a?b=1&amp;c=2)\n\nThat is all.\n\n' +
        'Source: our article · checked 24 November 2026\n\n1. Renewal\n2. Talk to a consultant',
    );
  });

  it('shows numbers of ordered lists, nested lists, quotes, code, headings', () => {
    const [post] = encode(said('# Title\n\n3. three\n4. four\n   - deep\n\n> quoted\n\n```\ncode <&>\n```\n\n`a` *b*'));
    expect(post?.blocks).toMatchObject([
      {
        elements: [
          { elements: [{ text: 'Title', style: { bold: true } }] },
          { type: 'rich_text_list', style: 'ordered', offset: 2, indent: 0 },
          { type: 'rich_text_list', style: 'bullet', indent: 1 },
          { type: 'rich_text_quote', elements: [{ text: 'quoted' }] },
          { type: 'rich_text_preformatted', elements: [{ text: 'code <&>' }] },
          {
            elements: [
              { text: '\n' },
              { text: 'a', style: { code: true } },
              { text: ' ' },
              { text: 'b', style: { italic: true } },
            ],
          },
        ],
      },
    ]);
  });

  it('offers choices that may be picked together as boxes with a button, controls beside it', () => {
    const choices = [
      { id: 'option:q:s:a', label: 'A' },
      { id: 'option:q:s:b', label: 'B' },
      { id: 'cancel', label: 'Stop', quiet: true as const },
    ];
    const [post] = encode(said('Which?', { choices, multiple: true, language: 'zh-Hans' }));
    expect(post?.blocks.slice(1)).toMatchObject([
      {
        elements: [
          {
            type: 'checkboxes',
            action_id: 'multiple',
            options: [{ value: 'option:q:s:a' }, { value: 'option:q:s:b' }],
          },
        ],
      },
      {
        elements: [
          { action_id: 'confirm', text: { text: '确定' } },
          { text: { text: 'Stop' }, value: 'cancel' },
        ],
      },
    ]);
  });

  it('splits a long answer between paragraphs, with source and choices below the last part only', () => {
    const paragraph = `${'A sentence & more. '.repeat(60).trim()}`;
    const posts = encode({ ...answer, text: Array.from({ length: 12 }, () => paragraph).join('\n\n') });
    expect(posts.length).toBeGreaterThan(2);
    for (const post of posts) expect(textIn(post.blocks).startsWith(paragraph)).toBe(true);
    expect(posts.map(({ blocks }) => blocks.some(({ type }) => type === 'actions'))).toEqual(
      posts.map((_, at) => at === posts.length - 1),
    );
  });

  it('breaks a paragraph that is too long after a sentence', () => {
    const [first] = encode(said('This is one sentence of many. '.repeat(300)))[0]?.blocks ?? [];
    expect(
      textIn(first ? [first] : [])
        .trimEnd()
        .endsWith('many.'),
    ).toBe(true);
  });

  it('leaves nothing of what a person writes as markup', () => {
    const evil = '<!channel> <@U123> <https://evil.example|bank> & <!subteam^S1>';
    for (const post of [...encode(said(evil, { source: evil })), ...encodePlainly(said(evil))]) {
      expect(post.text).not.toMatch(/[<>]/);
      expect(post.text.replaceAll(/&(amp|lt|gt);/g, '')).not.toContain('&');
      expect(JSON.stringify(post.blocks)).not.toContain('mrkdwn');
    }
    const [post] = encode(said('[x](javascript:alert(1)) ![pic](https://evil.example/p.png) <b>raw</b>'));
    expect(JSON.stringify(post?.blocks)).not.toMatch(/"link"|"image"|javascript/);
  });

  it('drops control characters and direction overrides', () => {
    expect(clean('a\u0000b\u202ec\u2067d\r\ne\ud800')).toBe('abcd\ne\ufffd');
  });

  it('cuts what is too long without cutting an entity or a character', () => {
    expect(cut('&&&&', 12)).toBe('&&…');
    expect(fitting('😀😀', 3)).toBe(2);
    expect(size('<&>')).toBe(escaped('<&>').length);
  });

  const label = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('', '&'.repeat(200), '😀'.repeat(99)),
  );
  const choice = fc.record({ id: fc.string({ minLength: 1, maxLength: 100 }), label });
  const markdown = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom(
          '# h',
          '- item',
          '1. one',
          '> quote',
          '```',
          '**bold',
          '[a](https://x.example)',
          '<!channel>',
          '&',
          '',
        ),
        fc.nat(9_000).map((length) => 'word & <tag> '.repeat(length / 13)),
        fc.nat(7_000).map((length) => '字'.repeat(length)),
        fc.nat(4_000).map((length) => `[${'l'.repeat(length)}](https://x.example/${'p'.repeat(length / 3)})`),
        fc.nat(2_000).map((count) => '- a\n'.repeat(count / 10)),
      ),
      { maxLength: 12 },
    )
    .chain((lines) => fc.constantFrom('\n', '\n\n').map((between) => lines.join(between)));

  it('always stays within the limits of Slack', () => {
    fc.assert(
      fc.property(
        markdown,
        fc.array(choice, { maxLength: 40 }),
        fc.boolean(),
        label,
        (text, choices, multiple, source) => {
          const message = said(text, {
            choices,
            multiple,
            source,
            ...(answer.feedback && { feedback: answer.feedback }),
          });
          for (const post of encode(message, { share: true })) {
            expect(refusals(post.blocks)).toEqual([]);
            expect(post.text).not.toBe('');
            expect(post.text.length).toBeLessThanOrEqual(3_000);
            expect(post.text.isWellFormed()).toBe(true);
            expect(post.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps every word of a plain text of any length', () => {
    fc.assert(
      fc.property(fc.nat(30_000), (length) => {
        const text = 'abc def. '.repeat(length / 9).trim();
        const shown = encode(said(text))
          .map(({ blocks }) => textIn(blocks))
          .join('');
        expect(shown).toBe(text || '…');
      }),
      { numRuns: 50 },
    );
  });

  it('has in a window everything but the verdict', () => {
    expect(encodeForView(answer).map(({ type }) => type)).toEqual(['rich_text', 'context', 'actions']);
  });
});
