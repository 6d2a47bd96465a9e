import jsQR from 'jsqr';
import { describe, expect, test, vi } from 'vitest';
import { types } from 'wechaty';
import { account, bot, clock, heard, quiet, start, startOnly, store } from './stage.ts';

const { Friendship } = types;
const minute = 60_000;

const texts = async (id: string) => (await bot.lines(`wechat-personal:${id}`)).map(({ text }) => text);
const authors = async (id: string) => (await bot.lines(`wechat-personal:${id}`)).map(({ author }) => author);
const logged = (words: string) => bot.log.filter((line) => line.includes(words));

describe('a person on the phone of the account', () => {
  /** The visitor has an answer, then a person types on the phone. */
  async function taken(): Promise<void> {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await heard('anna', 1);
    account.hands({ from: 'wxid_bot', to: 'anna', text: '您好，我是王经理，这个我来回答。' });
    await expect.poll(() => texts('anna')).toContain('您好，我是王经理，这个我来回答。');
    account.hands({ from: 'anna', text: '香港公司可以备案吗', at: clock.now() });
    await expect.poll(() => texts('anna')).toContain('香港公司可以备案吗');
    await quiet();
  }

  test('takes over: the bot is silent and repeats none of those words', async () => {
    await taken();
    expect(account.heard('anna')).toHaveLength(1);
    const said = await texts('anna');
    expect(said).toContain('您好，我是王经理，这个我来回答。');
    expect(said.at(-1)).toBe('香港公司可以备案吗');
    expect(await store.cases('claimed', 10)).toHaveLength(1);
  });

  test('leaves: half an hour after the last word the bot answers again', async () => {
    await taken();
    clock.forward(31 * minute);
    account.hands({ from: 'anna', text: '备案要多久', at: clock.now() });
    await expect.poll(() => account.heard('anna').length).toBeGreaterThan(2);
    expect(await store.cases('claimed', 10)).toEqual([]);
  });

  test('answers a waiting case', async () => {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', text: '人工' });
    await heard('anna', 1);
    account.hands({ from: 'wxid_bot', to: 'anna', type: types.Message.Image });
    await expect.poll(() => store.cases('claimed', 10)).toHaveLength(1);
  });

  test('what the bot itself sends is no person, not even when it is seen again after a restart', async () => {
    await start();
    account.person('anna');
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await heard('anna', 1);
    const [text = ''] = account.heard('anna');
    await bot.stop();
    await start();
    account.person('anna');
    account.hands({ from: 'wxid_bot', to: 'anna', text });
    account.hands({ from: 'anna', text: '备案要多久' });
    await heard('anna', 2);
    expect(await authors('anna')).not.toContain('consultant');
  });
});

