import { describe, expect, it } from 'vitest';
import { cardOf } from '../../adapters/slack/desk/card.ts';
import { encodeItem } from '../../adapters/slack/desk/item.ts';
import { originOf, readOrigin } from '../../adapters/slack/desk/origin.ts';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import { refusals } from './block-kit.ts';
import { viewOf } from './desk-view.ts';
import { checkBlocks } from './stand-in/blocks.ts';
import { links, mentions } from './stand-in/content.ts';
import { plainBlocks } from './stand-in/transcript.ts';

const mei = { id: 'web:mei', name: 'Mei' };
const attack = `<!channel> <@U012ABC> @here *bold* _i_ \`c\` ~s~ <https://evil.example|click> https://evil.example [x](https://evil.example) \u202egnp\u2066 \u0007&lt;`;
const unseen = ['\u202e', '\u2066', '\u0007'];
const card = (...given: Parameters<typeof viewOf>) => cardOf(viewOf(...given), 'https://chat.example.com');
const shown = (item: DeskItem) => encodeItem(item, viewOf());

/** What acts in a message: people it calls, addresses it links to. */
function acting({ text, blocks }: { readonly text: string; readonly blocks: readonly object[] }) {
  return { calls: mentions(text, blocks), links: links(text, [...blocks] as never) };
}

describe('the card', () => {
  it('shows everything that a consultant must know', () => {
    const whole = plainBlocks(card().blocks);
    for (const words of [
      'Waiting · 待认领 — Ana',
      'how much for a pigeon archive?',
      'the bot had no answer twice · 机器人两次未能回答',
      'WeChat customer service · 微信客服',
      'ana@example.com',
      'example.com',
      '42 % Cost of a filing · 备案费用',
      'Company: In China · 在中国',
      '3 until <!date^1700000600^',
      '<https://chat.example.com/desk#/case/case1|Transcript · 对话记录>',
      'The visitor writes English. · 访客使用英文。',
      '[Claim · 认领]',
    ])
      expect(whole).toContain(words);
  });

  it('has the controls that fit its state', () => {
    const buttons = (change: Parameters<typeof viewOf>[0]) =>
      [...plainBlocks(card(change).blocks).matchAll(/\[(\w+) ·/g)].map(([, word]) => word);
    expect(buttons({})).toEqual(['Claim']);
    expect(buttons({ status: 'claimed', consultant: mei })).toEqual(['Resolve', 'Release']);
    for (const status of ['resolved', 'withdrawn'] as const) expect(buttons({ status })).toEqual([]);
  });

  it('is named anew when it changes, so that no menu keeps what was picked', () => {
    const names = (change: Parameters<typeof viewOf>[0]) =>
      card(change).blocks.flatMap(({ block_id: name }) => name ?? []);
    expect(names({})).toEqual(names({}));
    expect(names({})).not.toEqual(names({ snoozedUntil: 1_700_000_900_000 }));
  });

  it('takes names, words and details of visitors as words, however long', () => {
    const facts = { name: attack, language: 'zh-Hant', contact: attack, domain: attack.repeat(50) } as const;
    const long = card({ facts, question: attack.repeat(100), consultant: { id: 'web:x', name: attack } });
    expect(checkBlocks(long.blocks)).toEqual([]);
    expect(acting(long)).toEqual({
      calls: [],
      links: ['https://chat.example.com/desk#/case/case1'],
    });
    for (const sign of unseen) expect(long.text + plainBlocks(long.blocks)).not.toContain(sign);
  });

  it('says that a window has closed, and how the visitor found it', () => {
    const closed = plainBlocks(card({ allowance: { left: 2, until: null, detail: '' }, helpful: false }).blocks);
    expect(closed).toContain('nothing until the visitor writes · 访客再次发言前无法发送');
    expect(closed).toContain('👎');
  });
});

describe('the thread', () => {
  it.each<[string, DeskItem, string]>([
    ['a visitor', { kind: 'visitor', text: 'hi' }, 'Ana · visitor · 访客\nhi'],
    ['the bot', { kind: 'bot', text: '**hi**' }, 'bot · 机器人\nhi'],
    ['the web desk', { kind: 'consultant', consultant: mei, text: 'hi' }, 'Mei · web desk · 网页工作台\nhi'],
    ['a note', { kind: 'note', consultant: mei, text: 'hi' }, 'Mei · internal · 内部\nhi'],
    [
      'a change at the web desk',
      { kind: 'consultant-edited', consultant: mei, origin: 'web:1', text: 'ho' },
      'Mei · changed a reply · 修改了回复\nho',
    ],
    [
      'a transfer to somebody in Slack',
      { kind: 'transferred', consultant: mei, to: { id: 'slack:U7', name: 'Tom' } },
      'Mei transferred it to · Mei 已转给 <@U7>',
    ],
    ['a rating', { kind: 'rated', helpful: true }, 'The visitor says that it helped. · 访客评价：有帮助。'],
  ])('shows %s', (_, item, words) => {
    const { posts = [] } = shown(item) ?? {};
    expect(posts.map(({ blocks }) => plainBlocks(blocks)).join('\n')).toBe(words);
    for (const { blocks } of posts) expect(checkBlocks(blocks)).toEqual([]);
  });

  it.each<DeskItem>([
    { kind: 'consultant', consultant: mei, text: 'hi', origin: 'slack:C1:1.2:U1' },
    { kind: 'note', consultant: mei, text: 'hi', origin: 'slack:C1:1.2:U1' },
    { kind: 'consultant-edited', consultant: mei, origin: 'slack:C1:1.2:U1' },
    { kind: 'refused', to: mei, why: 'held' },
    { kind: 'details' },
  ])('does not repeat what stands there, nor what is told elsewhere: $kind', (item) => {
    expect(shown(item)).toBeUndefined();
  });

  it.each([
    ['unclaimed', true],
    ['on-duty', true],
    ['opening', true],
    ['snooze-over', true],
    ['returned', undefined],
    ['consultant-silent', undefined],
  ] as const)('calls those whom it concerns: %s', (alert, broadcast) => {
    const told = shown({ kind: 'alert', alert, mention: ['slack:U5', 'web:mei', 'slack:<!channel>'] });
    expect(told?.broadcast).toBe(broadcast);
    expect(told?.posts.flatMap(({ text, blocks }) => mentions(text, blocks))).toContain('U5');
    expect(JSON.stringify(told)).not.toContain('!channel');
  });

  it.each<[string, (text: string) => DeskItem]>([
    ['a visitor', (text) => ({ kind: 'visitor', text })],
    ['the web desk', (text) => ({ kind: 'consultant', consultant: { id: 'web:x', name: attack }, text })],
  ])('takes ten thousand signs of %s as words, and loses none', (_, make) => {
    const text = `${attack}\n`.repeat(100).slice(0, 10_000);
    const { posts = [] } = shown(make(text)) ?? {};
    expect(posts.length).toBeGreaterThan(1);
    for (const post of posts) {
      expect(refusals(post.blocks)).toEqual([]);
      expect(acting(post)).toEqual({ calls: [], links: [] });
    }
    const bodies = posts.map(({ blocks }) => plainBlocks(blocks.slice(1)).replaceAll('\n', ''));
    const kept = [...text].filter((sign) => sign !== '\n' && !unseen.includes(sign));
    expect(bodies.join('')).toBe(kept.join(''));
  });
});

it('finds a consultant’s message again by its origin, and none of another surface', () => {
  const written = { channel: 'C1', ts: '1700000000.000100', user: 'U1' };
  expect(readOrigin(originOf(written))).toEqual(written);
  expect(readOrigin('web:17')).toBeUndefined();
});
