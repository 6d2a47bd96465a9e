import { afterEach, beforeEach, expect, test } from 'vitest';
import { call } from './api.ts';
import { type Bot, element, startBot } from './bot.ts';
import type { Json } from './index.ts';
import { openAccount } from './open-account.ts';

let bot: Bot;
let open: Awaited<ReturnType<typeof openAccount>>;

beforeEach(async () => {
  bot = await startBot(() => ({ token: '', encodingAesKey: '', receiver: '' }));
  open = await openAccount(bot);
});

afterEach(async () => {
  await open.tencent.stop();
  await bot.stop();
});

test('stable_token gives one token, the next one five minutes early, both valid then', async () => {
  const { post, signIn, stable, tencent } = open;
  const access_token = await signIn();
  expect(await stable()).toEqual({ access_token, expires_in: expect.closeTo(7200, -1) });
  tencent.clock.advance(6_910_000);
  const { access_token: next, expires_in } = await stable();
  expect(next).not.toBe(access_token);
  expect(expires_in).toBeGreaterThan(7190);
  expect(await post('message/custom/typing', {})).toMatchObject({ errcode: 40003 });
  tencent.clock.advance(300_000);
  expect(await post('message/custom/typing', {})).toMatchObject({ errcode: 42001 });
});

test('force_refresh ends the old token, 30 seconds apart, 20 times a day', async () => {
  const { post, stable, tencent } = open;
  expect(await stable({ force_refresh: true })).toHaveProperty('access_token');
  expect(await post('message/custom/typing', {})).toMatchObject({ errcode: 40001 });
  expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45011 });
  for (let n = 1; n < 20; n += 1) {
    tencent.clock.advance(30_000);
    expect(await stable({ force_refresh: true })).toHaveProperty('access_token');
  }
  tencent.clock.advance(30_000);
  expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45009 });
});

test('wrong credentials and tokens have their own errors', async () => {
  const { account, get, signIn, stable } = open;
  expect(await stable({ grant_type: 'x' })).toMatchObject({ errcode: 40002 });
  expect(await stable({ appid: 'wx0' })).toMatchObject({ errcode: 40013 });
  expect(await stable({ secret: 'x' })).toMatchObject({ errcode: 40125 });
  expect(await get('cgi-bin/stable_token')).toMatchObject({ errcode: 43002 });
  expect(await call(account, 'cgi-bin/menu/get')).toMatchObject({ errcode: 41001 });
  expect(await get('cgi-bin/menu/get', { access_token: 'x' })).toMatchObject({ errcode: 40014 });
  account.faults.expireToken();
  expect(await get('cgi-bin/menu/get')).toMatchObject({ errcode: 42001 });
  await signIn();
  account.faults.revokeToken();
  expect(await get('cgi-bin/menu/get')).toMatchObject({ errcode: 40001 });
  account.faults.refuse('stable_token', 40164);
  expect(await stable()).toMatchObject({ errcode: 40164 });
});

test('custom/send: five in 48 hours after a message, three in a minute after an action', async () => {
  const { account, say, signIn, tencent } = open;
  const follower = account.follower();
  expect(await say(follower.id)).toMatchObject({ errcode: 45015 });
  await follower.writes('问');
  for (let n = 0; n < 5; n += 1) expect(await say(follower.id)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await say(follower.id)).toMatchObject({ errcode: 45047 });
  await follower.scans('a');
  for (let n = 0; n < 3; n += 1) expect(await say(follower.id)).toMatchObject({ errcode: 0 });
  expect(await say(follower.id)).toMatchObject({ errcode: 45047 });
  await follower.writes('又');
  expect(follower.quota).toMatchObject([{ left: 0 }, { left: 5 }]);
  tencent.clock.advance(48 * 3_600_000 + 1);
  await signIn();
  expect(await say(follower.id)).toMatchObject({ errcode: 45015 });
  await follower.follows();
  expect(await say(follower.id)).toMatchObject({ errcode: 0 });
  tencent.clock.advance(60_001);
  expect(await say(follower.id)).toMatchObject({ errcode: 45015 });
  await follower.writes('再');
  await follower.unfollows();
  expect(await say(follower.id)).toMatchObject({ errcode: 45015 });
  expect(follower.heard()).toHaveLength(9);
});

