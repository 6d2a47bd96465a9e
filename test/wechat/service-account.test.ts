import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { type Bot, startBot } from './bot.ts';
import { type Follower, type Push, startTencent, type Tencent } from './stand-in/index.ts';

let tencent: Tencent;
let bot: Bot | undefined;

async function start(env: Readonly<Record<string, string>> = {}, store?: Store): Promise<Bot> {
  bot = await startBot(tencent, { env, ...(store && { store }) });
  return bot;
}

/** A store on which one function does something else. */
async function faulty(change: (real: Store) => Partial<Store>): Promise<Store> {
  const real = await openStore({ dataDir: ':memory:' });
  return { ...real, ...change(real) };
}

beforeEach(async () => {
  tencent = await startTencent();
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await tencent.stop();
});

const idOf = ({ id }: Follower) => `wechat-service-account:${id}`;
const textOf = (push: Push) => push.reply?.content ?? '';
const authors = async (of: Bot, visitor: Follower) =>
  (await of.lines(idOf(visitor))).map(({ author, status }) => `${author} ${status}`);

describe('protection', () => {
  test.each(['plain', 'compatible', 'safe'] as const)(
    '%s mode: the address is verified and a question answered',
    async (mode) => {
      tencent.account.useMode(mode);
      await start(mode === 'plain' ? { WECHAT_ENCODING_AES_KEY: '' } : {});
      await tencent.account.verify();
      const push = await tencent.account.follower().writes('备案要多少钱');
      expect(push).toMatchObject({ outcome: 'replied', reply: { type: 'text', encrypted: mode !== 'plain' } });
      expect(textOf(push)).toContain('ICP备案本身官方不收费');
    },
  );

  test('while the key is replaced, the previous one is understood and answered with', async () => {
    const previous = tencent.account.encodingAesKey;
    const next = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
    await start({ WECHAT_ENCODING_AES_KEY: next, WECHAT_ENCODING_AES_KEY_PREVIOUS: previous });
    expect(await tencent.account.follower().writes('你好')).toMatchObject({ outcome: 'replied' });
  });

  const attacks = [
    'wrong signature',
    'no signature',
    'wrong token',
    'oversized',
    'malformed',
    'not xml',
    'json',
    'empty',
    'doctype',
    'entity bomb',
    'prototype key',
    'duplicate element',
    'invalid utf-8',
    'wrong receiver',
    'truncated cipher',
    'broken padding',
    'plain in safe mode',
  ] as const;
  test('hostile requests have no effect and get no page', async () => {
    const { store } = await start();
    for (const kind of attacks) {
      const { status, body, contentType } = await tencent.account.attack(kind);
      expect([kind, status, /refused|success|too large/.test(body), contentType.includes('html')]).toEqual([
        kind,
        expect.any(Number),
        true,
        false,
      ]);
    }
    expect(await store.asked(0, 10)).toEqual([]);
    expect(await store.counts()).toMatchObject({ outbox: 0, timers: 0 });
  });

  test('in plain mode too', async () => {
    tencent.account.useMode('plain');
    const { store } = await start({ WECHAT_ENCODING_AES_KEY: '' });
    for (const kind of attacks.slice(0, -4)) await tencent.account.attack(kind);
    expect(await store.asked(0, 10)).toEqual([]);
  });

  test('what was recorded has no effect: at once the same answer, later a refusal', async () => {
    const here = await start();
    const visitor = tencent.account.follower();
    const push = await visitor.writes('备案要多少钱');
    expect((await tencent.account.replay(push)).status).toBe(200);
    tencent.clock.advance(11 * 60_000);
    expect((await tencent.account.replay(push)).status).toBe(403);
    expect(await authors(here, visitor)).toEqual(['visitor shown', 'bot shown']);
    expect(here.log.join()).toContain('check the clock');
  });
});

describe('retries', () => {
  test('a lost answer is given again, the same', async () => {
    const here = await start();
    const visitor = tencent.account.follower();
    tencent.account.faults.loseAnswer(2);
    const push = await visitor.writes('备案要多少钱');
    expect(push.outcome).toBe('replied');
    const replies = push.attempts.map(({ answer }) => answer?.status);
    expect(replies).toEqual([200, 200, 200]);
    expect(await authors(here, visitor)).toEqual(['visitor shown', 'bot shown']);
    expect(visitor.heard()).toHaveLength(1);
  });

  test('attempts at the same moment and copies afterwards join the first', async () => {
    const here = await start();
    const visitor = tencent.account.follower();
    tencent.account.faults.concurrent(3);
    tencent.account.faults.duplicate(3);
    const push = await visitor.writes('备案要多少钱');
    const texts = push.attempts.map(({ reply }) => reply?.content);
    expect(texts.length).toBeGreaterThanOrEqual(5);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('ICP备案');
    expect(await authors(here, visitor)).toEqual(['visitor shown', 'bot shown']);
  });

  test('events and clicks without an id are told apart by time and content', async () => {
    const here = await start();
    const visitor = tencent.account.follower({ following: false });
    tencent.account.faults.duplicate(2);
    const push = await visitor.follows();
    expect(push.attempts.map(({ reply }) => reply?.content)).toEqual([textOf(push), textOf(push)]);
    const same = { MsgType: 'text', Content: '备案要多少钱' };
    await visitor.emits(same);
    expect((await authors(here, visitor)).filter((line) => line.startsWith('visitor'))).toHaveLength(1);
  });

  test('two messages at once are answered in their order, each with its own answer', async () => {
    await start();
    const visitor = tencent.account.follower();
    const pushes = await Promise.all([visitor.writes('备案要多少钱'), visitor.writes('韩国服务器需要备案吗')]);
    expect(textOf(pushes[0])).toContain('ICP备案本身官方不收费');
    expect(textOf(pushes[1])).not.toContain('ICP备案本身官方不收费');
    expect(textOf(pushes[1])).toContain('韩国');
  });
});

