import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, upload } from './api.ts';
import { type Bot, element, startBot, textReply } from './bot.ts';
import { type AccountSetup, type Json, type ServiceAccount, startTencent, type Tencent } from './index.ts';

let tencent: Tencent;
let account: ServiceAccount;
let bot: Bot;
let access_token: string;

async function start(setup: AccountSetup = {}) {
  await tencent?.stop();
  tencent = await startTencent({ account: { mode: 'plain', ...setup } });
  account = tencent.account;
  account.sendTo(bot.url);
  access_token = String((await stable())['access_token']);
}
const stable = (rest: Json = {}) =>
  call(account, 'cgi-bin/stable_token', {
    grant_type: 'client_credential',
    appid: account.appId,
    secret: account.appSecret,
    ...rest,
  });
const post = (path: string, body: Json) => call(account, `cgi-bin/${path}`, body, { access_token });
const get = (path: string, query = {}) => call(account, path, undefined, { access_token, ...query });
const say = (touser: string, content: unknown = '好') =>
  post('message/custom/send', { touser, msgtype: 'text', text: { content } });

beforeEach(async () => {
  bot = await startBot(() => ({ token: '', encodingAesKey: '', receiver: '' }));
  await start();
});

afterEach(async () => {
  await tencent.stop();
  await bot.stop();
});

test('stable_token gives one token, the next one five minutes early, both valid then', async () => {
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
  expect(await stable({ grant_type: 'x' })).toMatchObject({ errcode: 40002 });
  expect(await stable({ appid: 'wx0' })).toMatchObject({ errcode: 40013 });
  expect(await stable({ secret: 'x' })).toMatchObject({ errcode: 40125 });
  expect(await get('cgi-bin/stable_token')).toMatchObject({ errcode: 43002 });
  expect(await call(account, 'cgi-bin/menu/get')).toMatchObject({ errcode: 41001 });
  expect(await get('cgi-bin/menu/get', { access_token: 'x' })).toMatchObject({ errcode: 40014 });
  account.faults.expireToken();
  expect(await get('cgi-bin/menu/get')).toMatchObject({ errcode: 42001 });
  access_token = String((await stable())['access_token']);
  account.faults.revokeToken();
  expect(await get('cgi-bin/menu/get')).toMatchObject({ errcode: 40001 });
  account.faults.refuse('stable_token', 40164);
  expect(await stable()).toMatchObject({ errcode: 40164 });
});

test('custom/send: five in 48 hours after a message, three in a minute after an action', async () => {
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
  access_token = String((await stable())['access_token']);
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
  const follower = account.follower();
  await follower.writes('问');
  const touser = follower.id;
  const send = (body: Json) => post('message/custom/send', body);
  const list = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n), content: `第${n}项` }));
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
  await start({ kind: 'uncertified' });
  const follower = account.follower();
  await follower.writes('问');
  expect(await say(follower.id)).toMatchObject({ errcode: 48001 });
  await start({ kind: 'test' });
  const other = account.follower();
  await other.writes('问');
  const msgmenu = { list: [{ id: '1', content: 'a' }] };
  expect(await post('message/custom/send', { touser: other.id, msgtype: 'msgmenu', msgmenu })).toMatchObject({
    errcode: 40200,
  });
  expect(await say(other.id)).toMatchObject({ errcode: 0 });
});

