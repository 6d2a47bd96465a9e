import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

let tencent: Tencent;
let bot: Bot;

beforeEach(async () => {
  tencent = await startTencent();
  bot = await startBot(tencent);
});
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

const conversationOf = ({ id, openKfId }: { readonly id: string; readonly openKfId: string }) =>
  `wechat-kf:${openKfId}:${id}`;

describe('answers', () => {
  test('a question is fetched and answered, with a menu that can be tapped', async () => {
    await tencent.kf.verify();
    const customer = tencent.kf.customer();
    await customer.writes('备案要多少钱');
    await expect.poll(() => customer.heard().length).toBe(1);
    expect(customer.heard().join()).toContain('ICP备案本身官方不收费');
    expect(customer.state).toBe(1);
    const [link] = customer.screen.at(-1)?.links ?? [];
    await customer.clicks(link?.words ?? '');
    await expect.poll(() => customer.heard().length).toBe(2);
    const lines = await bot.lines(conversationOf(customer));
    expect(lines.map(({ author }) => author)).toEqual(['visitor', 'bot', 'visitor', 'bot']);
  });
});
