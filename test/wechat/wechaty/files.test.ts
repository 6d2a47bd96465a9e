import { describe, expect, test } from 'vitest';
import { types } from 'wechaty';
import type { Delivery } from '../../../src/ports.ts';
import { account, bot, clock, heard, quiet, start, store } from './stage.ts';

const conversation = 'wechat-personal:anna';
const content = new Uint8Array([1, 2, 3, 4]);
const items = async () => (await store.journal(conversation, 0, 100)).map(({ item }) => item);

/** A consultant's file on its way; its content is stored. */
async function delivery(text: string, name: string, size = content.length): Promise<Delivery> {
  const file = { id: `f-${name}`, name, type: 'application/pdf', size };
  await store.keepFile({ ...file, conversation, content });
  const message = { text, language: 'zh-Hans' as const, refs: ['consultant'], file };
  return { id: 1, conversation, author: 'consultant', message, attempts: 0, key: `${name}#1` };
}

/** Anna waits for a consultant. */
async function waiting(): Promise<void> {
  await start();
  account.person('anna', { name: '安娜' });
  account.hands({ from: 'anna', text: '人工' });
  await heard('anna', 1);
}

describe('from the visitor', () => {
  test('a file is kept while a case is open, and the name stands on the card', async () => {
    await waiting();
    const file = { name: '合同.pdf', content };
    account.hands({ from: 'anna', type: types.Message.Attachment, file });
    await expect.poll(async () => (await items()).at(-1)).toMatchObject({ kind: 'visitor', text: '[文件：合同.pdf]' });
    const item = (await items()).at(-1);
    const kept = item?.kind === 'visitor' && item.file ? await store.file(item.file.id) : undefined;
    expect(kept).toMatchObject({ name: '合同.pdf', type: 'application/pdf' });
    expect(new Uint8Array(kept?.content ?? [])).toEqual(content);
    const [found] = await store.findCases({ show: 'open', limit: 1 });
    expect(found?.facts.name).toBe('安娜');
  });

  test.each([
    ['one that the puppet does not give', undefined],
    ['one that is too large', { name: 'big.bin', content: new Uint8Array(20 * 1024 * 1024 + 1) }],
  ])('%s is named only', async (_, file) => {
    await waiting();
    account.hands({ from: 'anna', type: types.Message.Image, ...(file && { file }) });
    await expect.poll(async () => (await items()).at(-1)).toEqual({ kind: 'visitor', text: '[图片]' });
    expect(bot.log.join()).toContain('named only');
  });
});

describe('from the consultant', () => {
  test('the words go first, then the file; seen again it is no person on the phone', async () => {
    await waiting();
    await bot.channel.send(await delivery('请看', '报价.pdf'));
    expect(account.sent.slice(1).map(({ text }) => text)).toEqual(['顾问：请看', '报价.pdf']);
    expect(account.sent.at(-1)?.file).toEqual(content);
    account.hands({ from: 'wxid_bot', to: 'anna', type: types.Message.Attachment, at: clock.now() });
    await quiet();
    expect(await store.cases('claimed', 10)).toEqual([]);
  });

  test('a refused file is tried again without its words', async () => {
    await waiting();
    const one = await delivery('请看', '报价.pdf');
    const say = account.sent.length;
    account.weather.refusesFiles = '操作过于频繁，可稍后再试。';
    await expect(bot.channel.send(one)).rejects.toMatchObject({ action: 'retry' });
    delete account.weather.refusesFiles;
    await bot.channel.send(one);
    expect(account.sent.slice(say).map(({ text }) => text)).toEqual(['顾问：请看', '报价.pdf']);
  });

  test('a file that is too large is named, and counts as failed', async () => {
    await waiting();
    const one = await delivery('', 'film.mp4', 21 * 1024 * 1024);
    await expect(bot.channel.send({ ...one, message: { ...one.message, text: 'film.mp4' } })).rejects.toMatchObject({
      action: 'refused',
      message: expect.stringContaining('told the name only'),
    });
    expect(account.sent.at(-1)?.text).toBe('顾问：[文件：film.mp4]');
  });
});
