import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, upload } from './api.ts';
import { type Bot, element, startBot } from './bot.ts';
import { type Json, type Kf, type KfSetup, startTencent, type Tencent } from './index.ts';

let tencent: Tencent;
let kf: Kf;
let bot: Bot;
let access_token: string;

async function start(setup: KfSetup = {}) {
  await tencent?.stop();
  tencent = await startTencent({ kf: setup, deadline: 300 });
  kf = tencent.kf;
  kf.sendTo(bot.url);
  await signIn();
}
async function signIn() {
  const answer = await call(kf, 'cgi-bin/gettoken', undefined, { corpid: kf.corpId, corpsecret: kf.secret });
  access_token = String(answer['access_token']);
  return answer;
}
const post = (path: string, body: Json) => call(kf, `cgi-bin/kf/${path}`, body, { access_token });
const token = () => element(bot.got.at(-1)?.xml ?? '', 'Token');
const sync = (rest: Json = {}) => post('sync_msg', { open_kfid: kf.openKfId, token: token(), ...rest });
const list = (page: Json) => page['msg_list'] as readonly Json[];
const texts = (page: Json) => list(page).map((message) => (message['text'] as Json | undefined)?.['content']);
const events = async () => list(await sync()).flatMap(({ event }) => (event ? [event as Json] : []));
const send = (touser: string, rest: Json = {}) =>
  post('send_msg', { touser, open_kfid: kf.openKfId, msgtype: 'text', text: { content: '好' }, ...rest });
const trans = (external_userid: string, service_state: number, servicer_userid?: string) =>
  post('service_state/trans', { open_kfid: kf.openKfId, external_userid, service_state, servicer_userid });

beforeEach(async () => {
  bot = await startBot(() => ({ token: kf.token, encodingAesKey: kf.encodingAesKey, receiver: kf.corpId }));
  await start();
});

afterEach(async () => {
  await tencent.stop();
  await bot.stop();
});

test('checks the address with an encrypted echo, and notifies with token and account only', async () => {
  await kf.verify();
  const push = await kf.customer().writes('备案多少钱');
  expect(push.outcome).toBe('silent');
  const [{ xml, query } = expect.fail()] = bot.got;
  expect(element(xml, 'Event')).toBe('kf_msg_or_event');
  expect(element(xml, 'OpenKfId')).toBe(kf.openKfId);
  expect(xml).not.toContain('备案');
  expect(query.has('signature')).toBe(false);
});

test('a status other than 200 brings two more attempts', async () => {
  bot.answer = (_, response) => {
    response.statusCode = bot.got.length < 3 ? 500 : 200;
    return '';
  };
  expect((await kf.customer().writes('a')).attempts).toHaveLength(3);
  expect(kf.pushes[0]?.outcome).toBe('silent');
});

test('sync_msg pages by cursor; an empty cursor begins three days back', async () => {
  await start({ pageSize: 2 });
  const customer = kf.customer();
  await customer.writesBurst(['1', '2', '3']);
  const first = await sync({ limit: 1000 });
  expect([texts(first), first['has_more']]).toEqual([['1', '2'], 1]);
  const second = await sync({ cursor: first['next_cursor'] });
  expect([texts(second), second['has_more']]).toEqual([['3'], 0]);
  const third = await sync({ cursor: second['next_cursor'] });
  expect([texts(third), third['next_cursor']]).toEqual([[], second['next_cursor']]);
  tencent.clock.advance(2 * 86_400_000);
  await signIn();
  await customer.writes('4');
  expect(texts(await sync())).toEqual(['1', '2']);
  tencent.clock.advance(2 * 86_400_000);
  await signIn();
  await customer.writes('5');
  expect(texts(await sync())).toEqual(['4', '5']);
});

test('sync_msg checks account, token, cursor, limit and the pace without a token', async () => {
  const other = kf.addAccount();
  await kf.customer({ openKfId: other }).writes('a');
  expect(await sync()).toMatchObject({ errcode: 95007 });
  expect(await sync({ open_kfid: 'wkNone' })).toMatchObject({ errcode: 95000 });
  expect(texts(await sync({ open_kfid: other }))).toEqual(['a']);
  tencent.clock.advance(600_001);
  expect(await sync({ open_kfid: other })).toMatchObject({ errcode: 95007 });
  const bare = { token: undefined };
  expect(await sync({ ...bare, limit: 1001 })).toMatchObject({ errcode: 40058 });
  expect(await sync({ ...bare, cursor: 'x' })).toMatchObject({ errcode: 40058 });
  for (let n = 0; n < 10; n += 1) expect(await sync(bare)).toMatchObject({ errcode: 0 });
  expect(await sync(bare)).toMatchObject({ errcode: 45009 });
});

