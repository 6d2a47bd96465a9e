import { afterEach, describe, expect, test } from 'vitest';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { AttachedFile } from '../../src/core/message.ts';
import type { Act, DeskOutcome } from '../../src/ports.ts';
import { type Bot, startBot } from './bot.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

const consultant = { id: 'web:li', name: '李顾问' };
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const pdf = new TextEncoder().encode('%PDF-1.7 hello');

let tencent: Tencent;
let bot: Bot;
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

type Visitor = ReturnType<Tencent['kf']['customer']> | ReturnType<Tencent['account']['follower']>;

/** A visitor who has just written in a case that a consultant holds, and the consultant at the desk. */
interface Stage {
  readonly conversation: string;
  readonly visitor: Visitor;
  readonly calls: Tencent['kf']['calls'];
  act(act: Act): Promise<DeskOutcome>;
  say(text: string, more?: { readonly file?: AttachedFile }): Promise<void>;
  keep(name: string, type: string, content: Uint8Array): Promise<AttachedFile>;
  /** Marks on the consultant's messages: the last one of each, by its origin. */
  marks(): Promise<Readonly<Record<string, string>>>;
  items(): Promise<readonly DeskItem[]>;
}

async function open(way: 'kf' | 'account', env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  tencent = await startTencent();
  bot = await startBot(tencent, { env });
  const visitor = way === 'kf' ? tencent.kf.customer({ name: '小王' }) : tencent.account.follower();
  const conversation =
    'openKfId' in visitor ? `wechat-kf:${visitor.openKfId}:${visitor.id}` : `wechat-service-account:${visitor.id}`;
  await visitor.writes('人工');
  await expect.poll(async () => (await bot.surface.find({ show: 'open', limit: 10 })).length).toBe(1);
  const [found] = await bot.surface.find({ show: 'open', limit: 10 });
  const id = found?.id ?? '';
  let acts = 0;
  const act = (one: Act) => {
    acts += 1;
    return bot.surface.act({ key: `act${acts}`, case: id, at: tencent.clock.now(), consultant, act: one });
  };
  expect(await act({ does: 'claim' })).toEqual({ as: 'done' });
  await bot.idle();
  await visitor.writes('在吗');
  await expect.poll(async () => (await bot.lines(conversation)).map(({ text }) => text)).toContain('在吗');
  await bot.idle();
  const items = async () => (await bot.surface.journal(conversation, 0, 1_000)).map(({ item }) => item);
  return {
    conversation,
    visitor,
    calls: tencent[way].calls,
    act,
    async say(text, more = {}) {
      expect(await act({ does: 'say', text, origin: `o${text}`, ...more })).toEqual({ as: 'done' });
      await bot.idle();
    },
    async keep(name, type, content) {
      const file = { id: `f-${name}`, name, type, size: content.length };
      await bot.surface.keepFile({ ...file, conversation, content });
      return file;
    },
    async marks() {
      const marks: Record<string, string> = {};
      for (const item of await items()) {
        if (item.kind === 'mark') marks[item.origin.slice(1)] = `${item.mark}${item.reason ? `: ${item.reason}` : ''}`;
      }
      return marks;
    },
    items,
  };
}

const ways = [
  ['kf', {}],
  ['account', { WECHAT_CUSTOMER_SERVICE: 'on' }],
] as const;

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