test('custom/send refuses what Tencent refuses', async () => {
  const { account, post, say, signIn } = open;
  const follower = account.follower();
  await follower.writes('问');
  const touser = follower.id;
  const send = (body: Json) => post('message/custom/send', body);
  const list = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n), content: `第${n}项` }));
  const access_token = await signIn();
  expect(await say('oNobody')).toMatchObject({ errcode: 40003 });
  expect(await say(touser, '中'.repeat(683))).toMatchObject({ errcode: 45002 });
  expect(await say(touser, ' ')).toMatchObject({ errcode: 44004 });
  expect(await say(touser, 'a\u0001')).toMatchObject({ errcode: 40033 });
  expect(await send({ touser, msgtype: 'markdown', markdown: {} })).toMatchObject({ errcode: 40008 });
  expect(await send({ touser, msgtype: 'image', image: { media_id: 'x' } })).toMatchObject({ errcode: 40007 });
  const articles = [{ title: 'a' }, { title: 'b' }];
  expect(await send({ touser, msgtype: 'news', news: { articles } })).toMatchObject({ errcode: 45008 });
  const menu = (count: number) =>
    send({ touser, msgtype: 'msgmenu', msgmenu: { head_content: '选', list: list(count) } });
  expect(await menu(11)).toMatchObject({ errcode: 45098 });
  expect(await menu(2)).toMatchObject({ errcode: 0 });
  expect(follower.heard()).toEqual(['选\n第0项\n第1项']);
  await follower.clicks('第1项');
  expect(element(bot.got.at(-1)?.xml ?? '', 'bizmsgmenuid')).toBe('1');
  const raw = await fetch(`${account.apiUrl}/cgi-bin/message/custom/send?access_token=${access_token}`, {
    method: 'POST',
    body: 'x',
  });
  expect(await raw.json()).toMatchObject({ errcode: 47001 });
  expect(account.calls.filter(({ errcode }) => errcode === 40003)).toHaveLength(1);
});

test('uncertified and test accounts have less', async () => {
  const msgmenu = { list: [{ id: '1', content: 'a' }] };
  for (const [kind, plain, menu] of [
    ['uncertified', 48001, 48001],
    ['test', 0, 40200],
    ['certified', 0, 0],
  ] as const) {
    await open.tencent.stop();
    open = await openAccount(bot, { kind });
    const follower = open.account.follower();
    await follower.writes('问');
    const sent = await open.post('message/custom/send', { touser: follower.id, msgtype: 'msgmenu', msgmenu });
    expect(sent).toMatchObject({ errcode: menu });
    expect(await open.say(follower.id)).toMatchObject({ errcode: plain });
  }
});

test('typing is shown for 15 seconds, within 30 seconds of a message', async () => {
  const { account, post, say, tencent } = open;
  const follower = account.follower();
  const typing = (command = 'Typing') => post('message/custom/typing', { touser: follower.id, command });
  expect(await typing()).toMatchObject({ errcode: 45080 });
  await follower.writes('问');
  expect(await typing('x')).toMatchObject({ errcode: 45072 });
  expect(await typing()).toMatchObject({ errcode: 0 });
  expect(await typing()).toMatchObject({ errcode: 45081 });
  expect(follower.seesTyping).toBe(true);
  await say(follower.id);
  expect(follower.seesTyping).toBe(false);
  tencent.clock.advance(30_001);
  expect(await typing()).toMatchObject({ errcode: 45080 });
});

test('faults meet calls, and every call is recorded', async () => {
  const { account, say, tencent } = open;
  const follower = account.follower();
  await follower.writes('问');
  account.faults.dropResponse('message/custom/send');
  await expect(say(follower.id)).rejects.toThrow();
  expect(follower.heard()).toEqual(['好']);
  account.faults.dropRequest('message/custom/send');
  await expect(say(follower.id)).rejects.toThrow();
  account.faults.status(undefined, 502);
  await expect(say(follower.id)).rejects.toThrow(/JSON/);
  account.faults.delay(undefined, 80);
  const before = performance.now();
  await say(follower.id);
  expect(performance.now() - before).toBeGreaterThan(70);
  account.faults.refuse(undefined, 45009);
  expect(await say(follower.id)).toMatchObject({ errcode: 45009 });
  account.faults.outage(60_000);
  await expect(say(follower.id)).rejects.toThrow();
  tencent.clock.advance(60_000);
  expect(await say(follower.id)).toMatchObject({ errcode: 0 });
  expect(follower.heard()).toHaveLength(3);
  const sends = account.calls.filter(({ method }) => method === 'message/custom/send');
  expect(sends.map(({ answered, status, errcode }) => [answered, status, errcode])).toEqual([
    [false, 200, 0],
    [false, 0, 0],
    [true, 502, 0],
    [true, 200, 0],
    [true, 200, 45009],
    [false, 0, 0],
    [true, 200, 0],
  ]);
  expect((await fetch(`${account.apiUrl}/cgi-bin/nothing`)).status).toBe(404);
});