test('send_msg: five in 48 hours, one for each msgid, not fetched back', async () => {
  const customer = kf.customer();
  expect(await send('wmNobody')).toMatchObject({ errcode: 40096 });
  expect(await send(customer.id)).toMatchObject({ errcode: 95002 });
  await customer.writes('问');
  expect(await send(customer.id, { msgid: 'a b' })).toMatchObject({ errcode: 40058 });
  expect(await send(customer.id, { msgid: 'a'.repeat(33) })).toMatchObject({ errcode: 40058 });
  expect(await send(customer.id, { text: { content: '中'.repeat(683) } })).toMatchObject({ errcode: 45002 });
  for (const msgid of ['m1', 'm1', 'm2', 'm3', 'm4'])
    expect(await send(customer.id, { msgid })).toMatchObject({ errcode: 0, msgid });
  expect(customer.quota?.left).toBe(1);
  expect(await send(customer.id)).toMatchObject({ errcode: 0 });
  expect(await send(customer.id)).toMatchObject({ errcode: 95001 });
  expect(customer.heard()).toHaveLength(5);
  expect(texts(await sync())).toEqual(['问']);
  await customer.writes('又');
  tencent.clock.advance(48 * 3_600_000 + 1);
  await signIn();
  expect(await send(customer.id)).toMatchObject({ errcode: 95002 });
});

test('a known msgid can be refused', async () => {
  await start({ repeatedMsgid: 'refused' });
  const customer = kf.customer();
  await customer.writes('问');
  expect(await send(customer.id, { msgid: 'm1' })).toMatchObject({ errcode: 0 });
  expect(await send(customer.id, { msgid: 'm1' })).toMatchObject({ errcode: 40058 });
});

test('a message that was taken can fail later', async () => {
  const customer = kf.customer();
  await customer.writes('问');
  customer.rejects(true);
  expect(await send(customer.id, { msgid: 'm1' })).toMatchObject({ errcode: 0 });
  customer.rejects(false);
  kf.faults.failSends(5);
  expect(await send(customer.id, { msgid: 'm2' })).toMatchObject({ errcode: 0 });
  await tencent.settled();
  expect(customer.heard()).toEqual([]);
  expect(await events()).toMatchObject([
    { event_type: 'msg_send_fail', fail_msgid: 'm1', fail_type: 10, external_userid: customer.id },
    { event_type: 'msg_send_fail', fail_msgid: 'm2', fail_type: 5 },
  ]);
});

test('welcome: one message within 20 seconds, once in 48 hours, not to those who wrote', async () => {
  const customer = kf.customer();
  const welcome = async () => (await events()).at(-1)?.['welcome_code'] as string | undefined;
  const onEvent = (code: unknown, msgtype = 'text') =>
    post('send_msg_on_event', { code, msgtype, [msgtype]: { content: '欢迎' } });
  await customer.enters('site');
  expect((await events())[0]).toMatchObject({ event_type: 'enter_session', scene: 'site', open_kfid: kf.openKfId });
  tencent.clock.advance(20_001);
  expect(await onEvent(await welcome())).toMatchObject({ errcode: 41050 });
  await customer.enters();
  const code = await welcome();
  expect(await onEvent(code, 'image')).toMatchObject({ errcode: 40008 });
  expect(await onEvent(code)).toMatchObject({ errcode: 0 });
  expect(await onEvent(code)).toMatchObject({ errcode: 41050 });
  expect(customer.sees()).toBe('account: 欢迎');
  await customer.enters();
  expect(await welcome()).toBeUndefined();
  tencent.clock.advance(48 * 3_600_000 + 1);
  await signIn();
  await customer.enters();
  expect(await welcome()).toBeDefined();
  await customer.writes('问');
  await customer.enters();
  expect(await welcome()).toBeUndefined();
});

