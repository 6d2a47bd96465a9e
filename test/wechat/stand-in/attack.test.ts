import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, type Got, sign, startBot } from './bot.ts';
import { type Attack, startTencent, type Tencent } from './index.ts';
import { readXml } from './xml.ts';

let tencent: Tencent;
let bot: Bot;

beforeAll(async () => {
  tencent = await startTencent();
  bot = await startBot(() => ({ ...tencent.account, encodingAesKey: tencent.account.encodingAesKey, receiver: '' }));
  tencent.account.sendTo(bot.url);
  tencent.kf.sendTo(bot.url);
});

afterAll(async () => {
  await tencent.stop();
  await bot.stop();
});

const encrypted = ({ body }: Got) => /<Encrypt><!\[CDATA\[(.*?)\]\]>/s.exec(body)?.[1] ?? '';
const part = ({ query }: Got, name: string) => query.get(name) ?? '';
const signed = (got: Got) =>
  part(got, 'msg_signature') ===
  sign(tencent.account.token, part(got, 'timestamp'), part(got, 'nonce'), encrypted(got));

const wellSigned: readonly Attack[] = [
  'oversized',
  'malformed',
  'not xml',
  'json',
  'doctype',
  'entity bomb',
  'prototype key',
  'duplicate element',
  'invalid utf-8',
  'wrong receiver',
  'truncated cipher',
  'broken padding',
];

describe.each(['safe', 'plain'] as const)('%s mode', (mode) => {
  test.each(wellSigned)('"%s" carries a right signature', async (kind) => {
    tencent.account.useMode(mode);
    const cipherOnly = ['wrong receiver', 'truncated cipher', 'broken padding'].includes(kind);
    if (mode === 'plain' && cipherOnly) return expect(tencent.account.attack(kind)).rejects.toThrow(/encrypted mode/);
    expect(await tencent.account.attack(kind)).toMatchObject({ status: 200, body: 'success' });
    const got = bot.got.at(-1) ?? expect.fail();
    if (mode === 'safe') expect(signed(got)).toBe(true);
    else expect(part(got, 'signature')).toBe(sign(tencent.account.token, part(got, 'timestamp'), part(got, 'nonce')));
    return undefined;
  });

  test.each(['wrong signature', 'no signature', 'wrong token'] as const)(
    '"%s" carries none that fits',
    async (kind) => {
      tencent.account.useMode(mode);
      await tencent.account.attack(kind);
      const got = bot.got.at(-1) ?? expect.fail();
      expect(signed(got)).toBe(false);
      expect(part(got, 'signature')).not.toBe(sign(tencent.account.token, part(got, 'timestamp'), part(got, 'nonce')));
    },
  );
});

test('the documents are as hostile as their names', async () => {
  tencent.account.useMode('safe');
  const inner = async (kind: Attack) => {
    await tencent.account.attack(kind);
    return bot.got.at(-1)?.xml ?? '';
  };
  expect((await inner('oversized')).length).toBeGreaterThan(700_000);
  expect(() => readXml(bot.got.at(-1)?.xml ?? '')).not.toThrow();
  for (const kind of ['malformed', 'not xml', 'json', 'doctype', 'entity bomb'] as const) {
    const xml = await inner(kind);
    expect(() => readXml(xml), kind).toThrow();
  }
  expect(await inner('prototype key')).toContain('<__proto__>');
  expect((await inner('duplicate element')).match(/<FromUserName>/g)).toHaveLength(2);
  await tencent.account.attack('plain in safe mode');
  expect(bot.got.at(-1)?.query.has('encrypt_type')).toBe(false);
  await tencent.account.attack('empty');
  expect(bot.got.at(-1)?.body).toBe('');
  expect((await tencent.kf.attack('doctype')).status).toBe(200);
});

test('any body can be posted, sealed or not', async () => {
  await tencent.account.post('<xml><a>1</a></xml>', { encrypt: true });
  expect(bot.got.at(-1)?.xml).toBe('<xml><a>1</a></xml>');
  await tencent.account.post('x', { query: { nonce: 'mine' } });
  expect(bot.got.at(-1)).toMatchObject({ body: 'x' });
  expect(bot.got.at(-1)?.query.get('nonce')).toBe('mine');
});