describe('in time, whatever happens', () => {
  test('a database that hangs: success before the cut-off, the answer with the next message', async () => {
    const hanging = Promise.withResolvers<void>();
    let first = true;
    const store = await faulty((real) => ({
      async transact(event, work) {
        if (first) {
          first = false;
          await hanging.promise;
        }
        return real.transact(event, work);
      },
    }));
    const here = await start({}, store);
    const visitor = tencent.account.follower();
    const push = await visitor.writes('备案要多少钱');
    expect(push.outcome).toBe('silent');
    expect(push.attempts[0]?.ms).toBeGreaterThan(4_000);
    expect(push.attempts[0]?.ms).toBeLessThan(4_900);
    hanging.resolve();
    await expect.poll(async () => (await here.store.counts()).outbox).toBe(1);
    const next = await visitor.writes('你好');
    expect(textOf(next)).toContain('ICP备案本身官方不收费');
    await store.close();
  });

  test('a database that refuses for a moment is tried again; for good: a text, never a page', async () => {
    let failures = 3;
    const store = await faulty((real) => ({
      async transact(event, work) {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is full');
        return real.transact(event, work);
      },
    }));
    await start({}, store);
    const visitor = tencent.account.follower();
    expect(textOf(await visitor.writes('备案要多少钱'))).toContain('ICP备案本身官方不收费');
    failures = Number.POSITIVE_INFINITY;
    const push = await visitor.writes('how much is it?');
    expect(push).toMatchObject({ outcome: 'replied', reply: { type: 'text' } });
    expect(textOf(push)).toContain('send your message again');
    await store.close();
  });
});

describe('what visitors do', () => {
  test('follow, scan, menu, unfollow, and events that need no answer', async () => {
    const here = await start();
    const visitor = tencent.account.follower({ following: false });
    expect(textOf(await visitor.follows('poster'))).toContain('您好');
    expect(textOf(await visitor.scans('poster'))).toContain('您好');
    expect(textOf(await visitor.emits({ MsgType: 'event', Event: 'CLICK', EventKey: 'menu' }))).toContain('1. ');
    expect((await visitor.reportsLocation()).outcome).toBe('silent');
    expect((await visitor.templateFinished()).outcome).toBe('silent');
    expect((await visitor.emits({ MsgType: 'event', Event: 'VIEW', EventKey: 'https://x.example' })).outcome).toBe(
      'silent',
    );
    expect((await visitor.unfollows()).outcome).toBe('silent');
    expect(await here.allowance(idOf(visitor))).toMatchObject({ left: 0 });
  });

  test('voice, pictures, places, links, stickers, nothing', async () => {
    await start();
    const visitor = tencent.account.follower();
    expect(textOf(await visitor.sendsVoice())).toContain('语音收到了');
    expect(textOf(await visitor.sendsVoice(''))).toContain('语音收到了');
    expect(textOf(await visitor.sendsVoice('备案要多少钱'))).toContain('ICP备案本身官方不收费');
    expect(textOf(await visitor.sendsImage())).toContain('图片收到了');
    expect(textOf(await visitor.sendsVideo())).toContain('视频收到了');
    expect(textOf(await visitor.sendsLocation({ latitude: 31.2, longitude: 121.5, label: '上海' }))).toContain(
      '位置收到了',
    );
    const link = { title: '标题', description: '', url: 'https://example.com' };
    expect(textOf(await visitor.sendsLink(link))).toContain('链接收到了');
    expect(textOf(await visitor.sendsSticker())).toContain('收到您的表情');
    expect(textOf(await visitor.writes('[微笑][玫瑰]'))).toContain('收到您的表情');
    expect(textOf(await visitor.writes('备案要多少钱[微笑]'))).toContain('ICP备案本身官方不收费');
    expect((await visitor.emits({ MsgType: 'text', Content: '', MsgId: 7 })).outcome).toBe('replied');
  });

  test.each(['0', '０', '人工', '转人工', '真人'])('%s is always a person', async (word) => {
    const { store } = await start();
    const push = await tencent.account.follower().writes(word);
    expect(textOf(push)).toContain('正在为您转顾问');
    // Here a consultant can only answer when the visitor writes again.
    expect(textOf(push)).toContain('顾问的回复会随之送达');
    expect(await store.cases('waiting', 10)).toHaveLength(1);
  });

  test.each(['菜单', '帮助', '?', '？'])('%s is the menu', async (word) => {
    await start();
    expect(textOf(await tencent.account.follower().writes(word))).toContain('您想了解什么？请选择话题');
  });

  test('choices can be tapped, also where the click comes without an id; the number is printed', async () => {
    await tencent.stop();
    tencent = await startTencent({ account: { bareClicks: true } });
    await start();
    const visitor = tencent.account.follower();
    const push = await visitor.writes('备案要多少钱');
    const { links = [], text = '' } = visitor.screen.at(-1) ?? {};
    expect(links.length).toBeGreaterThan(1);
    for (const [at, { words }] of links.entries()) expect(text).toContain(`${at + 1}. ${words}`);
    const clicked = await visitor.clicks(links[0]?.words ?? '');
    expect(textOf(clicked)).not.toBe(textOf(push));
    expect(textOf(clicked)).toContain('来源');
  });

  test('traditional Chinese and English are answered as they are written', async () => {
    await start();
    expect(textOf(await tencent.account.follower().writes('備案要多少錢'))).toContain('回覆數字選擇');
    expect(textOf(await tencent.account.follower().writes('how much does an ICP filing cost?'))).toContain(
      'Reply with a number',
    );
  });
});
