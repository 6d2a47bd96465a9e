import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMoreReader, decodeText } from '../../adapters/wechat/decode/text.ts';
import { bytesOf, cut } from '../../adapters/wechat/encode/cut.ts';
import { encode } from '../../adapters/wechat/encode/encode.ts';
import { plain } from '../../adapters/wechat/encode/plain.ts';
import { encodeContent } from '../../adapters/wechat/kf/encode.ts';
import { readXml, writeXml } from '../../adapters/wechat/xml.ts';
import type { Core } from '../../src/app/core.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { Language, Outgoing } from '../../src/core/message.ts';
import { shipped } from './bot.ts';

let core: Core;
let knowledge: Knowledge;
beforeAll(async () => {
  ({ core, knowledge } = await shipped());
});

const style = { clickable: true, passive: false };
const markdown = /\*\*|^#{1,6} |\]\(|^[-*+] |`/m;

const choice = fc.record({
  id: fc.string({ minLength: 1 }),
  label: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
});
const outgoing: fc.Arbitrary<Outgoing> = fc.record(
  {
    text: fc.string({ unit: 'grapheme', maxLength: 3_000 }),
    language: fc.constantFrom('en', 'zh-Hans', 'zh-Hant'),
    refs: fc.constantFrom([], ['consultant'], ['handoff.opened']),
    choices: fc.array(choice, { maxLength: 15 }),
    multiple: fc.boolean(),
    source: fc.string({ maxLength: 300 }),
    feedback: fc.record({ ask: fc.string(), yes: choice, no: choice }),
  },
  { requiredKeys: ['text', 'language', 'refs'] },
);

function said(effects: readonly Effect[]): readonly Outgoing[] {
  return effects.flatMap((effect) => (effect.type === 'say' ? [effect.message] : []));
}

describe('what is sent', () => {
  test('any messages: at most 2,048 bytes a piece, and XML that gives them back', () => {
    fc.assert(
      fc.property(fc.array(outgoing, { minLength: 1, maxLength: 4 }), (messages) => {
        for (const piece of encode(messages, style)) {
          expect(bytesOf(piece)).toBeLessThanOrEqual(2048);
          expect(readXml(writeXml({ Content: piece }))?.get('Content')).toBe(piece);
        }
        const { message } = encodeContent(messages);
        const menu = message['msgmenu'] as { head_content: string; list: readonly object[] } | undefined;
        if (menu) expect([bytesOf(menu.head_content) <= 1024, menu.list.length <= 10]).toEqual([true, true]);
      }),
    );
  });

  test('every answer of the knowledge, in both languages: plain text that fits into one message', () => {
    for (const language of ['en', 'zh'] as const satisfies readonly Language[]) {
      for (const id of knowledge.entries.keys()) {
        const event = { id: 'e', at: 0, type: 'chose', choices: [`entry:${id}`] } as const;
        const [, effects] = core.turn(newState(language), event);
        const pieces = encode(said(effects), style);
        for (const piece of pieces) expect(piece.replaceAll(/<a [^>]*>|<\/a>/g, '')).not.toMatch(markdown);
        for (const piece of pieces) expect(bytesOf(piece)).toBeLessThanOrEqual(2048);
      }
    }
  });

  test('Markdown becomes plain text', () => {
    const text =
      '**粗体**，*斜体*和`代码`。\n\n- 一\n- 二\n\n1. 先\n2. 后\n\n> 引用\n\n[说明](https://example.com/a)，[信箱](mailto:a@b.example)\n\n**许可证（经营性）**是';
    expect(plain(text)).toBe(
      '粗体，斜体和代码。\n\n· 一\n· 二\n\n(1) 先\n(2) 后\n\n引用\n\n说明 https://example.com/a ，信箱 a@b.example\n\n许可证（经营性）是',
    );
  });

  test('words of a person never become a link with other words', () => {
    const message: Outgoing = {
      text: '<a href="https://evil.example">点这里</a> **不粗**',
      language: 'zh-Hans',
      refs: ['consultant'],
    };
    expect(encode([message], style)).toEqual(['顾问：＜a href="https://evil.example">点这里＜/a> **不粗**']);
  });

  test('only the last menu is shown with numbers; where taps do not fit, the numbers do', () => {
    const menu = (label: string): Outgoing => ({
      text: label,
      language: 'zh-Hans',
      refs: [],
      choices: [{ id: label, label }],
    });
    const [both = ''] = encode([menu('甲'), menu('乙')], style);
    expect(both.match(/^1\. /gm)).toHaveLength(1);
    expect(both).toContain('1. <a href="weixin://bizmsgmenu?msgmenucontent=乙&msgmenuid=1">乙</a>');
    const choices = Array.from({ length: 12 }, (_, at) => ({ id: `${at}`, label: '很长的选项'.repeat(8) }));
    const [many = ''] = encode([{ text: '请选', language: 'zh-Hans', refs: [], choices }], style);
    expect(many).not.toContain('<a');
    expect(many).toContain('12. 很长的选项');
  });
});

