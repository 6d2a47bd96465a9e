import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conversationOf } from '../../adapters/web/token.ts';
import { createPlace, type Place, serve, shut } from './place.ts';
import { erased, sample } from './sample.ts';
import { openSession, openStream, post, type Stream } from './visitor.ts';

let place: Place;
let url: string;
let server: Server;

beforeEach(async () => {
  // So rarely that only being woken can explain a line that comes.
  place = await createPlace(sample, { pollEvery: 3_600_000 });
  ({ url, server } = await serve(place));
});
afterEach(async () => {
  await place.close();
  await shut(server);
});

const say = (token: string, text: string, id: string) => post(place, token, { kind: 'text', id, text });
const said = (stream: Stream) =>
  stream.lines.map((line) => (line.author === 'visitor' ? line.text : `${line.author}@${line.position}`));
const positions = (stream: Stream) => stream.lines.map(({ position }) => position);

describe('The stream', () => {
  test('sends what was there, then that it is ready, then what comes', async () => {
    const token = await openSession(place);
    await say(token, 'one', 'abcdefgh-1');
    const stream = await openStream(url, token);
    await stream.until(() => stream.lines.length === 2);
    await say(token, 'two', 'abcdefgh-2');
    await stream.until(() => stream.lines.length === 4);
    expect(said(stream)).toEqual(['one', 'bot@2', 'two', 'bot@4']);
    expect(stream.events.map(({ event }) => event).filter((event) => event === 'ready')).toEqual(['ready']);
    stream.close();
  });

  test('sends what the visitor wrote at once, whether or not the bot answers', async () => {
    const silent = await createPlace(() => [], { pollEvery: 3_600_000 });
    const served = await serve(silent);
    const token = await openSession(silent);
    const stream = await openStream(served.url, token);
    await stream.until(() => stream.events.length === 1);
    await post(silent, token, { kind: 'text', id: 'abcdefgh-1', text: 'one' });
    await stream.until(() => stream.lines.length === 1);
    expect(said(stream)).toEqual(['one']);
    await silent.close();
    await shut(served.server);
  });

  test('never carries the lines of another visitor', async () => {
    const [one, other] = [await openSession(place), await openSession(place)];
    const [mine, theirs] = [await openStream(url, one), await openStream(url, other)];
    await say(one, 'secret', 'abcdefgh-1');
    await say(other, 'hello', 'abcdefgh-1');
    await Promise.all([mine.until(() => mine.lines.length === 2), theirs.until(() => theirs.lines.length === 2)]);
    expect(said(mine)).toEqual(['secret', 'bot@2']);
    expect(said(theirs)).toEqual(['hello', 'bot@2']);
    mine.close();
    theirs.close();
  });

  test('resumes after the position that the browser has, by header or by address', async () => {
    const token = await openSession(place);
    await say(token, 'one', 'abcdefgh-1');
    await say(token, 'two', 'abcdefgh-2');
    await place.delivered();
    const byHeader = await openStream(url, token, { 'last-event-id': '2' });
    await byHeader.until(() => byHeader.events.some(({ event }) => event === 'ready'));
    expect(positions(byHeader)).toEqual([3, 4]);
    byHeader.close();
    const response = await fetch(`${url}/api/chat/stream?after=3`, { headers: { authorization: `Bearer ${token}` } });
    const first = await response.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^event: line\ndata: \{"position":4,.*\nid: 4\n\n/);
  });

  test('begins anew when the position is not known (any more)', async () => {
    const token = await openSession(place);
    await say(token, 'one', 'abcdefgh-1');
    await place.delivered();
    const stream = await openStream(url, token, { 'last-event-id': '40' });
    await stream.until(() => stream.events.some(({ event }) => event === 'ready'));
    expect(stream.events.map(({ event }) => event)).toEqual(['reset', 'line', 'line', 'ready']);
    stream.close();
  });

  test('neither loses nor doubles a line over many reconnections while lines are written', async () => {
    const token = await openSession(place);
    const conversation = conversationOf(token);
    const writing = (async () => {
      for (let count = 0; count < 300; count += 1) await place.push(conversation, [erased]);
    })();
    const seen: number[] = [];
    while (seen.length < 300) {
      const stream = await openStream(url, token, { 'last-event-id': String(seen.at(-1) ?? 0) });
      const enough = Math.min(7, 300 - seen.length);
      await stream.until(() => stream.lines.length >= enough);
      stream.close();
      await stream.ended.catch(() => {});
      seen.push(...positions(stream));
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  test('finds what another replica wrote without being woken', async () => {
    const replica = await createPlace(sample, { transcript: place.store.transcript, pollEvery: 5 });
    const served = await serve(replica);
    const token = await openSession(place);
    const stream = await openStream(served.url, token);
    await say(token, 'one', 'abcdefgh-1');
    await stream.until(() => stream.lines.length === 2);
    expect(said(stream)).toEqual(['one', 'bot@2']);
    await replica.close();
    await shut(served.server);
  });

  test('shows signs of life while nothing happens', async () => {
    const quiet = await createPlace(sample, { heartbeatEvery: 5 });
    const served = await serve(quiet);
    const token = await openSession(quiet);
    const response = await fetch(`${served.url}/api/chat/stream`, { headers: { authorization: `Bearer ${token}` } });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    while (!received.includes(': \n\n: \n\n')) received += (await reader?.read())?.value ?? '';
    expect(received).toBe('event: ready\ndata: {}\n\n: \n\n: \n\n');
    await reader?.cancel();
    await quiet.close();
    await shut(served.server);
  });

  test('ends when the channel stops, so that the server can close', async () => {
    const stream = await openStream(url, await openSession(place));
    await stream.until(() => stream.events.length === 1);
    await place.channel.stop();
    await stream.ended;
  });

  test('ends when the transcript cannot be read, and the browser may come back', async () => {
    const warnings: string[] = [];
    let broken = true;
    const faulty = await createPlace(sample, {
      transcript: async (...query) => {
        if (broken) throw new Error('the database is gone');
        return place.store.transcript(...query);
      },
      log: { warn: (_, message) => warnings.push(message), error: () => {} },
    });
    const served = await serve(faulty);
    const token = await openSession(faulty);
    await (await openStream(served.url, token)).ended;
    broken = false;
    const stream = await openStream(served.url, token);
    await stream.until(() => stream.events.length === 1);
    expect(stream.events).toEqual([{ event: 'ready', data: '{}' }]);
    expect(warnings).toEqual(['web: a stream ended because the transcript could not be read']);
    await faulty.close();
    await shut(served.server);
  });

  test('is open at most 8 times for a visitor; a closed one makes room', async () => {
    const token = await openSession(place);
    const streams: Stream[] = [];
    for (let count = 0; count < 8; count += 1) streams.push(await openStream(url, token));
    const refused = await fetch(`${url}/api/chat/stream`, { headers: { authorization: `Bearer ${token}` } });
    expect([refused.status, await refused.json(), refused.headers.get('retry-after')]).toEqual([
      429,
      {
        error: 'too-many-streams',
        message: 'The chat is open in too many places. Close some of them, then try again in 10 seconds.',
      },
      '10',
    ]);
    streams[0]?.close();
    await expect
      .poll(() =>
        fetch(`${url}/api/chat/stream`, { headers: { authorization: `Bearer ${token}` } }).then((r) => r.status),
      )
      .toBe(200);
  });
});
