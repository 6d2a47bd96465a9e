import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { type Bot, startBot } from './bot.ts';
import { moveSession } from './stand-in/api.ts';
import { type KfSetup, startTencent, type Tencent } from './stand-in/index.ts';

type Customer = ReturnType<Tencent['kf']['customer']>;

let tencent: Tencent;
let bot: Bot;
let store: Store;

const consultant = { id: 'U1', name: '李顾问' };
const idOf = ({ id, openKfId }: Customer) => `wechat-kf:${openKfId}:${id}`;
const calls = (method: string) => tencent.kf.calls.filter((call) => call.method === method);
const heard = (customer: Customer, count: number) =>
  expect.poll(() => customer.heard().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
const visitorLines = async (customer: Customer) =>
  (await bot.lines(idOf(customer))).filter(({ author }) => author === 'visitor').map(({ text }) => text);

async function start(kf: KfSetup = {}): Promise<void> {
  tencent = await startTencent({ kf });
  bot = await startBot(tencent, { store });
}

/** The customer asked for a person, and a consultant has the case. */
async function claimed(customer: Customer): Promise<void> {
  await customer.writes('人工');
  await heard(customer, 1);
  await bot.desk(idOf(customer), { type: 'claimed', consultant });
  await heard(customer, 2);
}

beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterEach(async () => {
  await bot.stop();
  await store.close();
  await tencent.stop();
});

describe('reading', () => {
  test('a question is fetched and answered, with a menu that can be tapped', async () => {
    await start();
    await tencent.kf.verify();
    const customer = tencent.kf.customer();
    await customer.writes('备案要多少钱');
    await heard(customer, 1);
    expect(customer.heard().join()).toContain('ICP备案本身官方不收费');
    const [link] = customer.screen.at(-1)?.links ?? [];
    expect(link?.words).toMatch(/^1\. /);
    await customer.clicks(link?.words ?? '');
    await heard(customer, 2);
    await customer.writes('２');
    await heard(customer, 3);
    await bot.idle();
    expect((await bot.lines(idOf(customer))).map(({ author }) => author)).toEqual([
      'visitor',
      'bot',
      'visitor',
      'bot',
      'visitor',
      'bot',
    ]);
  });

  test('a burst over many pages: every message once and in order, on two accounts', async () => {
    await start({ pageSize: 2 });
    const texts = Array.from({ length: 9 }, (_, at) => `问题${at}`);
    const [one, other] = [tencent.kf.customer(), tencent.kf.customer({ openKfId: tencent.kf.addAccount() })];
    await Promise.all([one.writesBurst(texts), other.writesBurst(texts)]);
    for (const customer of [one, other]) {
      await expect.poll(() => visitorLines(customer), { timeout: 10_000 }).toEqual(texts);
    }
    await one.writes('还有');
    await expect.poll(() => visitorLines(one)).toEqual([...texts, '还有']);
  });

  test('what was written while the program was off is read when it starts; nothing is read twice', async () => {
    await start();
    const customer = tencent.kf.customer();
    await customer.writes('备案要多少钱');
    await heard(customer, 1);
    await bot.stop();
    void customer.writes('韩国服务器需要备案吗');
    tencent.clock.advance(20_000);
    bot = await startBot(tencent, { store });
    await heard(customer, 2);
    expect(await visitorLines(customer)).toEqual(['备案要多少钱', '韩国服务器需要备案吗']);
    expect(customer.heard()).toHaveLength(2);
  });

  test('a token of a callback that is no longer valid, an access token that ended, an API that is out', async () => {
    await start();
    const customer = tencent.kf.customer();
    tencent.kf.faults.refuse('kf/sync_msg', 95007);
    await customer.writes('一');
    await expect.poll(() => visitorLines(customer)).toEqual(['一']);
    tencent.kf.faults.revokeToken();
    await customer.writes('二');
    await expect.poll(() => visitorLines(customer)).toEqual(['一', '二']);
    tencent.kf.faults.status('kf/sync_msg', 502, 2);
    await customer.writes('三');
    await expect.poll(() => visitorLines(customer), { timeout: 10_000 }).toEqual(['一', '二', '三']);
    await expect.poll(() => bot.log.join()).toContain('can be read again');
  });

  test('hostile callbacks have no effect', async () => {
    await start();
    for (const kind of [
      'wrong signature',
      'no signature',
      'wrong token',
      'malformed',
      'entity bomb',
      'wrong receiver',
    ] as const) {
      const { body } = await tencent.kf.attack(kind);
      expect([kind, body]).toEqual([kind, expect.stringMatching(/refused|success/)]);
    }
    expect(calls('kf/sync_msg')).toEqual([]);
  });

  test('a database that refuses: WeCom calls again, and nothing is lost', async () => {
    const real = store;
    let failures = 1;
    store = {
      ...real,
      async keep(key, note) {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
        return real.keep(key, note);
      },
    };
    await start();
    const customer = tencent.kf.customer();
    const push = await customer.writes('备案要多少钱');
    expect(push.attempts.map(({ answer }) => answer?.status)).toEqual([503, 200]);
    await heard(customer, 1);
  });

  test('pictures, voice, files, places and links are acknowledged', async () => {
    await start();
    const customer = tencent.kf.customer();
    await customer.sendsImage();
    await heard(customer, 1);
    await customer.sendsVoice();
    await heard(customer, 2);
    await customer.sendsFile('合同.pdf');
    await heard(customer, 3);
    await customer.sendsLocation({ latitude: 31.2, longitude: 121.5, label: '上海' });
    await heard(customer, 4);
    expect(customer.heard().map((text) => text.slice(0, 5))).toEqual([
      '图片收到了',
      '语音收到了',
      '文件收到了',
      '位置收到了',
    ]);
  });
});

describe('sending', () => {
  test('who enters is welcomed within 20 seconds; later not any more', async () => {
    await start();
    const customer = tencent.kf.customer();
    await customer.enters();
    await heard(customer, 1);
    expect(customer.heard().join()).toContain('您好');
    expect(calls('kf/send_msg_on_event')).toHaveLength(1);
    await customer.enters();
    await bot.idle();
    expect(customer.heard()).toHaveLength(1);
  });

  test('an answer that got lost is asked for again under the same id, and shown once', async () => {
    await start();
    const customer = tencent.kf.customer();
    tencent.kf.faults.dropResponse('kf/send_msg');
    await customer.writes('备案要多少钱');
    await expect.poll(() => calls('kf/send_msg').length, { timeout: 10_000 }).toBe(2);
    const ids = calls('kf/send_msg').map(({ body }) => body['msgid']);
    expect(ids[0]).toBe(ids[1]);
    await bot.idle();
    expect(customer.heard()).toHaveLength(1);
    expect(await store.counts()).toMatchObject({ outbox: 0 });
  });

  test('five messages are allowed; the last is the consultant’s; what exceeds them comes when the customer writes', async () => {
    await start();
    const customer = tencent.kf.customer();
    await claimed(customer);
    for (const text of ['一', '二', '三', '四']) {
      await bot.desk(idOf(customer), { type: 'consultant-said', consultant, text });
      await bot.idle();
    }
    expect(calls('kf/send_msg').every(({ errcode }) => errcode === 0)).toBe(true);
    expect(await bot.allowance(idOf(customer))).toMatchObject({ left: 0, until: null });
    expect(customer.quota).toMatchObject({ left: 0 });
    await customer.writes('在吗');
    await expect.poll(() => customer.heard()).toContain('顾问：四');
    expect(await bot.allowance(idOf(customer))).toMatchObject({ left: customer.quota?.left });
  });

  test('a message that the phone refuses is marked as failed at the desk, with the reason', async () => {
    await start();
    const customer = tencent.kf.customer();
    await claimed(customer);
    customer.rejects(true);
    await bot.desk(idOf(customer), { type: 'consultant-said', consultant, text: '您好' });
    await expect
      .poll(async () => (await bot.lines(idOf(customer))).map(({ text, status }) => `${text} ${status}`))
      .toContain('您好 failed');
  });

  test('the session is ours from the first answer; the bot is silent while a colleague in WeCom has it', async () => {
    await start();
    const customer = tencent.kf.customer();
    const servicer = tencent.kf.servicer('zhang');
    await customer.writes('备案要多少钱');
    await heard(customer, 1);
    expect(customer.state).toBe(1);
    await moveSession(tencent.kf, customer, { service_state: 3, servicer_userid: 'zhang' });
    tencent.clock.advance(25 * 3_600_000);
    await customer.writes('韩国服务器需要备案吗');
    await expect.poll(() => visitorLines(customer)).toHaveLength(2);
    await bot.idle();
    expect(customer.heard()).toHaveLength(1);
    await servicer.says(customer, '我来回答');
    await servicer.ends(customer);
    await customer.writes('香港服务器要备案吗');
    await heard(customer, 3);
    expect(customer.state).toBe(1);
  });

  test('a long text is given in pieces', async () => {
    await start();
    const customer = tencent.kf.customer();
    await claimed(customer);
    const text = '第一步先确认主体资料，第二步再提交备案申请。'.repeat(60);
    await bot.desk(idOf(customer), { type: 'consultant-said', consultant, text });
    await heard(customer, 3);
    await customer.writes('更多');
    await heard(customer, 4);
    const pieces = customer.heard().slice(2);
    expect(pieces.map((piece) => Buffer.byteLength(piece) <= 2048)).toEqual([true, true]);
    expect(pieces.join('').replaceAll('\n\n（回复“更多”看后面的内容）', '')).toBe(`顾问：${text}`);
  });
});