describe('files of consultants', () => {
  test.each(ways)('%s: a picture is sent beside its words, each within what is allowed', async (way, env) => {
    const { say, keep, marks, visitor, calls, conversation } = await open(way, env);
    const left = (await bot.allowance(conversation))?.left ?? 0;
    await say('请看', { file: await keep('plan.png', 'image/png', png) });
    expect(await marks()).toEqual({ 请看: 'delivered' });
    const shown = visitor.screen.slice(-2);
    expect(shown.map(({ type, text }) => (type === 'text' ? text : type))).toEqual(['顾问：请看', 'image']);
    expect(tencent[way].media(shown[1]?.raw ?? '')?.bytes).toEqual(png);
    expect((await bot.allowance(conversation))?.left).toBe(left - 2);
    expect(calls.filter(({ method }) => method === 'media/upload')).toHaveLength(1);
  });

  test('kf: any file is sent, with its name', async () => {
    const { say, keep, marks, visitor } = await open('kf');
    const file = await keep('报价单.pdf', 'application/pdf', pdf);
    await say('', { file });
    expect(await marks()).toEqual({ '': 'delivered' });
    const last = visitor.screen.at(-1);
    expect(last?.type).toBe('file');
    expect(tencent.kf.media(last?.raw ?? '')).toMatchObject({ name: '报价单.pdf', bytes: pdf });
  });

  test('kf: with one message left the words go and the file waits; it comes alone when the customer writes', async () => {
    const { say, keep, marks, visitor } = await open('kf');
    for (const text of ['一', '二', '三', '四']) await say(text);
    await say('请看', { file: await keep('plan.png', 'image/png', png) });
    expect((await marks())['请看']).toMatch(/^waiting: /);
    await visitor.writes('好');
    await expect.poll(marks).toMatchObject({ 请看: 'delivered' });
    expect(visitor.sees().match(/顾问：请看/g)).toHaveLength(1);
    expect(visitor.screen.at(-1)?.type).toBe('image');
  });

  test.each([
    ['kf', {}, 'media/upload'],
    ['kf', {}, 'kf/send_msg'],
    ['account', { WECHAT_CUSTOMER_SERVICE: 'on' }, 'media/upload'],
  ] as const)('%s: no answer to %s %s: tried again, and shown once', async (way, env, method) => {
    const { say, keep, marks, visitor } = await open(way, env);
    const file = await keep('plan.png', 'image/png', png);
    tencent[way].faults.dropResponse(method);
    await say('', { file });
    await expect.poll(marks, { timeout: 15_000 }).toEqual({ '': 'delivered' });
    expect(visitor.screen.filter(({ type }) => type === 'image')).toHaveLength(1);
  });

  test('account: no answer to the sending of a picture is uncertain, and it is not sent twice', async () => {
    const { say, keep, marks, visitor } = await open('account', { WECHAT_CUSTOMER_SERVICE: 'on' });
    tencent.account.faults.dropResponse('message/custom/send');
    await say('', { file: await keep('plan.png', 'image/png', png) });
    expect((await marks())['']).toMatch(/^uncertain: /);
    await visitor.writes('在吗');
    await bot.idle();
    expect(visitor.screen.filter(({ type }) => type === 'image')).toHaveLength(1);
  });

  test.each([
    [
      'account',
      { WECHAT_CUSTOMER_SERVICE: 'on' },
      'offer.pdf',
      'application/pdf',
      pdf,
      'sends pictures (JPG, PNG, GIF)',
    ],
    ['kf', {}, 'fake.png', 'image/png', pdf, 'does not take this file'],
  ] as const)('%s: what WeChat does not take is named; the mark says why', async (way, env, name, type, bytes, why) => {
    const { say, keep, marks, visitor } = await open(way, env);
    await say('请看', { file: await keep(name, type, bytes) });
    expect((await marks())['请看']).toContain(`failed: `);
    expect((await marks())['请看']).toContain(why);
    const heard = visitor.heard().slice(-2).join('\n');
    expect(heard).toContain('顾问：请看');
    expect(heard).toContain(`[文件：${name}]`);
    await say('还在');
    expect(await marks()).toMatchObject({ 还在: 'delivered' });
  });

  test('account, replies only: the next reply names it; the mark says why', async () => {
    const { say, keep, marks, visitor } = await open('account');
    await say('请看', { file: await keep('plan.png', 'image/png', png) });
    expect((await marks())['请看']).toMatch(/^waiting: /);
    const push = await visitor.writes('好了吗');
    const content = push.reply?.type === 'text' ? push.reply.content : '';
    expect(content).toContain('顾问：请看\n[文件：plan.png]');
    await expect
      .poll(async () => (await marks())['请看'])
      .toContain('failed: A reply of a service account carries no file');
  });
});

