import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encode } from '../../adapters/wechat/encode/encode.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { detectLanguage } from '../../src/core/language.ts';
import { differences, differenceText } from '../../src/knowledge/dialog/compare.ts';
import type { Action, Dialog, Transcript } from '../../src/knowledge/dialog/dialog.ts';
import { outcomeLines } from '../../src/knowledge/dialog/lines.ts';
import { loadDialogs } from '../../src/knowledge/dialog/load.ts';
import type { Line } from '../../src/ports.ts';
import { type Bot, startBot } from './bot.ts';
import { type Push, startTencent, type Tencent } from './stand-in/index.ts';

const { files } = await loadDialogs('knowledge');

let tencent: Tencent;
let bot: Bot;
beforeAll(async () => {
  tencent = await startTencent();
  bot = await startBot(tencent);
});
afterAll(async () => {
  await bot.stop();
  await tencent.stop();
});

/** What a visitor on a phone can do, and what was said. */
interface Phone {
  readonly conversation: string;
  writes(text: string): Promise<unknown>;
  sends(media: (Action & { readonly type: 'sends' })['media']): Promise<unknown> | undefined;
  /** What the phone shows last. */
  shows(): string;
}

/** Kinds of things that both phones send without a name. */
const media = ['image', 'voice', 'video'];

/**
 * Dialogs that use only what a phone on WeChat can do: no desk, no waiting, no faults. Where the first text shows no
 * language, WeChat means Chinese and these dialogs English.
 */
function fits({ exchanges }: Dialog): boolean {
  const [first] = exchanges;
  if (first?.action.type !== 'says' || detectLanguage(first.action.text).language === undefined) return false;
  return exchanges.every(({ action }) => {
    if (action.type === 'sends') return media.includes(action.media) && !action.name;
    return action.type === 'picks' || (action.type === 'says' && action.text.trim() !== '');
  });
}

/** The numbers of picked choices in the menu shown last; undefined when one is not in it. */
function numbersOf(ids: readonly string[], lines: readonly Line[]): string | undefined {
  const menu = lines.findLast(({ message }) => message?.choices)?.message?.choices ?? [];
  const places = ids.map((id) => menu.findIndex((choice) => choice.id === id || choice.id.endsWith(`:${id}`)) + 1);
  return places.includes(0) ? undefined : places.join(' ');
}

/** Plays a dialog on a phone; the outcome is what was said, by turn. Undefined: it picks what no phone shows. */
async function play(phone: Phone, dialog: Dialog): Promise<Transcript | undefined> {
  const transcript: string[][] = [];
  let seen = 0;
  for (const { action } of dialog.exchanges) {
    if (action.type === 'says') await phone.writes(action.text);
    if (action.type === 'sends') await phone.sends(action.media);
    if (action.type === 'picks') {
      const numbers = numbersOf(action.ids, await bot.lines(phone.conversation));
      if (numbers === undefined) return undefined;
      await phone.writes(numbers);
    }
    await bot.idle();
    const lines = await bot.lines(phone.conversation);
    // What is sent as one message is settled from its end.
    const said = lines
      .filter(({ author, position }) => author === 'bot' && (position ?? 0) > seen)
      .toSorted((one, other) => one.id - other.id);
    seen = lastPosition(lines);
    transcript.push([...outcomeLines(effectsOf(said))]);
  }
  return transcript;
}

function lastPosition(lines: readonly Line[]): number {
  return lines.at(-1)?.position ?? 0;
}

function effectsOf(lines: readonly Line[]): readonly Effect[] {
  return lines.flatMap(({ message }) => (message ? [{ type: 'say' as const, message }] : []));
}

function follower(): Phone {
  const visitor = tencent.account.follower();
  let last: Push | undefined;
  const kept = async (push: Promise<Push>) => {
    last = await push;
  };
  return {
    conversation: `wechat-service-account:${visitor.id}`,
    writes: (text) => kept(visitor.writes(text)),
    sends: (media) =>
      media === 'image'
        ? kept(visitor.sendsImage())
        : media === 'voice'
          ? kept(visitor.sendsVoice())
          : kept(visitor.sendsVideo()),
    shows: () => last?.reply?.content ?? '',
  };
}

function customer(): Phone {
  const visitor = tencent.kf.customer();
  const conversation = `wechat-kf:${visitor.openKfId}:${visitor.id}`;
  // What was said before may be erased, but positions go on.
  const position = async () => lastPosition(await bot.lines(conversation));
  const kept = async (push: () => Promise<Push>) => {
    const before = await position();
    await push();
    await expect.poll(position, { interval: 5 }).toBeGreaterThan(before);
  };
  return {
    conversation,
    writes: (text) => kept(() => visitor.writes(text)),
    sends: (media) =>
      media === 'image'
        ? kept(() => visitor.sendsImage())
        : media === 'voice'
          ? kept(() => visitor.sendsVoice())
          : kept(() => visitor.sendsVideo()),
    shows: () => visitor.screen.at(-1)?.raw ?? '',
  };
}

/** Effects that are nobody's words (a case, feedback) stand in the dialogs too; a phone shows what is said. */
function spokenOnly({ exchanges, ...dialog }: Dialog): Dialog {
  const said = /^\s*(?:bot|\d|or|also|→)/;
  return {
    ...dialog,
    exchanges: exchanges.map((exchange) => ({
      ...exchange,
      expected: exchange.expected.filter(({ text }) => said.test(text)),
    })),
  };
}

describe.each([
  ['service account', follower],
  ['微信客服', customer],
] as const)('%s', (_, phoneOf) => {
  for (const { file, dialogs } of files) {
    const fitting = dialogs.filter(fits);
    if (fitting.length === 0) continue;
    test(`${file}: ${fitting.length} dialogs`, { timeout: 300_000 }, async () => {
      for (const dialog of fitting) {
        const phone = phoneOf();
        const played = await play(phone, dialog);
        if (!played) continue;
        const found = differences(spokenOnly(dialog), played);
        expect(found.map((difference) => differenceText(file, difference)).join('\n')).toBe('');
        const lines = await bot.lines(phone.conversation);
        const [last] = lines.filter(({ author }) => author === 'bot').slice(-1);
        const text = last?.message ? (encode([last.message], { clickable: false, passive: true })[0] ?? '') : '';
        expect(phone.shows()).toContain(text.split('\n')[0]?.slice(0, 20));
      }
    });
  }
});