describe('sending', () => {
  test('one message a second with jitter, over all conversations', async () => {
    await start({ pace: { every: 200, jitter: 100 } });
    for (const id of ['a', 'b', 'c', 'd', 'e']) account.person(id);
    for (const id of ['a', 'b', 'c', 'd', 'e']) account.hands({ from: id, text: '你好' });
    await expect.poll(() => account.sent.length).toBe(5);
    const gaps = account.sent.slice(1).map(({ at }, index) => at - (account.sent[index]?.at ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(150);
  });

  test('a logout during a reply: it is sent after the next login', async () => {
    await start();
    account.person('anna');
    const real = store.transact;
    vi.spyOn(store, 'transact').mockImplementationOnce(async (event, work) => {
      await account.puppet.logout('kicked out');
      return real(event, work);
    });
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await expect.poll(() => bot.channel.health().detail).toContain('kicked out');
    await expect.poll(() => logged('could not be sent yet').length).toBe(1);
    expect(logged('logged out')).toHaveLength(1);
    account.mocker.login(account.mocker.ContactMock.load('wxid_bot'));
    await expect.poll(() => bot.channel.health().ready).toBe(true);
    clock.forward(minute);
    await bot.idle();
    await heard('anna', 1);
  });

  test('what WeChat refuses is tried again later', async () => {
    await start();
    account.person('anna');
    account.weather.refuses = '操作过于频繁，可稍后再试。';
    account.hands({ from: 'anna', text: '备案要多少钱' });
    await expect.poll(() => logged('writes too fast').length).toBe(1);
    delete account.weather.refuses;
    clock.forward(2 * minute);
    await bot.idle();
    await heard('anna', 1);
  });
});

describe('friend requests', () => {
  test('are accepted by the words of the greeting and welcomed once', async () => {
    await start({ friends: ['官网', 'website'] });
    for (const id of ['anna', 'bob']) account.person(id);
    account.friendship('f1', 'anna', Friendship.Receive, '我在贵司官网看到的');
    account.friendship('f2', 'bob', Friendship.Receive, '加个好友');
    await heard('anna', 1);
    account.friendship('f3', 'anna', Friendship.Confirm);
    await quiet();
    expect(account.accepted).toEqual(['f1']);
    expect(account.sent).toHaveLength(1);
  });

  test('are left to a person by default', async () => {
    await start();
    account.person('anna');
    account.friendship('f1', 'anna', Friendship.Receive, '官网');
    await quiet();
    expect([account.accepted, account.sent]).toEqual([[], []]);
  });
});

describe('the login', () => {
  const open = async (path: string, init: RequestInit = {}) => bot.routes.request(path, init);
  const cookieOf = (response: Response) => response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  const code = 'https://login.weixin.qq.com/l/abc==';

  test('a code is shown in the terminal and on the page of the link, and the operator is warned once', async () => {
    await startOnly();
    await account.started();
    account.mocker.scan(code, types.ScanStatus.Waiting);
    account.mocker.scan(code, types.ScanStatus.Waiting);
    await expect.poll(() => bot.printed.length).toBe(1);
    expect(logged('has to be logged in')).toHaveLength(1);
    expect(read(bot.printed[0] ?? '')).toBe(code);
    expect(bot.channel.health()).toMatchObject({ ready: false, detail: expect.stringContaining('scan the code') });
    const link = new URL(bot.notice('http://localhost').slice('WeChat login page: '.length));
    for (const path of ['/wechat/login', '/wechat/login?key=wrong', '/wechat/login?key=']) {
      const refused = await open(path);
      expect(refused.status).toBe(401);
      expect(await refused.text()).not.toContain('<svg');
    }
    const entered = await open(link.pathname + link.search);
    expect(entered.status).toBe(303);
    expect(entered.headers.get('Set-Cookie')).toMatch(/HttpOnly/);
    const page = await open('/wechat/login', { headers: { Cookie: cookieOf(entered) } });
    expect(page.headers.get('Cache-Control')).toBe('no-store');
    expect(await page.text()).toContain('<svg');
    account.mocker.scan(code, types.ScanStatus.Scanned);
    await expect.poll(() => bot.channel.health().detail).toContain('confirm the login');
    await account.login('小<问>');
    await expect.poll(() => bot.channel.health()).toMatchObject({ ready: true });
    expect(bot.channel.health().detail).toMatch(/“小<问>” is logged in; the last event came \d+ s ago\.$/);
    const after = await (await open('/wechat/login', { headers: { Cookie: cookieOf(entered) } })).text();
    expect(after).not.toMatch(/<svg|<问>/);
  });

  test('with a password the page asks for it, and guessing ends soon', async () => {
    await startOnly({ password: 'correct horse' });
    const post = (password: string) => {
      const body = new URLSearchParams({ password }).toString();
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': `${body.length}` };
      return open('/wechat/login', { method: 'POST', body, headers });
    };
    expect(bot.notice('http://localhost')).toBe('WeChat login page: http://localhost/wechat/login');
    expect((await open('/wechat/login?key=correct%20horse')).status).toBe(401);
    expect((await post('wrong')).status).toBe(401);
    expect((await post('correct horse')).status).toBe(303);
    for (let count = 0; count < 10; count += 1) await post(`guess ${count}`);
    expect((await post('correct horse')).status).toBe(429);
    clock.forward(2 * minute);
    expect((await post('correct horse')).status).toBe(303);
  });
});

/** Reads a code as it stands in the terminal: each character is two pixels, one above the other. */
function read(text: string): string | undefined {
  const rows = text.split('\n').filter((line) => /^[ █▀▄]+$/.test(line) && line.length > 10);
  const scale = 4;
  const width = Math.max(...rows.map((row) => row.length));
  const [w, h] = [width * scale, rows.length * 2 * scale];
  const pixels = new Uint8ClampedArray(w * h * 4).fill(255);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const line = Math.floor(y / scale);
      const sign = rows[Math.floor(line / 2)]?.[Math.floor(x / scale)] ?? ' ';
      const light = sign === '█' || sign === (line % 2 === 0 ? '▀' : '▄');
      pixels.fill(light ? 255 : 0, (y * w + x) * 4, (y * w + x) * 4 + 3);
    }
  }
  return jsQR(pixels, w, h)?.data;
}
