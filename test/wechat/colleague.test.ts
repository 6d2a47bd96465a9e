import { describe, expect, test } from 'vitest';
import { bot, open, start, tencent } from './stage.ts';
import { moveSession } from './stand-in/api.ts';

describe('kf: a colleague in WeCom', () => {
  /** A customer without a case, whose session a colleague has taken out of the queue. */
  async function taken() {
    await start();
    const customer = tencent.kf.customer();
    const conversation = `wechat-kf:${customer.openKfId}:${customer.id}`;
    const servicer = tencent.kf.servicer('zhang');
    await customer.writes('备案要多少钱');
    await expect.poll(() => customer.heard().length).toBe(1);
    await moveSession(tencent.kf, customer, { service_state: 2 });
    await servicer.takes(customer);
    await expect.poll(async () => (await bot.surface.find({ show: 'open', limit: 1 }))[0]?.status).toBe('claimed');
    const items = async () => (await bot.surface.journal(conversation, 0, 100)).map(({ item }) => item);
    return { customer, conversation, servicer, items };
  }

  test('has the case: the bot is silent, their words stand in the journal, nothing of it is sent again', async () => {
    const { customer, conversation, servicer, items } = await taken();
    expect((await items()).map(({ kind }) => kind)).toEqual(['paged', 'claimed']);
    expect((await bot.surface.find({ show: 'open', limit: 1 }))[0]?.consultant?.id).toBe('wecom:zhang');
    await customer.writes('韩国服务器需要备案吗');
    await servicer.says(customer, '不需要。');
    await expect
      .poll(async () => (await items()).slice(2))
      .toEqual([
        { kind: 'visitor', text: '韩国服务器需要备案吗' },
        { kind: 'consultant', consultant: { id: 'wecom:zhang', name: 'zhang' }, text: '不需要。' },
      ]);
    await bot.idle();
    expect(customer.heard().slice(1)).toEqual(['不需要。']);
    expect((await bot.lines(conversation)).map(({ author, text }) => `${author} ${text}`)).toContain(
      'consultant 不需要。',
    );
  });

  test('ends the session: the customer is told in the last message that WeChat allows, and the bot answers again', async () => {
    const { customer, servicer, items } = await taken();
    await servicer.ends(customer);
    await expect.poll(() => customer.heard().join('\n')).toContain('顾问已结束这次咨询');
    expect((await items()).at(-1)?.kind).toBe('resolved');
    await customer.writes('韩国服务器需要备案吗');
    await expect.poll(() => customer.heard().at(-1)).toContain('不需要ICP');
  });

  test('whose session ended unnoticed: the next message is the bot’s again', async () => {
    const { customer, items } = await taken();
    tencent.clock.advance(49 * 3_600_000);
    await customer.writes('韩国服务器需要备案吗');
    await expect.poll(() => customer.heard().join('\n')).toContain('不需要ICP');
    expect((await items()).map(({ kind }) => kind)).toContain('resolved');
  });

  test('takes a session that our desk has: replies from here fail and say why, the words there are notes', async () => {
    const { visitor, say, marks, items } = await open('kf');
    if (!('openKfId' in visitor)) throw new Error('not a customer');
    const servicer = tencent.kf.servicer('zhang');
    await moveSession(tencent.kf, visitor, { service_state: 3, servicer_userid: 'zhang' });
    await servicer.says(visitor, '我来');
    await expect
      .poll(async () => (await items()).at(-1))
      .toEqual({ kind: 'note', consultant: { id: 'wecom:zhang', name: 'zhang' }, text: '我来' });
    await say('您好');
    expect((await marks())['您好']).toMatch(/^failed: A colleague in WeCom has this conversation/);
  });
});
