import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Person, type Place, type Slack, startSlack } from './index.ts';
import { client, manifest } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;

beforeEach(async () => {
  slack = await startSlack({ manifest });
  ana = slack.user({ name: 'ana' });
  channel = slack.channel({ members: [ana] });
});
afterEach(() => slack.stop());

describe('faults of calls', () => {
  const post = (text: string) => client(slack).chat.postMessage({ channel: channel.id, text });

  test('a dropped response leaves the message, a dropped request does not', async () => {
    slack.faults.dropResponse({ method: 'chat.postMessage' });
    await expect(post('kept')).rejects.toThrow();
    slack.faults.dropRequest({ method: 'chat.postMessage' });
    await expect(post('lost')).rejects.toThrow();
    await post('after');
    expect(slack.messages(channel).map(({ text }) => text)).toEqual(['kept', 'after']);
    expect(slack.calls.map(({ answered }) => answered)).toEqual([false, false, true]);
  });

  test('errors, statuses and delays meet the calls they are for', async () => {
    slack.faults.refuse({ channel }, 'fatal_error');
    await expect(post('a')).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    slack.faults.status({ method: 'chat.postMessage' }, 503);
    await expect(post('b')).rejects.toThrow('503');
    slack.faults.delay({ method: 'chat.postMessage' }, 60);
    const began = performance.now();
    await post('c');
    expect(performance.now() - began).toBeGreaterThan(50);
  });

  test('a rate limit on one channel leaves the others alone and passes', async () => {
    slack.faults.rateLimit({ channel }, 30);
    await expect(post('a')).rejects.toMatchObject({ retryAfter: 30 });
    const other = slack.channel();
    expect((await client(slack).chat.postMessage({ channel: other.id, text: 'b' })).ok).toBe(true);
    slack.clock.advance(30_000);
    expect((await post('c')).ok).toBe(true);
  });

  test('an outage breaks every call until it is over', async () => {
    slack.faults.outage(60_000);
    await expect(post('a')).rejects.toThrow();
    slack.clock.advance(60_000);
    expect((await post('b')).ok).toBe(true);
  });
});

describe('interactivity', () => {
  test('a trigger is good once and for three seconds', async () => {
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    const triggers: string[] = [];
    const socket = await open((frame) => {
      triggers.push(String((frame['payload'] as { trigger_id?: string }).trigger_id));
      socket.send(JSON.stringify({ envelope_id: frame['envelope_id'] }));
    });
    await ana.shortcut('check');
    await ana.shortcut('check');
    const [first = '', second = ''] = triggers;
    const tryOpen = (trigger_id: string) => client(slack).views.open({ trigger_id, view });
    expect((await tryOpen(first)).ok).toBe(true);
    await expect(tryOpen(first)).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
    slack.clock.advance(3001);
    await expect(tryOpen(second)).rejects.toMatchObject({ data: { error: 'expired_trigger_id' } });
  });

  test('a response_url takes five answers', async () => {
    let url = '';
    const socket = await open((frame) => {
      url = String((frame['payload'] as { response_url?: string }).response_url);
      socket.send(JSON.stringify({ envelope_id: frame['envelope_id'] }));
    });
    await ana.command(channel, '/ask');
    const answer = () =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' });
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await answer()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });
});

type Frame = Record<string, unknown>;

/** A bare socket; `heard` gets every frame but hello. */
async function open(heard: (frame: Frame, socket: WebSocket) => void): Promise<WebSocket> {
  const { url } = await client(slack, slack.appToken).apps.connections.open();
  const socket = new WebSocket(String(url));
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame['type'] === 'hello') resolve();
      else heard(frame, socket);
    });
  });
  return socket;
}

describe('sockets', () => {
  test('each envelope goes to one of several sockets, and to each of them in time', async () => {
    const counts = [0, 0, 0];
    for (const at of counts.keys()) {
      await open((frame, socket) => {
        counts[at] = (counts[at] ?? 0) + 1;
        socket.send(JSON.stringify({ envelope_id: frame['envelope_id'] }));
      });
    }
    for (let n = 0; n < 60; n += 1) ana.post(channel, `m${n}`);
    await slack.settled();
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });

  test('what is not acknowledged comes again at once, after a minute and after five, with its reason', async () => {
    const frames: Frame[] = [];
    const count = (n: number) => expect.poll(() => frames.length).toBe(n);
    await open((frame) => frames.push(frame));
    ana.post(channel, 'hi');
    await count(1);
    slack.clock.advance(3000);
    await count(2);
    slack.clock.advance(3000);
    slack.clock.advance(59_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(frames).toHaveLength(2);
    slack.clock.advance(1000);
    await count(3);
    slack.clock.advance(3000);
    slack.clock.advance(300_000);
    await count(4);
    expect(frames.map((frame) => frame['retry_attempt'])).toEqual([0, 1, 2, 3]);
    expect(frames.map((frame) => frame['retry_reason'])).toEqual(['', 'timeout', 'timeout', 'timeout']);
    expect(new Set(frames.map((frame) => (frame['payload'] as Frame)['event_id'])).size).toBe(1);
  });

  test('an event whose socket dies before the acknowledgement is sent to another', async () => {
    const got: string[] = [];
    const first = await open((_, socket) => {
      got.push('first');
      socket.terminate();
    });
    expect(first.readyState).toBe(first.OPEN);
    ana.post(channel, 'hi');
    await expect.poll(() => got.length).toBe(1);
    await open((frame, socket) => {
      got.push('second');
      socket.send(JSON.stringify({ envelope_id: frame['envelope_id'] }));
    });
    slack.clock.advance(60_000);
    await slack.settled();
    expect(got).toEqual(['first', 'second']);
  });

  test('a refresh warns, then asks, then closes', async () => {
    const reasons: unknown[] = [];
    const socket = await open((frame) => reasons.push(frame['reason']));
    slack.faults.refreshSockets(40);
    await expect.poll(() => socket.readyState).toBe(socket.CLOSED);
    expect(reasons).toEqual(['warning', 'refresh_requested']);
    expect(slack.sockets).toBe(0);
  });

  test('a ticket opens one socket, and none while they are refused', async () => {
    const { url } = await client(slack, slack.appToken).apps.connections.open();
    const knock = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(String(url));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => resolve('refused'));
      });
    expect([await knock(), await knock()]).toEqual(['open', 'refused']);
    slack.faults.refuseSockets(true);
    await expect(client(slack, slack.appToken).apps.connections.open()).rejects.toThrow('503');
  });

  test('doubles and wrong order', async () => {
    const texts: unknown[] = [];
    await open((frame, socket) => {
      texts.push(((frame['payload'] as Frame)['event'] as Frame)['text']);
      socket.send(JSON.stringify({ envelope_id: frame['envelope_id'] }));
    });
    slack.faults.reverse(3);
    for (const text of ['a', 'b', 'c']) ana.post(channel, text);
    await slack.settled();
    expect(texts).toEqual(['c', 'b', 'a']);
    slack.faults.clear();
    slack.faults.duplicate(2);
    ana.post(channel, 'd');
    await slack.settled();
    expect(texts.slice(3)).toEqual(['d', 'd']);
  });
});
