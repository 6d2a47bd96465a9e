import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { encrypt, readKey, sign } from '../adapters/wechat/crypto.ts';
import { writeXml } from '../adapters/wechat/xml.ts';
import { type Figure, percentile } from './figures.ts';

/** Messages in all, visitors who write them, and messages a second. */
const [messages, visitors, rate] = [500, 50, 100];

const account = {
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_TOKEN: 'benchtoken',
  WECHAT_ENCODING_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

/** Starts the real program and pushes encrypted messages to its service account: request to answer. */
export async function measureWechat(): Promise<readonly Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'wenda-bench-'));
  const child = spawn(process.execPath, ['src/cli.js', 'start'], {
    env: { ...process.env, ...account, DATABASE_URL: '', DATA_DIR: data, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: [string] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = `${/http:\S+/.exec(line)?.[0] ?? ''}/wechat/service-account`;
  for (let number = 0; number < 20; number++) await push(url, -number - 1);
  const latencies: number[] = [];
  await Promise.all(
    Array.from({ length: messages }, async (_, number) => {
      await new Promise((resolve) => setTimeout(resolve, (number * 1_000) / rate));
      const began = performance.now();
      await push(url, number);
      latencies.push(performance.now() - began);
    }),
  );
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(data, { recursive: true });
  return [
    { what: 'WeChat webhook, p50, 100 a second', value: percentile(latencies, 0.5), unit: 'ms' },
    { what: 'WeChat webhook, p99, 100 a second', value: percentile(latencies, 0.99), unit: 'ms', goal: '30' },
  ];
}

async function push(url: string, number: number): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const xml = writeXml({
    ToUserName: 'gh_bench',
    FromUserName: `oBench${Math.abs(number) % visitors}`,
    CreateTime: Number(timestamp),
    MsgType: 'text',
    Content: '备案要多少钱',
    MsgId: `${24_876_340_532 + number}`,
  });
  const encrypted = encrypt(xml, readKey(account.WECHAT_ENCODING_AES_KEY), account.WECHAT_APP_ID);
  const nonce = randomBytes(6).toString('hex');
  const query = new URLSearchParams({
    timestamp,
    nonce,
    encrypt_type: 'aes',
    signature: sign([account.WECHAT_TOKEN, timestamp, nonce]),
    msg_signature: sign([account.WECHAT_TOKEN, timestamp, nonce, encrypted]),
  });
  const answer = await fetch(`${url}?${query}`, { method: 'POST', body: writeXml({ Encrypt: encrypted }) });
  const body = await answer.text();
  if (!body.includes('<Encrypt>')) throw new Error(`a message was not answered: ${answer.status} ${body}`);
}
