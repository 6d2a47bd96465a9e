import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bot, element, sealed, sign, startBot, textReply } from './bot.ts';
import { createCipher } from './cipher.ts';
import { startTencent, type Tencent } from './index.ts';
import { banner } from './screen.ts';

let tencent: Tencent;
let bot: Bot;
const keys = () => ({
  ...tencent.account,
  encodingAesKey: tencent.account.encodingAesKey,
  receiver: tencent.account.appId,
});

beforeEach(async () => {
  tencent = await startTencent();
  bot = await startBot(keys);
  tencent.account.sendTo(bot.url);
});

afterEach(async () => {
  await tencent.stop();
  await bot.stop();
});

test('signs as the documentation does', () => {
  const cipher = createCipher('AAAAA', 'a'.repeat(43), 'wx');
  expect(cipher.sign('1714037059', '486452656')).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78');
  expect(cipher.sign('1714036504', '1514711492')).toBe('f464b24fc39322e44b38aa78f5edd27bd1441696');
});

test('checks the address and refuses another echo', async () => {
  await tencent.account.verify();
  tencent.account.sendTo(tencent.account.apiUrl);
  await expect(tencent.account.verify()).rejects.toThrow(/status 404/);
});

test.each(['plain', 'compatible', 'safe'] as const)('a text in %s mode is answered', async (mode) => {
  tencent.account.useMode(mode);
  bot.answer = (got) => (mode === 'plain' ? textReply(got, 'ok]') : sealed(keys(), textReply(got, 'ok]')));
  const follower = tencent.account.follower();
  const push = await follower.writes('备案要多少钱 <a>]]>');
  expect(push).toMatchObject({
    outcome: 'replied',
    reply: { type: 'text', content: 'ok]', encrypted: mode !== 'plain' },
  });
  expect(follower.sees()).toBe('visitor: 备案要多少钱 <a>]]>\naccount: ok]');
  const [{ query, body, xml } = expect.fail()] = bot.got;
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) => query.get(name) ?? '');
  expect(signature).toBe(sign(tencent.account.token, timestamp ?? '', nonce ?? ''));
  expect(query.get('encrypt_type')).toBe(mode === 'plain' ? null : 'aes');
  expect(body.includes('<Content>')).toBe(mode !== 'safe');
  expect(element(xml, 'MsgType')).toBe('text');
  expect(BigInt(element(xml, 'MsgId') ?? 0)).toBeGreaterThan(2n ** 53n);
});

test('both packages encrypt in turn and the bot reads both', async () => {
  const follower = tencent.account.follower();
  for (const text of ['1', '2', '3']) await follower.writes(text);
  expect(bot.got.map(({ xml }) => element(xml, 'Content'))).toEqual(['1', '2', '3']);
});

test('cuts off after five seconds, three attempts with the same MsgId, the third answer counts', async () => {
  const follower = tencent.account.follower();
  bot.answer = (got) => (bot.got.length < 3 ? undefined : sealed(keys(), textReply(got, 'late')));
  const started = tencent.clock.now();
  const writing = follower.writes('慢');
  for (const attempts of [1, 2]) {
    await expect.poll(() => bot.got.length).toBe(attempts);
    tencent.clock.advance(4_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(bot.got).toHaveLength(attempts);
    tencent.clock.advance(1_000);
  }
  const push = await writing;
  expect(push.attempts.map(({ outcome }) => outcome)).toEqual(['late', 'late', 'answered']);
  for (const { at, number } of push.attempts) expect(Math.abs(at - started - number * 5000)).toBeLessThan(500);
  expect(new Set(bot.got.map(({ xml }) => element(xml, 'MsgId'))).size).toBe(1);
  expect(new Set(bot.got.map(({ query }) => query.get('nonce'))).size).toBe(3);
  expect(follower.heard()).toEqual(['late']);
});

test('shows the banner when no attempt is answered', async () => {
  const follower = tencent.account.follower();
  bot.answer = () => undefined;
  const writing = follower.writes('在吗');
  for (const attempts of [1, 2, 3]) {
    await expect.poll(() => bot.got.length).toBe(attempts);
    tencent.clock.advance(5_000);
  }
  expect(await writing).toMatchObject({ outcome: 'failed', problem: 'no answer in 3 attempts' });
  expect(follower.sees()).toContain(`wechat: ${banner}`);
});

test('a broken connection is tried again when its five seconds are over', async () => {
  const follower = tencent.account.follower();
  bot.answer = (_, response) => {
    if (bot.got.length > 1) return 'success';
    response.destroy();
    return undefined;
  };
  const writing = follower.writes('断');
  await expect.poll(() => tencent.account.pushes[0]?.attempts[0]?.outcome).toBe('lost');
  expect(bot.got).toHaveLength(1);
  tencent.clock.advance(5_000);
  expect(await writing).toMatchObject({ outcome: 'silent' });
});

test('an answer lost on its way, a duplicate and concurrent requests carry the same message', async () => {
  await tencent.stop();
  tencent = await startTencent({ deadline: 100 });
  tencent.account.sendTo(bot.url);
  bot.answer = (got) => sealed(keys(), textReply(got, 'one'));
  const follower = tencent.account.follower();
  tencent.account.faults.loseAnswer();
  const lost = await follower.writes('a');
  expect(lost.attempts.map(({ outcome }) => outcome)).toEqual(['late', 'answered']);
  tencent.account.faults.duplicate(2);
  expect((await follower.writes('b')).attempts).toHaveLength(2);
  tencent.account.faults.clear();
  tencent.account.faults.concurrent(3);
  const together = await follower.writes('c');
  expect(together.attempts.map(({ reply }) => reply?.content)).toEqual(['one', 'one', 'one']);
  expect(new Set(bot.got.map(({ xml }) => element(xml, 'MsgId'))).size).toBe(3);
  expect(follower.heard()).toEqual(['one', 'one', 'one']);
  tencent.account.faults.clear();
  tencent.account.faults.hangUp();
  expect((await follower.writes('d')).attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'answered']);
  tencent.account.faults.outage(50);
  expect((await follower.writes('e')).attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'answered']);
});

test('wrong signatures, skewed timestamps and replays are what they say', async () => {
  const follower = tencent.account.follower();
  const fits = () => {
    const query = bot.got.at(-1)?.query;
    const part = (name: string) => query?.get(name) ?? '';
    return part('signature') === sign(tencent.account.token, part('timestamp'), part('nonce'));
  };
  tencent.account.faults.wrongSignature(true);
  await follower.writes('a');
  expect(fits()).toBe(false);
  tencent.account.faults.clear();
  tencent.account.faults.skew(-86_400);
  const old = await follower.writes('b');
  expect(fits()).toBe(true);
  expect(Number(bot.got.at(-1)?.query.get('timestamp'))).toBeLessThan(Date.now() / 1000 - 86_000);
  await tencent.account.replay(old);
  expect(bot.got.at(-1)?.body).toBe(old.attempts[0]?.body);
  expect(bot.got.at(-1)?.query.get('nonce')).toBe(bot.got.at(-2)?.query.get('nonce'));
});

test('after a rotation replies must use the new key', async () => {
  const follower = tencent.account.follower();
  const before = keys();
  tencent.account.rotateKey();
  bot.answer = (got) => sealed(keys(), textReply(got, 'new'));
  expect(await follower.writes('a')).toMatchObject({ outcome: 'replied' });
  bot.answer = (got) => sealed(before, textReply(got, 'old'));
  expect(await follower.writes('b')).toMatchObject({ outcome: 'failed' });
});
