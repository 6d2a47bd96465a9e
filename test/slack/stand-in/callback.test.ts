import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type Place, type Slack, startSlack } from './index.ts';
import { manifest } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;

beforeEach(async () => {
  slack = await startSlack({ manifest });
  ana = slack.user({ name: 'ana' });
  channel = slack.channel({ members: [ana] });
});
afterEach(() => slack.stop());

describe('signed HTTP', () => {
  let server: Server;
  let got: { headers: IncomingHttpHeaders; body: string }[];
  let status: number;

  beforeEach(async () => {
    got = [];
    status = 200;
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      got.push({ headers: request.headers, body });
      const { challenge } = JSON.parse(body) as { challenge?: string };
      response.writeHead(status, { 'content-type': 'text/plain' }).end(challenge ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    slack.sendTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const sign = (at: unknown, body: string) =>
    `v0=${createHmac('sha256', slack.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;

  test('requests are signed; the clock and the signature can be wrong', async () => {
    ana.post(channel, 'a');
    await slack.settled();
    slack.faults.skew(86_400);
    ana.post(channel, 'b');
    await slack.settled();
    slack.faults.clear();
    slack.faults.wrongSignature(true);
    ana.post(channel, 'c');
    await slack.settled();
    const [right, future, wrong] = got;
    const at = (one: typeof right) => one?.headers['x-slack-request-timestamp'];
    expect(right?.headers['x-slack-signature']).toBe(sign(at(right), right?.body ?? ''));
    expect(Number(at(future)) - Date.now() / 1000).toBeGreaterThan(86_000);
    expect(future?.headers['x-slack-signature']).toBe(sign(at(future), future?.body ?? ''));
    expect(wrong?.headers['x-slack-signature']).not.toBe(sign(at(wrong), wrong?.body ?? ''));
  });

  test('failures come again with number and reason; success ends it', async () => {
    status = 500;
    ana.post(channel, 'a');
    await expect.poll(() => got.length).toBe(2);
    status = 200;
    await expect.poll(() => slack.attempts.filter(({ outcome }) => outcome === 'refused').length).toBe(2);
    slack.clock.advance(60_000);
    await slack.settled();
    expect(got.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2']);
    expect(got[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(slack.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'acknowledged']);
  });

  test('too many events: the payload has no event inside', async () => {
    slack.faults.rateLimitApp();
    await slack.settled();
    const body = JSON.parse(got[0]?.body ?? '{}') as Record<string, unknown>;
    expect(body).toMatchObject({ type: 'app_rate_limited', team_id: slack.teamId });
    expect(body).not.toHaveProperty('event');
  });

  test('three hundred events at once arrive once each', async () => {
    for (let n = 0; n < 300; n += 1) ana.post(channel, `m${n}`);
    await slack.settled(20_000);
    expect(got).toHaveLength(300);
    expect(slack.attempts.every(({ outcome }) => outcome === 'acknowledged')).toBe(true);
  });

  test('the request URL is verified by its challenge', async () => {
    await slack.verifyRequestUrl();
    status = 404;
    await expect(slack.verifyRequestUrl()).rejects.toThrow('did not return the challenge: 404');
  });
});