test('typing is shown for 15 seconds, within 30 seconds of a message', async () => {
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

test('media go both ways and end after three days', async () => {
  const follower = account.follower();
  await follower.sendsImage(new Uint8Array([1, 2, 3]));
  const xml = bot.got[0]?.xml ?? '';
  const media_id = element(xml, 'MediaId') ?? '';
  const fetched = await fetch(`${account.apiUrl}/cgi-bin/media/get?${new URLSearchParams({ access_token, media_id })}`);
  expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  expect((await fetch(element(xml, 'PicUrl') ?? '')).headers.get('content-type')).toBe('image/jpeg');
  const up = (type: string, name: string, bytes: number) => upload(account, access_token, type, name, bytes);
  const sent = await up('image', 'a.png', 10);
  const image = { media_id: sent['media_id'] };
  expect(await post('message/custom/send', { touser: follower.id, msgtype: 'image', image })).toMatchObject({
    errcode: 0,
  });
  expect(await up('file', 'a.pdf', 10)).toMatchObject({ errcode: 40004 });
  expect(await up('image', 'a.exe', 10)).toMatchObject({ errcode: 40005 });
  expect(await up('thumb', 'a.jpg', 65 * 1024)).toMatchObject({ errcode: 45001 });
  expect(await up('image', 'a.png', 0)).toMatchObject({ errcode: 41005 });
  expect(await post('media/upload', {})).toMatchObject({ errcode: 40004 });
  tencent.clock.advance(3 * 86_400_000 + 1);
  access_token = String((await stable())['access_token']);
  expect(await get('cgi-bin/media/get', { media_id })).toMatchObject({ errcode: 40007 });
});

test('the menu is checked, tapped and deleted', async () => {
  const create = (button: unknown) => post('menu/create', { button });
  const click = (name: string) => ({ type: 'click', name, key: 'K' });
  expect(await get('cgi-bin/menu/get')).toMatchObject({ errcode: 46003 });
  expect(await create([click('a'), click('b'), click('c'), click('d')])).toMatchObject({ errcode: 40016 });
  expect(await create([click('一二三四五六')])).toMatchObject({ errcode: 40018 });
  expect(await create([{ ...click('a'), key: 'k'.repeat(129) }])).toMatchObject({ errcode: 40019 });
  expect(await create([{ type: 'view', name: 'a', url: 'javascript:x' }])).toMatchObject({ errcode: 40055 });
  expect(await create([{ type: 'x', name: 'a' }])).toMatchObject({ errcode: 40017 });
  expect(await create([{ name: 'a', sub_button: Array(6).fill(click('b')) }])).toMatchObject({ errcode: 40023 });
  const view = { type: 'view', name: '我们的官方网站首页', url: 'https://example.com/' };
  const button = [click('菜单'), { name: '更多', sub_button: [view] }];
  expect(await create(button)).toMatchObject({ errcode: 0 });
  expect(await get('cgi-bin/menu/get')).toEqual({ menu: { button } });
  const follower = account.follower();
  await follower.taps('菜单');
  expect(element(bot.got[0]?.xml ?? '', 'EventKey')).toBe('K');
  expect(follower.quota).toMatchObject([{ left: 3 }]);
  await follower.taps('我们的官方网站...');
  expect(element(bot.got[1]?.xml ?? '', 'Event')).toBe('VIEW');
  await expect(async () => follower.taps('更多')).rejects.toThrow(/no button/);
  await get('cgi-bin/menu/delete');
  expect(account.menu).toBeUndefined();
});

test('user/info tells little, and of strangers nothing', async () => {
  const follower = account.follower({ language: 'zh_TW' });
  const info = () => get('cgi-bin/user/info', { openid: follower.id });
  expect(await info()).toMatchObject({ subscribe: 1, language: 'zh_TW' });
  expect(await info()).not.toHaveProperty('nickname');
  await follower.unfollows();
  expect(await info()).toEqual({ subscribe: 0, openid: follower.id });
  expect(await get('cgi-bin/user/info', { openid: 'x' })).toMatchObject({ errcode: 40003 });
});

test('every kind of message and event arrives in its form', async () => {
  const follower = account.follower({ following: false });
  await expect(follower.writes('x')).rejects.toThrow(/not follow/);
  await follower.follows('shop');
  await follower.sendsVoice('备案多少钱');
  await follower.sendsVoice(null);
  await follower.sendsVoice();
  await follower.sendsVideo();
  await follower.sendsLocation({ latitude: 31.2, longitude: 121.4, label: '上海' });
  await follower.sendsLink({ title: '标题', description: '说明', url: 'https://example.com/' });
  await follower.sendsSticker();
  await follower.reportsLocation();
  await follower.templateFinished('failed:user block');
  await follower.unfollows();
  const kinds = bot.got.map(({ xml }) => element(xml, 'Event') ?? element(xml, 'MsgType'));
  const media = ['voice', 'voice', 'voice', 'video', 'location', 'link', 'text'];
  expect(kinds).toEqual(['subscribe', ...media, 'LOCATION', 'TEMPLATESENDJOBFINISH', 'unsubscribe']);
  expect(element(bot.got[0]?.xml ?? '', 'EventKey')).toBe('qrscene_shop');
  expect(bot.got.slice(1, 4).map(({ xml }) => element(xml, 'Recognition'))).toEqual(['备案多少钱', '', undefined]);
  expect(bot.got.every(({ xml }) => element(xml, 'FromUserName') === follower.id)).toBe(true);
});

test('a bare click has no MsgId', async () => {
  await start({ bareClicks: true });
  const follower = account.follower();
  bot.answer = (got) => textReply(got, '<a href="weixin://bizmsgmenu?msgmenucontent=a&msgmenuid=1">a</a>');
  await follower.writes('问');
  await follower.clicks('a');
  expect(bot.got[1]?.xml).not.toMatch(/MsgId|bizmsgmenuid/);
  await expect(async () => follower.clicks('b')).rejects.toThrow(/nothing on the screen/);
});

test('transfer_customer_service: queue, agent, messages past the webhook, end after 30 minutes', async () => {
  const transfer =
    (info = '') =>
    (got: Parameters<typeof textReply>[0]) =>
      textReply(got, 'x')
        .replace(/<Content>.*<\/Content>/, info)
        .replace('[text]', '[transfer_customer_service]');
  const follower = account.follower();
  const agent = account.agent('anna');
  bot.answer = transfer();
  expect(await follower.writes('人工')).toMatchObject({
    outcome: 'replied',
    reply: { type: 'transfer_customer_service' },
  });
  expect(follower.served).toBe('queue');
  expect(follower.heard()).toEqual([]);
  bot.answer = () => 'success';
  await follower.writes('还在等');
  expect(bot.got).toHaveLength(2);
  await agent.takes(follower);
  agent.says(follower, '您好');
  expect((await follower.writes('你好')).attempts).toEqual([]);
  expect(await get('customservice/kfsession/getsession', { openid: follower.id })).toMatchObject({
    kf_account: agent.account,
  });
  tencent.clock.advance(30 * 60_000);
  expect((await follower.writes('还在吗')).attempts).toHaveLength(1);
  expect(follower.heard()).toEqual(['您好']);
  bot.answer = transfer(`<TransInfo><KfAccount><![CDATA[nobody@x]]></KfAccount></TransInfo>`);
  expect(await follower.writes('人工')).toMatchObject({ outcome: 'failed' });
  agent.goes('offline');
  expect(await get('cgi-bin/customservice/getonlinekflist')).toEqual({ kf_online_list: [] });
  bot.answer = transfer();
  expect(await follower.follows()).toMatchObject({ outcome: 'failed', problem: expect.stringContaining('event') });
});

test('faults meet calls, and every call is recorded', async () => {
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
