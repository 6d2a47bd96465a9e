import { afterEach, expect } from 'vitest';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { AttachedFile } from '../../src/core/message.ts';
import type { Act, DeskOutcome } from '../../src/ports.ts';
import { type Bot, startBot } from './bot.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

/** What each test has: the local Tencent and the bot, once they are started. */
export let tencent: Tencent;
export let bot: Bot;
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

/** Starts both. */
export async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  tencent = await startTencent();
  bot = await startBot(tencent, { env });
}

const consultant = { id: 'web:li', name: '李顾问' };

type Visitor = ReturnType<Tencent['kf']['customer']> | ReturnType<Tencent['account']['follower']>;

/** A visitor who has just written in a case that a consultant holds, and the consultant at the desk. */
export interface Stage {
  readonly conversation: string;
  readonly visitor: Visitor;
  readonly calls: Tencent['kf']['calls'];
  act(act: Act): Promise<DeskOutcome>;
  say(text: string, more?: { readonly file?: AttachedFile }): Promise<void>;
  keep(name: string, type: string, content: Uint8Array): Promise<AttachedFile>;
  /** Marks on the consultant's messages: the last one of each, by its origin. */
  marks(): Promise<Readonly<Record<string, string>>>;
  items(): Promise<readonly DeskItem[]>;
}

/** A case that our desk has, in which the visitor has just written. */
export async function open(way: 'kf' | 'account', env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  await start(env);
  const visitor = way === 'kf' ? tencent.kf.customer({ name: '小王' }) : tencent.account.follower();
  const conversation =
    'openKfId' in visitor ? `wechat-kf:${visitor.openKfId}:${visitor.id}` : `wechat-service-account:${visitor.id}`;
  await visitor.writes('人工');
  await expect.poll(async () => (await bot.surface.find({ show: 'open', limit: 10 })).length).toBe(1);
  const [found] = await bot.surface.find({ show: 'open', limit: 10 });
  const id = found?.id ?? '';
  let acts = 0;
  const act = (one: Act) => {
    acts += 1;
    return bot.surface.act({ key: `act${acts}`, case: id, at: tencent.clock.now(), consultant, act: one });
  };
  expect(await act({ does: 'claim' })).toEqual({ as: 'done' });
  await bot.idle();
  await visitor.writes('在吗');
  await expect.poll(async () => (await bot.lines(conversation)).map(({ text }) => text)).toContain('在吗');
  await bot.idle();
  const items = async () => (await bot.surface.journal(conversation, 0, 1_000)).map(({ item }) => item);
  return {
    conversation,
    visitor,
    calls: tencent[way].calls,
    act,
    async say(text, more = {}) {
      expect(await act({ does: 'say', text, origin: `o${text}`, ...more })).toEqual({ as: 'done' });
      await bot.idle();
    },
    async keep(name, type, content) {
      const file = { id: `f-${name}`, name, type, size: content.length };
      await bot.surface.keepFile({ ...file, conversation, content });
      return file;
    },
    async marks() {
      const marks: Record<string, string> = {};
      for (const item of await items()) {
        if (item.kind === 'mark') marks[item.origin.slice(1)] = `${item.mark}${item.reason ? `: ${item.reason}` : ''}`;
      }
      return marks;
    },
    items,
  };
}

/** Both platforms, with what lets a consultant answer at once. */
export const ways = [
  ['kf', {}],
  ['account', { WECHAT_CUSTOMER_SERVICE: 'on' }],
] as const;
