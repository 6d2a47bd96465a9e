import { describe, expect, test, vi } from 'vitest';
import { impls, types } from 'wechaty';
import { account, bot, clock, heard, quiet, start, store } from './stage.ts';

const { Message, Contact } = types;
const minute = 60_000;

const visitorLines = async (id: string) =>
  (await bot.lines(`wechat-personal:${id}`)).filter(({ author }) => author === 'visitor').map(({ text }) => text);

describe('direct messages', () => {
  test('a question is answered in plain text with numbers, and a number picks', async () => {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await heard('anna', 1);
    const [answer = ''] = account.heard('anna');
    expect(answer).toContain('ICP备案本身官方不收费');
    expect(answer).not.toMatch(/\*\*|\]\(|weixin:/);
    expect(answer).toMatch(/^1\. /m);
    account.hands({ from: 'anna', text: '选1' });
    await heard('anna', 2);
  });

  test.each([
    ['a picture', Message.Image],
    ['a voice message', Message.Audio],
    ['a sticker', Message.Emoticon],
    ['a link', Message.Url],
  ])('%s is acknowledged', async (_, type) => {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', type });
    await heard('anna', 1);
  });

  test('official accounts, accounts of WeChat itself and notices are ignored', async () => {
    await start();
    account.person('news', { type: Contact.Official });
    account.person('gh_1234');
    account.person('fmessage');
    account.person('anna');
    account.hands({ from: 'news', text: '备案' });
    account.hands({ from: 'gh_1234', text: '备案' });
    account.hands({ from: 'fmessage', text: '备案' });
    account.hands({ from: 'anna', type: Message.Recalled });
    account.hands({ from: 'anna', type: Message.Unknown, text: '你撤回了一条消息' });
    await quiet();
    expect(account.sent).toEqual([]);
  });

  test('a burst is taken in order, whatever the single message costs', async () => {
    await start();
    account.person('anna');
    const texts = Array.from({ length: 20 }, (_, at) => `消息${at}`);
    for (const text of texts) account.hands({ from: 'anna', text });
    await expect.poll(() => visitorLines('anna')).toEqual(texts);
  });

  test('a long answer is cut, the rest comes on “more”, and the next question is not swallowed', async () => {
    await start();
    account.person('anna');
    const text = Array.from({ length: 300 }, (_, at) => `第${at}句话在这里说完了。`).join('');
    account.hands({ from: 'anna', text: '你好' });
    await heard('anna', 1);
    const message = { text, language: 'zh-Hans' as const, refs: [] };
    const delivery = { id: 1, conversation: 'wechat-personal:anna', author: 'bot' as const, attempts: 0, key: 'k#1' };
    await bot.channel.send({ ...delivery, message });
    account.hands({ from: 'anna', text: '更多' });
    await heard('anna', 3);
    const [, first = '', second = ''] = account.heard('anna');
    expect(Buffer.byteLength(first)).toBeLessThanOrEqual(2048);
    expect(first).toContain('更多');
    const next = Number(/^第(\d+)句/.exec(second)?.[1]);
    expect(first).toContain(`第${next - 1}句`);
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await expect.poll(() => account.heard('anna').at(-1)).toContain('官方不收费');
  });
});

