import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { type Follower, startTencent, type Tencent } from './stand-in/index.ts';

let tencent: Tencent;
let bot: Bot;
let visitor: Follower;

const consultant = { id: 'U1', name: '李顾问' };
const sends = () => tencent.account.calls.filter(({ method }) => method === 'message/custom/send');
const conversation = () => `wechat-service-account:${visitor.id}`;
const says = (text: string) => bot.desk(conversation(), { type: 'consultant-said', consultant, text });

async function start(customerService: 'off' | 'on' | 'transfer' = 'on'): Promise<void> {
  bot = await startBot(tencent, { env: { WECHAT_CUSTOMER_SERVICE: customerService } });
  visitor = tencent.account.follower();
}

/** The visitor asked for a person, and a consultant has the case. */
async function claimed(): Promise<void> {
  await visitor.writes('人工');
  await bot.desk(conversation(), { type: 'claimed', consultant });
  await bot.idle();
}

/** The consultant's lines with what became of them. */
async function consultantLines(): Promise<readonly string[]> {
  await bot.idle();
  const lines = await bot.lines(conversation());
  return lines.filter(({ author }) => author === 'consultant').map(({ text, status }) => `${text} ${status}`);
}

beforeEach(async () => {
  tencent = await startTencent();
});
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

describe('replies only', () => {
  test('a consultant’s reply is kept, and given with the next message; nothing else is said', async () => {
    await start('off');
    await claimed();
    await says('您好，费用清单已发到您的邮箱。');
    await bot.idle();
    expect(sends()).toEqual([]);
    expect(await bot.allowance(conversation())).toMatchObject({ left: 0, until: null });
    expect(await bot.store.counts()).toMatchObject({ outbox: 2 });
    const push = await visitor.writes('好了吗');
    expect(push.reply?.content).toBe('李顾问已加入对话。\n\n顾问：您好，费用清单已发到您的邮箱。');
    expect((await visitor.writes('谢谢')).outcome).toBe('silent');
  });

  test('a long text comes in pieces that end with a sentence; the next question is not swallowed', async () => {
    await start('off');
    await claimed();
    const sentence = '第一步先确认主体资料，第二步再提交备案申请。';
    await says(sentence.repeat(100));
    const first = (await visitor.writes('在吗')).reply?.content ?? '';
    expect(first).toContain('回复“更多”');
    const pieces = [first];
    for (const word of ['更多', '更多']) pieces.push((await visitor.writes(word)).reply?.content ?? '');
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(2048);
      expect(piece.replace('\n\n（回复“更多”看后面的内容）', '')).toMatch(/。$/);
    }
    await bot.desk(conversation(), { type: 'resolved', consultant });
    expect((await visitor.writes('备案要多少钱')).reply?.content).toContain('ICP备案本身官方不收费');
  });
});

