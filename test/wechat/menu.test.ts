import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bot, startBot } from './bot.ts';
import { startTencent, type Tencent } from './stand-in/index.ts';

let tencent: Tencent;
let bot: Bot;

beforeEach(async () => {
  tencent = await startTencent();
  bot = await startBot(tencent);
});
afterEach(async () => {
  await bot.stop();
  await tencent.stop();
});

async function wechatMenu(env: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  const run = promisify(execFile)(process.execPath, ['src/cli.js', 'wechat-menu'], { env: { ...process.env, ...env } });
  return run.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  );
}

test('the command creates a menu whose buttons answer', { timeout: 120_000 }, async () => {
  expect(await wechatMenu(tencent.account.env)).toEqual({ code: 0, said: expect.stringContaining('is created') });
  const visitor = tencent.account.follower();
  expect((await visitor.taps('ICP备案')).reply?.content).toContain('哪个问题最接近');
  expect((await visitor.taps('全部话题')).reply?.content).toContain('您想了解什么');
  expect((await visitor.taps('自助判断')).reply?.content).toContain('第1题');
  expect((await visitor.taps('咨询顾问')).reply?.content).toContain('正在为您转顾问');
});

test('what WeChat refuses, and what is missing, is said', { timeout: 120_000 }, async () => {
  tencent.account.faults.refuse('menu/create', 40164);
  expect(await wechatMenu(tencent.account.env)).toEqual({ code: 1, said: expect.stringContaining('IP whitelist') });
  const { WECHAT_APP_SECRET: _, ...rest } = tencent.account.env;
  expect(await wechatMenu(rest)).toEqual({ code: 1, said: expect.stringContaining('WECHAT_APP_SECRET') });
});
