import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

let tencent: Tencent;
let bot: Bot;

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  bot = await startBot(tencent, { env });
}

beforeEach(async () => {
  tencent = await startTencent();
});
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

describe('passive replies', () => {
  test('a question is answered at once, encrypted', async () => {
    await start();
    await tencent.account.verify();
    const visitor = tencent.account.follower();
    const push = await visitor.writes('备案要多少钱');
    expect(push).toMatchObject({ outcome: 'replied', reply: { type: 'text', encrypted: true } });
    expect(visitor.heard().join()).toContain('ICP备案本身官方不收费');
    expect(push.attempts).toHaveLength(1);
    const [attempt] = push.attempts;
    expect(attempt?.ms).toBeLessThan(1_000);
    const conversation = `wechat-service-account:${visitor.id}`;
    expect((await bot.lines(conversation)).map(({ author, status }) => `${author} ${status}`)).toEqual([
      'visitor shown',
      'bot shown',
    ]);
    expect(await bot.store.counts()).toMatchObject({ outbox: 0 });
  });
});