test('states change as the table allows', async () => {
  const customer = kf.customer();
  const servicer = kf.servicer('zhang');
  const state = () => post('service_state/get', { open_kfid: kf.openKfId, external_userid: customer.id });
  expect(await state()).toMatchObject({ service_state: 4 });
  expect(await trans(customer.id, 1)).toMatchObject({ errcode: 95013 });
  await customer.writes('问');
  expect(await state()).toMatchObject({ service_state: 0 });
  expect(await trans(customer.id, 1)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await trans(customer.id, 0)).toMatchObject({ errcode: 95016 });
  const { msg_code } = await trans(customer.id, 2);
  expect(await send(customer.id)).toMatchObject({ errcode: 95018 });
  const onEvent = { code: msg_code, msgtype: 'text', text: { content: '正在排队' } };
  expect(await post('send_msg_on_event', onEvent)).toMatchObject({ errcode: 0 });
  expect(await trans(customer.id, 3, 'nobody')).toMatchObject({ errcode: 95014 });
  await servicer.receives(false);
  expect(await trans(customer.id, 3, 'zhang')).toMatchObject({ errcode: 95014 });
  await servicer.receives(true);
  await servicer.takes(customer);
  expect(await state()).toMatchObject({ service_state: 3, servicer_userid: 'zhang' });
  await servicer.says(customer, '您好');
  await customer.writes('谢谢');
  expect(list(await sync()).map(({ origin }) => origin)).toEqual([3, 4, 4, 4, 5, 3]);
  expect(await trans(customer.id, 4)).toHaveProperty('msg_code');
  expect(customer.state).toBe(4);
  expect(await send(customer.id)).toMatchObject({ errcode: 95018 });
  await customer.writes('又来');
  expect(customer.state).toBe(0);
  expect(customer.heard()).toEqual(['正在排队', '您好']);
});

test('menus, files and other messages', async () => {
  const customer = kf.customer();
  await customer.sendsFile('a.pdf', new Uint8Array(9));
  await customer.sendsImage(new Uint8Array([7]));
  await customer.sendsVoice();
  await customer.sendsVideo();
  await customer.sendsLocation({ latitude: 1, longitude: 2, label: '上海' });
  await customer.sendsLink({ title: 't', description: 'd', url: 'https://example.com/' });
  const kinds = list(await sync());
  expect(kinds.map(({ msgtype }) => msgtype)).toEqual(['file', 'image', 'voice', 'video', 'location', 'link']);
  const { media_id } = (kinds[1] ?? expect.fail())['image'] as { media_id: string };
  const got = await fetch(`${kf.apiUrl}/cgi-bin/media/get?${new URLSearchParams({ access_token, media_id })}`);
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(new Uint8Array([7]));
  const image = await upload(kf, access_token, 'image', 'a.png', 20);
  expect(await send(customer.id, { msgtype: 'image', image })).toMatchObject({ errcode: 0 });
  const menu = (items: unknown[], head_content = '请选择') =>
    send(customer.id, { msgtype: 'msgmenu', msgmenu: { head_content, list: items } });
  const click = (content: string, id = '1') => ({ type: 'click', click: { id, content } });
  expect(await menu(Array(11).fill(click('a')))).toMatchObject({ errcode: 95008 });
  expect(await menu([{ type: 'x' }])).toMatchObject({ errcode: 95009 });
  expect(await menu([click('中'.repeat(43))])).toMatchObject({ errcode: 45002 });
  expect(await menu([click('a')], '中'.repeat(342))).toMatchObject({ errcode: 45002 });
  expect(await menu([click('备案'), click('域名', '2')])).toMatchObject({ errcode: 0 });
  expect(customer.heard().at(-1)).toBe('请选择\n备案\n域名');
  await customer.clicks('域名');
  expect(list(await sync()).at(-1)).toMatchObject({
    msgtype: 'text',
    text: { content: '域名', menu_id: '2' },
    origin: 3,
  });
});

test('gettoken and token errors', async () => {
  const again = await signIn();
  expect(again).toMatchObject({ errcode: 0, expires_in: expect.closeTo(7200, -1) });
  const corp = (corpid: string, corpsecret: string) => call(kf, 'cgi-bin/gettoken', undefined, { corpid, corpsecret });
  expect(await corp('wx', kf.secret)).toMatchObject({ errcode: 40013 });
  expect(await corp(kf.corpId, 'x')).toMatchObject({ errcode: 40001 });
  kf.faults.expireToken();
  expect(await sync()).toMatchObject({ errcode: 42001 });
  await signIn();
  kf.faults.revokeToken();
  expect(await sync()).toMatchObject({ errcode: 40014 });
});
