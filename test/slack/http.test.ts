import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: { perSecond: 1_000 }, retryAfter: [100, 200, 400] });
  bot = await startBot(slack, { http: true });
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

const someone = () => slack.user({ name: `person${++number}`, locale: 'en-US' });
const now = () => Math.floor(Date.now() / 1_000);

async function send(
  body: string,
  options: { readonly at?: number; readonly secret?: string; readonly type?: string } = {},
) {
  const { at = now(), secret = slack.signingSecret, type = 'application/json' } = options;
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
  const headers = { 'content-type': type, 'x-slack-request-timestamp': String(at), 'x-slack-signature': signature };
  return fetch(`${bot.url}/slack/events`, { method: 'POST', headers, body });
}

describe('signed HTTP', () => {
  it('answers questions, clicks, commands and shortcuts', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    ana.post(place, 'how much does an ICP filing cost?');
    const [reply] = await replies(slack, place);
    expect((await ana.click(place, reply?.ts ?? '', 'consultant')).acknowledged).toBe(true);
    await replies(slack, place, 2);
    const general = slack.channel({ members: [ana] });
    expect((await ana.command(general, '/icp', 'what is a CDN?')).acknowledged).toBe(true);
    await expect.poll(() => ana.sees(general)).toContain('only you');
    expect((await ana.shortcut('questionnaire')).acknowledged).toBe(true);
    await expect.poll(() => ana.modal()).toContain('Question 1');
    expect(await bot.health()).toEqual({ ready: true, detail: 'Slack is connected (HTTP).' });
  });

  it('passes the check of the request URL', async () => {
    await slack.verifyRequestUrl();
    expect((await send(JSON.stringify({ type: 'url_verification', challenge: 'x' }), { secret: 'wrong' })).status).toBe(
      401,
    );
  });

  it.each([
    ['a wrong secret', () => ({ secret: 'wrong' })],
    ['six minutes ago', () => ({ at: now() - 360 })],
    ['a day in the future', () => ({ at: now() + 86_400 })],
  ])('turns away what is not signed by Slack just now: %s', async (_, how) => {
    const answer = await send(JSON.stringify({ type: 'url_verification', challenge: 'x' }), how());
    expect(answer.status).toBe(401);
  });

  it('turns away what carries no signature at all', async () => {
    const answer = await fetch(`${bot.url}/slack/events`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
  });

  it('answers an event once that Slack delivers again, each time signed anew', async () => {
    const ana = someone();
    slack.faults.duplicate(4);
    ana.post(slack.direct(ana), 'hello');
    await replies(slack, slack.direct(ana));
    await quiet(slack, 600);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
  });

  it('does not read bodies of megabytes', async () => {
    const answer = await send(JSON.stringify({ type: 'event_callback', fill: 'x'.repeat(4 * 1024 * 1024) }));
    expect(answer.status).toBe(413);
    expect(await bot.health()).toMatchObject({ ready: true });
  });

  it('says 400 to what cannot be read, and takes what it does not know', async () => {
    expect((await send('not json')).status).toBe(400);
    expect((await send('payload=%7B', { type: 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect((await send('ssl_check=1&token=x', { type: 'application/x-www-form-urlencoded' })).status).toBe(200);
    expect((await send(JSON.stringify({ type: 'event_callback', event: { type: 'team_join' } }))).status).toBe(200);
    expect((await send(JSON.stringify({ type: 'app_rate_limited', minute_rate_limited: 1 }))).status).toBe(200);
  });

  it('acknowledges clicks on controls that nothing listens to, in no time', async () => {
    const payload = {
      type: 'block_actions',
      user: { id: 'U1', team_id: slack.teamId },
      team: { id: slack.teamId },
      container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
      actions: [{ action_id: 'of-another-version', block_id: 'b', type: 'button', value: 'x' }],
    };
    const began = performance.now();
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect((await send(body, { type: 'application/x-www-form-urlencoded' })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is not there when Socket Mode is used', async () => {
    const other = await startBot(slack);
    const answer = await fetch(`${other.url}/slack/events`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
    await other.stop();
  });
});
