import { describe, expect, test } from 'vitest';
import { bot, open, tencent, ways } from './stage.ts';

describe.each(ways)('%s: what WeChat allows', (way, env) => {
  test('five replies arrive, the sixth and seventh wait with the reason and come with the next message', async () => {
    const { say, marks, visitor, conversation, calls } = await open(way, env);
    for (const text of ['一', '二', '三', '四', '五']) await say(text);
    expect(await marks()).toEqual(
      Object.fromEntries(['一', '二', '三', '四', '五'].map((text) => [text, 'delivered'])),
    );
    expect(await bot.allowance(conversation)).toMatchObject({ left: 0, until: null });
    const sent = calls.length;
    for (const text of ['六', '七']) await say(text);
    expect(calls).toHaveLength(sent);
    for (const text of ['六', '七']) {
      expect((await marks())[text]).toMatch(/^waiting: WeChat allows no further message before the visitor writes/);
    }
    await visitor.writes('谢谢');
    await expect.poll(marks).toMatchObject({ 六: 'delivered', 七: 'delivered' });
    expect(visitor.sees().match(/顾问：[六七]/g)).toEqual(['顾问：六', '顾问：七']);
    const [view] = await bot.surface.find({ show: 'open', limit: 1 });
    const { allowance } = (await bot.surface.view(view?.id ?? '')) ?? {};
    expect(allowance).toEqual(await bot.allowance(conversation));
    expect(allowance?.left).toBeGreaterThanOrEqual(3);
    expect(allowance?.until).toBeGreaterThan(tencent.clock.now());
  });

  test('after the window a reply waits, and the reason says so', async () => {
    const { say, marks, visitor } = await open(way, env);
    tencent.clock.advance(49 * 3_600_000);
    await say('久等了');
    expect((await marks())['久等了']).toMatch(/^waiting: .*when the (customer|visitor) writes again/);
    await visitor.writes('有消息吗');
    await expect.poll(marks).toMatchObject({ 久等了: 'delivered' });
  });

  test('what WeChat says is believed: another count than ours, a text that it refuses', async () => {
    const { say, marks } = await open(way, env);
    const method = way === 'kf' ? 'kf/send_msg' : 'message/custom/send';
    tencent[way].faults.refuse(method, 45002);
    await say('太长');
    expect((await marks())['太长']).toMatch(/^failed: The text is too long for WeChat: send it in parts/);
    tencent[way].faults.refuse(method, way === 'kf' ? 95001 : 45047);
    await say('多了');
    expect((await marks())['多了']).toMatch(/^waiting: The .*messages that WeChat allows are used up/);
  });
});

test('kf: the name of the customer stands on the card', async () => {
  await open('kf');
  const [found] = await bot.surface.find({ show: 'open', limit: 1 });
  expect(found?.facts.name).toBe('小王');
});
