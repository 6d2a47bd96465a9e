import { describe, expect, test } from 'vitest';
import { bot, open, type Stage, tencent, ways } from './stage.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const pdf = new TextEncoder().encode('%PDF-1.7 hello');

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
