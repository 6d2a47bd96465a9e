import { afterEach, beforeEach, expect, test } from 'vitest';
import { upload } from './api.ts';
import { type Bot, element, startBot, textReply } from './bot.ts';
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

test('media go both ways and end after three days', async () => {
  const { account, get, post, signIn, tencent } = open;
  const follower = account.follower();
  const access_token = await signIn();
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
  await signIn();
  expect(await get('cgi-bin/media/get', { media_id })).toMatchObject({ errcode: 40007 });
});

test('the menu is checked, tapped and deleted', async () => {
  const { account, get, post } = open;
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
  const { account, get } = open;
  const follower = account.follower({ language: 'zh_TW' });
  const info = () => get('cgi-bin/user/info', { openid: follower.id });
  expect(await info()).toMatchObject({ subscribe: 1, language: 'zh_TW' });
  expect(await info()).not.toHaveProperty('nickname');
  await follower.unfollows();
  expect(await info()).toEqual({ subscribe: 0, openid: follower.id });
  expect(await get('cgi-bin/user/info', { openid: 'x' })).toMatchObject({ errcode: 40003 });
});

test('every kind of message and event arrives in its form', async () => {
  const { account } = open;
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
  await open.tencent.stop();
  open = await openAccount(bot, { bareClicks: true });
  const follower = open.account.follower();
  bot.answer = (got) => textReply(got, '<a href="weixin://bizmsgmenu?msgmenucontent=a&msgmenuid=1">a</a>');
  await follower.writes('问');
  await follower.clicks('a');
  expect(bot.got[1]?.xml).not.toMatch(/MsgId|bizmsgmenuid/);
  await expect(async () => follower.clicks('b')).rejects.toThrow(/nothing on the screen/);
});

test('transfer_customer_service: queue, agent, messages past the webhook, end after 30 minutes', async () => {
  const { account, get, tencent } = open;
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