describe('custom/send', () => {
  test('a consultant’s reply goes out at once, and what WeChat still allows is told', async () => {
    await start();
    await claimed();
    await says('您好');
    expect(await consultantLines()).toEqual(['李顾问已加入对话。 shown', '您好 shown']);
    expect(visitor.heard().slice(1)).toEqual(['李顾问已加入对话。', '顾问：您好']);
    const [quota] = visitor.quota;
    const allowance = await bot.allowance(conversation());
    expect(allowance).toMatchObject({ left: quota?.left });
    expect(Math.abs((quota?.until ?? 0) - (allowance?.until ?? 0))).toBeLessThan(120_000);
  });

  test('what exceeds the quota is kept before the API would refuse, and given as one answer', async () => {
    await start();
    await claimed();
    for (const text of ['一', '二', '三', '四', '五', '六']) {
      await says(text);
      await bot.idle();
    }
    expect(sends().every(({ errcode }) => errcode === 0)).toBe(true);
    expect(sends()).toHaveLength(5);
    expect(await bot.allowance(conversation())).toMatchObject({
      left: 0,
      detail: expect.stringContaining('given as the answer when the visitor writes again'),
    });
    const push = await visitor.writes('还在吗');
    expect(push.reply?.content).toBe('顾问：五\n\n顾问：六');
    expect(await consultantLines()).toHaveLength(7);
    expect(await bot.allowance(conversation())).toMatchObject({ left: 5 });
  });

  test('after 48 hours a reply waits too', async () => {
    await start();
    await claimed();
    tencent.clock.advance(49 * 3_600_000);
    await says('久等了');
    await bot.idle();
    expect(sends()).toHaveLength(1);
    expect((await visitor.writes('有消息吗')).reply?.content).toBe('顾问：久等了');
  });

  test('the API’s own refusal is believed: the reply is kept with its reason', async () => {
    await start();
    await claimed();
    tencent.account.faults.refuse('message/custom/send', 45047);
    await says('您好');
    await bot.idle();
    expect(await bot.allowance(conversation())).toMatchObject({ left: 0 });
    expect((await visitor.writes('在吗')).reply?.content).toBe('顾问：您好');
  });

  test('an account that is not certified keeps everything for the next message', async () => {
    await tencent.stop();
    tencent = await startTencent({ account: { kind: 'uncertified' } });
    await start();
    await claimed();
    await says('您好');
    await bot.idle();
    expect((await visitor.writes('在吗')).reply?.content).toContain('顾问：您好');
    expect(bot.log.join()).toContain('not certified');
  });

  test('no answer of the API: not sent twice, the consultant is told that it is uncertain', async () => {
    await start();
    await claimed();
    tencent.account.faults.dropResponse('message/custom/send');
    await says('您好');
    await bot.idle();
    expect(visitor.heard().filter((text) => text === '顾问：您好')).toHaveLength(1);
    expect(bot.log.join()).toContain('may or may not have arrived');
    await visitor.writes('在吗');
    expect(visitor.heard().filter((text) => text.includes('顾问：您好'))).toHaveLength(1);
  });

  test('no connection to the API: tried again', async () => {
    await start();
    await claimed();
    tencent.account.faults.status('message/custom/send', 503);
    await says('您好');
    await expect.poll(() => visitor.heard(), { timeout: 10_000 }).toContain('顾问：您好');
  });

  test('a token that expired or was replaced is renewed once, by one call', async () => {
    await start();
    await claimed();
    tencent.account.faults.expireToken();
    const others = [tencent.account.follower(), tencent.account.follower(), tencent.account.follower()];
    for (const other of others) {
      await other.writes('人工');
      await bot.desk(`wechat-service-account:${other.id}`, { type: 'claimed', consultant });
    }
    await bot.idle();
    for (const other of others) expect(other.heard()).toContain('李顾问已加入对话。');
    const tokens = () => tencent.account.calls.filter(({ method }) => method === 'stable_token').length;
    expect(tokens()).toBe(2);
    tencent.account.faults.revokeToken();
    await says('您好');
    await bot.idle();
    expect(visitor.heard()).toContain('顾问：您好');
  });

  test('who no longer follows gets nothing: the reply fails with its reason', async () => {
    await start();
    await claimed();
    await visitor.unfollows();
    await says('您好');
    await bot.idle();
    expect(sends()).toHaveLength(1);
    expect(bot.log.join()).toContain('no longer follows');
  });
});

describe('transfer to WeChat’s own desk', () => {
  test('the message that asks for a person is passed on; meanwhile the bot is silent; afterwards it is back', async () => {
    await start('transfer');
    const agent = tencent.account.agent('kf1');
    expect((await visitor.writes('人工')).reply?.content).toContain('请问是哪个域名');
    const push = await visitor.writes('shop-example.cn');
    expect(push.reply?.type).toBe('transfer_customer_service');
    expect(visitor.heard().join()).toContain('已转给顾问');
    expect((await visitor.writes('备案要多少钱')).reply?.type).toBe('transfer_customer_service');
    await agent.takes(visitor);
    agent.says(visitor, '您好');
    await agent.closes(visitor);
    expect((await visitor.writes('备案要多少钱')).reply?.content).toContain('ICP备案本身官方不收费');
  });

  test('with nobody there the case stays with us; a click cannot be passed on', async () => {
    await start('transfer');
    tencent.account.agent('kf1', { online: false });
    await visitor.writes('人工');
    expect((await visitor.writes('跳过')).reply?.content).toContain('已转给顾问');
    const other = tencent.account.follower();
    const push = await other.emits({ MsgType: 'event', Event: 'CLICK', EventKey: 'consultant' });
    expect(push.reply?.content).toContain('正在为您转顾问');
  });

  test('after half an hour without an end the bot is back', async () => {
    await start('transfer');
    tencent.account.agent('kf1');
    await visitor.writes('人工');
    await visitor.writes('跳过');
    tencent.clock.advance(31 * 60_000);
    expect((await visitor.writes('备案要多少钱')).reply?.content).toContain('ICP备案本身官方不收费');
  });
});
