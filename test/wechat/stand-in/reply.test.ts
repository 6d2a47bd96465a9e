import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bot, type Got, sealed, startBot, textReply } from './bot.ts';
import { type Follower, startTencent, type Tencent } from './index.ts';
import { banner } from './screen.ts';

let tencent: Tencent;
let bot: Bot;
let follower: Follower;
const keys = () => ({
  ...tencent.account,
  encodingAesKey: tencent.account.encodingAesKey,
  receiver: tencent.account.appId,
});

beforeAll(async () => {
  tencent = await startTencent({ account: { mode: 'plain' } });
  bot = await startBot(keys);
  tencent.account.sendTo(bot.url);
  follower = tencent.account.follower();
});

afterAll(async () => {
  await tencent.stop();
  await bot.stop();
});

const wrong: readonly [string, (got: Got) => string, RegExp][] = [
  ['json', () => '{"ok":true}', /begin with </],
  ['a word', () => 'ok', /begin with </],
  ['a line break first', (got) => `\n${textReply(got, 'x')}`, /begin with </],
  ['another root', (got) => textReply(got, 'x').replaceAll('xml>', 'html>'), /root element/],
  ['not closed', (got) => textReply(got, 'x').replace('</xml>', ''), /Unclosed/i],
  ['a document type', (got) => `<!DOCTYPE xml>${textReply(got, 'x')}`, /document type/],
  ['names not swapped', (got) => textReply({ ...got, xml: swap(got.xml) }, 'x'), /not the person/],
  ['no CDATA', (got) => textReply(got, 'x').replace('<![CDATA[x]]>', 'x'), /<Content> is not CDATA/],
  ['CreateTime in CDATA', (got) => textReply(got, 'x').replace(/e>(\d+)</, 'e><![CDATA[$1]]><'), /not a bare number/],
  ['empty text', (got) => textReply(got, ' '), /empty/],
  ['2049 bytes', (got) => textReply(got, `${'中'.repeat(682)}abc`), /2049 bytes/],
  ['a control character', (got) => textReply(got, 'a\u0001b'), /forbids/],
  ['an unknown element', (got) => textReply(got, 'x').replace('</xml>', '<MsgId>1</MsgId></xml>'), /unknown element/],
  ['an element twice', (got) => textReply(got, 'x').replace('<xml>', '<xml><CreateTime>1</CreateTime>'), /twice/],
  ['an unknown type', (got) => textReply(got, 'x').replace('[text]', '[markdown]'), /unknown <MsgType>/],
  [']]> inside', (got) => textReply(got, 'a]]>b'), /<Content> is not CDATA/],
  ['encrypted', (got) => sealed(keys(), textReply(got, 'x')), /plain mode/],
];

test.each(wrong)('refuses %s: the person sees the banner', async (_, answer, problem) => {
  bot.answer = answer;
  const push = await follower.writes('问');
  expect(push.outcome).toBe('failed');
  expect(push.problem).toMatch(problem);
  expect(push.attempts).toHaveLength(1);
  expect(follower.screen.at(-1)).toMatchObject({ from: 'wechat', text: banner });
});

test('refuses a status other than 200, and HTML', async () => {
  bot.answer = (_, response) => {
    response.statusCode = 500;
    return 'success';
  };
  expect(await follower.writes('问')).toMatchObject({ outcome: 'failed', problem: 'status 500' });
  bot.answer = (got, response) => {
    response.setHeader('content-type', 'text/html');
    return textReply(got, 'x');
  };
  expect(await follower.writes('问')).toMatchObject({ outcome: 'failed', problem: 'content type text/html' });
});

test.each(['success', ''])('takes "%s" as no reply', async (body) => {
  bot.answer = () => body;
  const shown = follower.screen.length;
  expect(await follower.writes('问')).toMatchObject({ outcome: 'silent' });
  expect(follower.screen).toHaveLength(shown + 1);
});

test('takes ]]> when it is split over two sections', async () => {
  bot.answer = (got) => textReply(got, 'a]]]]><![CDATA[>b');
  expect(await follower.writes('问')).toMatchObject({ outcome: 'replied', reply: { content: 'a]]>b' } });
});

test('takes 2048 bytes and a clickable text', async () => {
  bot.answer = (got) => textReply(got, `${'中'.repeat(682)}ab`);
  expect(await follower.writes('问')).toMatchObject({ outcome: 'replied' });
  bot.answer = (got) =>
    textReply(got, '1. <a href="weixin://bizmsgmenu?msgmenucontent=%E9%80%80%E6%AC%BE&msgmenuid=101">退款</a>');
  await follower.writes('菜单');
  expect(follower.heard().at(-1)).toBe('1. 退款');
  await follower.clicks('退款');
  expect(bot.got.at(-1)?.xml).toContain('<Content><![CDATA[退款]]></Content>');
  expect(bot.got.at(-1)?.xml).toContain('<bizmsgmenuid><![CDATA[101]]></bizmsgmenuid>');
});

test('in safe mode signature, key and receiver of a reply are checked', async () => {
  tencent.account.useMode('safe');
  const good = keys();
  for (const [answer, problem] of [
    [(got: Got) => textReply(got, 'x'), /safe mode/],
    [(got: Got) => sealed({ ...good, token: 'other' }, textReply(got, 'x')), /MsgSignature/],
    [(got: Got) => sealed({ ...good, receiver: 'wx0' }, textReply(got, 'x')), /instead of/],
    [
      (got: Got) => sealed(good, textReply(got, 'x')).replace('<TimeStamp>', '<Timestamp>'),
      /closing|Unexpected|match/i,
    ],
  ] as const) {
    bot.answer = answer;
    const push = await follower.writes('问');
    expect(push.outcome).toBe('failed');
    expect(push.problem).toMatch(problem);
  }
  bot.answer = (got) => sealed(good, textReply(got, 'x'));
  expect(await follower.writes('问')).toMatchObject({ outcome: 'replied' });
  tencent.account.useMode('plain');
});

function swap(xml: string): string {
  return xml
    .replaceAll('ToUserName', 'T')
    .replaceAll('FromUserName', 'ToUserName')
    .replaceAll('<T>', '<FromUserName>')
    .replaceAll('</T>', '</FromUserName>');
}