describe('cutting', () => {
  test('loses nothing, keeps characters whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.integer({ min: 60, max: 300 }), (text, limit) => {
        const pieces = cut(text, limit, ' …');
        const bare = pieces.map((piece, at) => (at < pieces.length - 1 ? piece.slice(0, -2) : piece));
        expect(bare.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const piece of pieces) {
          expect(bytesOf(piece)).toBeLessThanOrEqual(limit);
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test('ends with a sentence, never inside an address', () => {
    const address = 'https://example.com/a/very/long/address?with=many&parts=of.it';
    const pieces = cut(`第一句话说完了。第二句话也说完了。请看 ${address} 谢谢。`, 110);
    expect(pieces[0]).toMatch(/。$/);
    expect(pieces.filter((piece) => piece.includes(address))).toHaveLength(1);
    const family = '👩‍👩‍👧‍👦'.repeat(40);
    for (const piece of cut(family, 100)) expect(piece.length % '👩‍👩‍👧‍👦'.length).toBe(0);
  });
});

describe('numbers', () => {
  const forms: readonly ((number: number) => string)[] = [
    (number) => `${number}`,
    (number) => String.fromCharCode(0xff10 + number),
    (number) => String.fromCharCode(0x2460 + number - 1),
    (number) => '零一二三四五六七八九'[number] ?? '',
    (number) => `选${number}`,
    (number) => `第${'零一二三四五六七八九'[number]}个`,
    (number) => `${number}.`,
    (number) => ` ${number}[微笑]`,
    (number) => `我选${number}吧`,
  ];

  test('in any form, and the words themselves, select the same choice', () => {
    const [start] = core.turn(newState('zh'), { id: 'a', at: 0, type: 'arrived', language: 'zh' });
    const choices = start.menu?.choices ?? [];
    expect(choices.length).toBeGreaterThan(8);
    for (const [at, { id, label }] of choices.slice(0, 9).entries()) {
      const [picked] = core.turn(start, { id: 'b', at: 1, type: 'chose', choices: [id] });
      for (const written of [label, ...forms.map((form) => form(at + 1))]) {
        expect([written, activityOf(writes(start, written))]).toEqual([written, activityOf(picked)]);
      }
    }
  });

  function writes(state: State, written: string): State {
    const body = decodeText(written);
    if (body.kind !== 'text') throw new Error(`"${written}" is no text`);
    const matches = core.understand(body.text, {});
    return core.turn(state, { id: 'b', at: 1, type: 'said', text: body.text, matches })[0];
  }

  function activityOf({ activity, menu }: State) {
    return [activity, menu?.choices];
  }
});

describe('what is written', () => {
  test.each([
    ['0', { kind: 'choice', ids: ['consultant'] }],
    ['０', { kind: 'choice', ids: ['consultant'] }],
    ['？', { kind: 'choice', ids: ['menu'] }],
    ['[微笑]', { kind: 'attachment', media: 'sticker' }],
    ['/::)', { kind: 'attachment', media: 'sticker' }],
    ['【收到不支持的消息类型，暂无法显示】', { kind: 'attachment', media: 'sticker' }],
    ['备案[微笑]要多少钱', { kind: 'text', text: '备案 要多少钱' }],
    ['看 https://example.com/[微笑] 可以吗', { kind: 'text', text: '看 https://example.com/[微笑] 可以吗' }],
    ['', { kind: 'text', text: '' }],
  ])('%s', (written, body) => {
    expect(decodeText(written)).toEqual(body);
  });

  test('more is asked for by its words only', () => {
    const isMore = createMoreReader(['更多', 'more']);
    expect(['更多', ' More! ', '“更多”'].map(isMore)).toEqual([true, true, true]);
    expect(['更多信息在哪里', '', '备案'].map(isMore)).toEqual([false, false, false]);
  });
});