describe('rooms', () => {
  const cases: readonly [string, { text: string; mentions?: readonly string[] }][] = [
    ['by the list of the puppet', { text: '@问答助手\u2005备案要多少钱', mentions: ['wxid_bot'] }],
    ['by name, where the puppet gives no list', { text: '@问答助手\u2005备案要多少钱' }],
    ['by alias, which the puppet does not understand', { text: '@客服小问\u2005备案要多少钱', mentions: [] }],
    ['by alias with a usual space, at the end', { text: '备案要多少钱 @客服小问', mentions: [] }],
  ];
  test.each(cases)('answers when mentioned %s', async (_, given) => {
    await start();
    const anna = account.person('anna');
    account.room('room1@chatroom', [anna], '客服小问');
    account.hands({ from: 'anna', room: 'room1@chatroom', ...given });
    await heard('room1@chatroom', 1);
    const [reply] = account.sent;
    expect(reply?.mentions).toEqual(['anna']);
    expect(reply?.text).toContain('官方不收费');
    expect(await visitorLines('room1%40chatroom/anna')).toEqual(['备案要多少钱']);
  });

  test('is silent when nobody, somebody else or everybody is mentioned', async () => {
    await start();
    const anna = account.person('anna');
    const room = 'room1@chatroom';
    account.room(room, [anna, account.person('bob')]);
    account.hands({ from: 'anna', room, text: '备案要多少钱' });
    account.hands({ from: 'anna', room, text: '@bob\u2005备案要多少钱', mentions: ['bob'] });
    account.hands({ from: 'anna', room, text: '@所有人 备案要多少钱', mentions: ['wxid_bot', 'anna', 'bob'] });
    account.hands({ from: 'anna', room, text: '@问答助手二号\u2005备案要多少钱', mentions: [] });
    await quiet();
    expect(account.sent).toEqual([]);
  });
});

describe('each message once', () => {
  test('the same message twice is answered once, also after a restart', async () => {
    await start();
    account.person('anna');
    const given = { id: 'same', from: 'anna', text: '备案要多少钱', at: Date.now() };
    account.hands(given);
    account.hands(given);
    await heard('anna', 1);
    await bot.stop();
    await start();
    account.person('anna');
    account.hands(given);
    account.hands({ from: 'anna', text: '谢谢' });
    await heard('anna', 2);
    expect(await visitorLines('anna')).toEqual(['备案要多少钱', '谢谢']);
  });

  test('history is left out, but what was written shortly before the login is answered', async () => {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', text: '昨天的问题', at: clock.now() - 24 * 60 * minute });
    account.hands({ from: 'anna', text: '备案要多少钱', at: clock.now() - 3 * minute });
    await heard('anna', 1);
    await quiet();
    expect(await visitorLines('anna')).toEqual(['备案要多少钱']);
  });
});

describe('other bots', () => {
  test('what repeats our own words is not answered', async () => {
    await start();
    account.person('parrot');
    account.hands({ from: 'parrot', text: '你好' });
    await heard('parrot', 1);
    account.hands({ from: 'parrot', text: account.heard('parrot')[0] ?? '' });
    await quiet();
    expect(account.heard('parrot')).toHaveLength(1);
  });

  test('a loop ends, and a person can write again later', async () => {
    await start();
    account.person('machine');
    for (let count = 0; count < 40; count += 1) account.hands({ from: 'machine', text: '收到，我们会尽快回复您' });
    await quiet();
    expect((await visitorLines('machine')).length).toBe(5);
    expect(bot.log.filter((line) => line.includes('writes like a bot'))).toHaveLength(1);
    clock.forward(11 * minute);
    account.hands({ from: 'machine', text: '备案要多少钱', at: clock.now() });
    await expect.poll(() => account.heard('machine').at(-1)).toContain('官方不收费');
  });
});

describe('faults', () => {
  test('a handler that throws ends neither the process nor the channel', async () => {
    await start();
    account.person('anna');
    const rejected = vi.fn();
    process.on('unhandledRejection', rejected);
    vi.spyOn(impls.MessageImpl.prototype, 'date').mockImplementationOnce(() => {
      throw new Error('no date');
    });
    account.hands({ from: 'anna', text: '你好' });
    account.puppet.emit('message', { messageId: 'never-seen' });
    account.puppet.emit('friendship', { friendshipId: 'never-seen' });
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await heard('anna', 1);
    process.off('unhandledRejection', rejected);
    expect(rejected).not.toHaveBeenCalled();
    expect(bot.channel.health().ready).toBe(true);
  });

  test('a message whose transaction fails is applied later and in order', async () => {
    await start();
    account.person('anna');
    const away = new Error('the database is away');
    const fails = vi.spyOn(store, 'transact').mockRejectedValueOnce(away);
    account.hands({ from: 'anna', text: '一' });
    account.hands({ from: 'anna', text: '二' });
    await expect.poll(() => visitorLines('anna')).toEqual(['一', '二']);
    fails.mockRestore();
  });
});
