import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;
let number = 0;
const question = 'how much does an ICP filing cost?';

beforeAll(async () => {
  slack = await startSlack({ manifest, retryAfter: [200, 1_000, 3_000] });
  bot = await startBot(slack);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

const someone = (): Person => slack.user({ name: `person${++number}`, locale: 'en-US' });

describe('a failure while posting', () => {
  it.each([
    [
      'the answer is lost after Slack took the message',
      () => slack.faults.dropResponse({ method: 'chat.postMessage' }),
    ],
    ['the answer is lost twice', () => slack.faults.dropResponse({ method: 'chat.postMessage' }, 2)],
    ['the request is lost', () => slack.faults.dropRequest({ method: 'chat.postMessage' })],
    ['Slack has a fault', () => slack.faults.status({ method: 'chat.postMessage' }, 503)],
    ['Slack has an internal error', () => slack.faults.refuse({ method: 'chat.postMessage' }, 'internal_error')],
    ['Slack answers too late', () => slack.faults.delay({ method: 'chat.postMessage' }, 6_000)],
  ])('leaves one message: %s', { timeout: 60_000 }, async (_, fault) => {
    const ana = someone();
    fault();
    ana.post(slack.direct(ana), question);
    await replies(slack, slack.direct(ana));
    await quiet(slack, 7_000);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
  });

  it('is not waited for longer when the look-up fails too', { timeout: 60_000 }, async () => {
    const ana = someone();
    slack.faults.dropResponse({ method: 'chat.postMessage' });
    slack.faults.status({ method: 'conversations.replies' }, 500, 2);
    ana.post(slack.direct(ana), question);
    await replies(slack, slack.direct(ana));
    await quiet(slack, 8_000);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
  });

  it('that cannot be looked into ends in a second message rather than in none', { timeout: 60_000 }, async () => {
    const ana = someone();
    slack.faults.dropRequest({ method: 'chat.postMessage' });
    slack.faults.refuse({ method: 'conversations.replies' }, 'missing_scope');
    ana.post(slack.direct(ana), question);
    await replies(slack, slack.direct(ana));
  });

  it('never leaves what is in the message for other apps to read', async () => {
    const ana = someone();
    ana.post(slack.direct(ana), question);
    const [reply] = await replies(slack, slack.direct(ana));
    const said = JSON.stringify(reply?.metadata);
    expect(said).toMatch(/"key":"[\w-]{22}"/);
    expect(said).not.toContain(ana.id);
    expect(said).not.toContain(slack.direct(ana).id);
  });
});

describe('the pace', () => {
  it('is kept in each channel, without a refusal by Slack', { timeout: 60_000 }, async () => {
    const ana = someone();
    const general = slack.channel({ members: [ana] });
    for (let at = 0; at < 8; at++) ana.post(general, `<@${slack.botUserId}> ${question}`);
    await replies(slack, general, 8)
      .catch(() => replies(slack, general, 8))
      .catch(() => replies(slack, general, 8));
    const refused = slack.calls.filter(
      ({ status, arguments: given }) => status === 429 && given['channel'] === general.id,
    );
    expect(refused).toEqual([]);
  });

  it('that Slack slows down in one channel does not delay another', { timeout: 60_000 }, async () => {
    const [ana, ben] = [someone(), someone()];
    const isToAna = ({ method, arguments: given }: (typeof slack.calls)[number]) =>
      method === 'chat.postMessage' && given['channel'] === slack.direct(ana).id;
    slack.faults.rateLimit({ method: 'chat.postMessage', channel: slack.direct(ana) }, 5);
    const began = Date.now();
    ana.post(slack.direct(ana), question);
    await expect.poll(() => slack.calls.filter(({ status }) => status === 429).length).toBe(1);
    ben.post(slack.direct(ben), question);
    await replies(slack, slack.direct(ben));
    expect(slack.calls.filter(isToAna)).toHaveLength(1);
    await replies(slack, slack.direct(ana)).catch(() => {});
    await replies(slack, slack.direct(ana));
    expect(Date.now() - began).toBeGreaterThan(4_500);
    expect(slack.calls.filter(isToAna).length).toBeLessThanOrEqual(3);
    await quiet(slack);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
  });
});

describe('what only an operator can mend', () => {
  it('shows in /readyz with its remedy', async () => {
    const ana = someone();
    slack.faults.withdrawScope('chat:write');
    ana.post(slack.direct(ana), question);
    await expect.poll(async () => (await bot.health()).detail).toMatch(/lacks a permission.*Needed: chat:write/);
    expect((await bot.health()).ready).toBe(false);
  });
});