describe('files of visitors', () => {
  const secret = { WECHAT_CUSTOMER_SERVICE: 'off' };
  const sent = async ({ items }: Stage) => {
    const found = (await items()).findLast((item) => item.kind === 'visitor' && item.file);
    return found?.kind === 'visitor' ? found.file : undefined;
  };

  test.each([
    ['kf', {}],
    ['account', secret],
  ] as const)('%s: a picture is kept for the consultant', async (way, env) => {
    const stage = await open(way, env);
    await stage.visitor.sendsImage(png);
    await expect.poll(() => sent(stage)).toMatchObject({ name: 'image.jpg', type: 'image/jpeg', size: png.length });
    const file = await bot.surface.file((await sent(stage))?.id ?? '');
    expect(new Uint8Array(file?.content ?? [])).toEqual(png);
  });

  test('kf: a file has its name, also when the same items are read again', async () => {
    const stage = await open('kf');
    if (!('sendsFile' in stage.visitor)) throw new Error('not a customer');
    await stage.visitor.sendsFile('营业执照.pdf', pdf);
    await expect.poll(() => sent(stage)).toMatchObject({ name: '营业执照.pdf', size: pdf.length });
    expect((await stage.items()).at(-1)).toMatchObject({ kind: 'visitor', text: '[文件：营业执照.pdf]' });
    await bot.store.keep('wechat-kf', JSON.stringify({}));
    await stage.visitor.writes('好了');
    await expect.poll(async () => (await stage.items()).at(-1)).toMatchObject({ text: '好了' });
    expect(stage.calls.filter(({ method }) => method === 'media/get')).toHaveLength(1);
    expect((await stage.items()).filter((item) => 'file' in item)).toHaveLength(1);
  });

  test('kf: what cannot be fetched is named only; without a case nothing is fetched', async () => {
    const stage = await open('kf');
    tencent.kf.faults.refuse('media/get', 40007);
    await stage.visitor.sendsImage(png);
    await expect.poll(async () => (await stage.items()).at(-1)).toEqual({ kind: 'visitor', text: '[图片]' });
    const other = tencent.kf.customer();
    await other.sendsImage(png);
    await expect.poll(() => other.heard().length).toBe(1);
    expect(stage.calls.filter(({ method }) => method === 'media/get')).toHaveLength(1);
  });

  test('account: a slow picture does not keep the answer back', async () => {
    const stage = await open('account', secret);
    tencent.account.faults.delay('media/get', 20_000);
    const push = await stage.visitor.sendsImage(png);
    expect(push.attempts.map(({ outcome }) => outcome)).toEqual(['answered']);
    await expect.poll(async () => (await stage.items()).at(-1)).toEqual({ kind: 'visitor', text: '[图片]' });
  });
});

test('kf: the name of the customer stands on the card', async () => {
  await open('kf');
  const [found] = await bot.surface.find({ show: 'open', limit: 1 });
  expect(found?.facts.name).toBe('小王');
});

describe('kf: a colleague in WeCom', () => {
  /** A customer without a case, whose session a colleague has taken out of the queue. */
  async function taken() {
    tencent = await startTencent();
    bot = await startBot(tencent);
    const customer = tencent.kf.customer();
    const conversation = `wechat-kf:${customer.openKfId}:${customer.id}`;
    const servicer = tencent.kf.servicer('zhang');
    await customer.writes('备案要多少钱');
    await expect.poll(() => customer.heard().length).toBe(1);
    await move(customer, { service_state: 2 });
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
    await move(visitor, { service_state: 3, servicer_userid: 'zhang' });
    await servicer.says(visitor, '我来');
    await expect
      .poll(async () => (await items()).at(-1))
      .toEqual({ kind: 'note', consultant: { id: 'wecom:zhang', name: 'zhang' }, text: '我来' });
    await say('您好');
    expect((await marks())['您好']).toMatch(/^failed: A colleague in WeCom has this conversation/);
  });
});

/** Somebody in WeCom's console moves the session. */
async function move(customer: { readonly openKfId: string; readonly id: string }, change: object): Promise<void> {
  const { WECOM_CORP_ID: corpid = '', WECOM_KF_SECRET: corpsecret = '' } = tencent.kf.env;
  const query = new URLSearchParams({ corpid, corpsecret });
  const answer = await fetch(`${tencent.kf.apiUrl}/cgi-bin/gettoken?${query}`);
  const { access_token: token }: { access_token: string } = JSON.parse(await answer.text());
  const body = JSON.stringify({ open_kfid: customer.openKfId, external_userid: customer.id, ...change });
  const url = `${tencent.kf.apiUrl}/cgi-bin/kf/service_state/trans?access_token=${token}`;
  expect(JSON.parse(await (await fetch(url, { method: 'POST', body })).text())).toMatchObject({ errcode: 0 });
}
