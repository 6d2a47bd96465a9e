import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { conversationOf } from '../../adapters/web/token.ts';
import { createPlace } from './place.ts';
import { sample } from './sample.ts';
import { answerOf, openSession, post } from './visitor.ts';

const text = (value: string, id = 'abcdefgh-1') => ({ kind: 'text', id, text: value });

describe('A session', () => {
  test('is 192 random bits, never the same', async () => {
    const place = await createPlace(sample);
    const [one, other] = [await openSession(place), await openSession(place)];
    expect(one).toMatch(/^[\w-]{32}$/);
    expect(other).toMatch(/^[\w-]{32}$/);
    expect(one).not.toBe(other);
  });

  test('gives a conversation that does not show the token', async () => {
    const token = await openSession(await createPlace(sample));
    expect(conversationOf(token)).toMatch(/^web:[\w-]{32}$/);
    expect(conversationOf(token)).not.toContain(token);
  });

  test.each([
    ['none', undefined],
    ['another scheme', `Basic ${'a'.repeat(32)}`],
    ['one that is too short', `Bearer ${'a'.repeat(31)}`],
    ['one that is too long', `Bearer ${'a'.repeat(33)}`],
    ['one with foreign characters', `Bearer ${'a'.repeat(31)}!`],
  ])('is refused with 401: %s', async (_, authorization) => {
    const { routes } = await createPlace(sample);
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    const expected = {
      status: 401,
      body: {
        error: 'no-session',
        message:
          'The session is missing or malformed. Get a token by POST /api/chat/session and send it as "Authorization: Bearer TOKEN".',
      },
      retryAfter: null,
    };
    const posted = await routes.request('/api/chat/messages', { method: 'POST', headers, body: '{}' });
    expect(await answerOf(posted)).toEqual(expected);
    expect(await answerOf(await routes.request('/api/chat/stream', { headers }))).toEqual(expected);
  });
});

describe('A message', () => {
  test('reaches the bot with its key, conversation, locale and text', async () => {
    const place = await createPlace(sample, { clock: () => 1234 });
    const token = await openSession(place);
    const answer = await post(place, token, { ...text('  hello\0\ud800 '), locale: 'en-GB' });
    expect(answer).toEqual({ status: 202, body: { status: 'accepted' }, retryAfter: null });
    const conversation = conversationOf(token);
    expect(place.received).toEqual([
      {
        key: `${conversation}:abcdefgh-1`,
        conversation,
        at: 1234,
        locale: 'en-GB',
        body: { kind: 'text', text: 'hello\ufffd' },
      },
    ]);
  });

  test('sent twice is applied once, and accepted both times', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    const answers = [await post(place, token, text('hello')), await post(place, token, text('hello'))];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(place.received).toHaveLength(1);
  });

  test('with the same id of two visitors is two messages', async () => {
    const place = await createPlace(sample);
    await post(place, await openSession(place), text('hello'));
    await post(place, await openSession(place), text('hello'));
    expect(place.received).toHaveLength(2);
  });

  test('may be a choice of several', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    const ids = ['option:icp:special:health', 'option:icp:special:news'];
    expect((await post(place, token, { kind: 'choice', id: 'abcdefgh-1', ids })).status).toBe(202);
    expect(place.received[0]?.body).toEqual({ kind: 'choice', ids });
  });

  test('of arrival is applied once for a session', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    await post(place, token, { kind: 'arrival', locale: 'zh-CN' });
    await post(place, token, { kind: 'arrival', locale: 'zh-CN' });
    expect(place.received.map(({ key, locale, body }) => ({ key, locale, body }))).toEqual([
      { key: `${conversationOf(token)}:arrival`, locale: 'zh-CN', body: { kind: 'arrival' } },
    ]);
  });

  test('that cannot be stored is answered with 503, and the same message is taken later', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    place.fail(1);
    expect(await post(place, token, text('hello'))).toEqual({
      status: 503,
      body: {
        error: 'unavailable',
        message: 'The message could not be stored just now. Send it again with the same id; it will not be doubled.',
      },
      retryAfter: '2',
    });
    expect((await post(place, token, text('hello'))).status).toBe(202);
    expect(place.received).toHaveLength(1);
  });

  test('is answered with 503 once the channel has stopped', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    await place.channel.stop();
    expect((await post(place, token, text('hello'))).status).toBe(503);
  });

  test.each([
    ['no text', text('   '), 'text-empty'],
    ['2,001 characters', text('字'.repeat(2001)), 'text-too-long'],
    ['an unknown kind', { kind: 'order', id: 'abcdefgh-1' }, 'bad-body'],
    ['no kind', {}, 'bad-body'],
    ['an unknown field', { ...text('a'), admin: true }, 'bad-body'],
    ['an id that is too short', text('a', 'short'), 'bad-body'],
    ['an id with a colon', text('a', 'abcd:efgh'), 'bad-body'],
    ['text that is no text', { ...text('a'), text: 1 }, 'bad-body'],
    ['no choice', { kind: 'choice', id: 'abcdefgh-1', ids: [] }, 'bad-body'],
    ['nine choices', { kind: 'choice', id: 'abcdefgh-1', ids: Array(9).fill('a') }, 'bad-body'],
    ['a choice of 201 characters', { kind: 'choice', id: 'abcdefgh-1', ids: ['a'.repeat(201)] }, 'bad-body'],
    ['a choice with a space', { kind: 'choice', id: 'abcdefgh-1', ids: ['a b'] }, 'bad-body'],
    ['a locale with a line end', { ...text('a'), locale: 'en\nx' }, 'bad-body'],
    ['null', null, 'bad-body'],
  ])('is refused with 422: %s', async (_, body, error) => {
    const place = await createPlace(sample);
    const answer = await post(place, await openSession(place), body);
    expect(answer.status).toBe(422);
    expect(answer.body).toHaveProperty('error', error);
    expect(place.received).toEqual([]);
  });

  test('may have 2,000 characters, counted as people count them', async () => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    expect((await post(place, token, text('𠮷'.repeat(2000)))).status).toBe(202);
    expect(await post(place, token, text('𠮷'.repeat(2001), 'abcdefgh-2'))).toEqual({
      status: 422,
      body: {
        error: 'text-too-long',
        message: 'The message is longer than 2000 characters. Shorten it or send it in parts.',
      },
      retryAfter: null,
    });
  });

  test('that does not fit is told where', async () => {
    const place = await createPlace(sample);
    const answer = await post(place, await openSession(place), { kind: 'choice', id: 'x', ids: ['ok', 'not ok'] });
    expect(answer.body).toEqual({
      error: 'bad-body',
      message:
        'The body does not fit: id: 8 to 64 letters, digits or hyphens; ids.1: 1 to 200 letters, digits or . : / # = + - _',
    });
  });
});

describe('A malformed request', () => {
  const ask = async (path: string, init: RequestInit = {}) => {
    const place = await createPlace(sample);
    const token = await openSession(place);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
    const response = await place.routes.request(path, { ...init, headers });
    const { error } = z.object({ error: z.string() }).parse(await response.json());
    return { status: response.status, error, allow: response.headers.get('allow') };
  };

  test.each([
    ['broken JSON', '/messages', { method: 'POST', body: '{"kind":' }, 400, 'bad-json', null],
    ['no body', '/messages', { method: 'POST' }, 400, 'bad-json', null],
    [
      'not JSON',
      '/messages',
      { method: 'POST', body: 'a', headers: { 'content-type': 'text/plain' } },
      415,
      'not-json',
      null,
    ],
    ['over 16 KiB', '/messages', { method: 'POST', body: 'x'.repeat(16_385) }, 413, 'body-too-large', null],
    ['an unknown address', '/secrets', {}, 404, 'not-found', null],
    ['a wrong method', '/messages', {}, 405, 'wrong-method', 'POST'],
    ['a negative position', '/stream?after=-1', {}, 422, 'bad-cursor', null],
    ['a position in words', '/stream?after=last', {}, 422, 'bad-cursor', null],
    ['a position in words in the header', '/stream', { headers: { 'last-event-id': 'x' } }, 422, 'bad-cursor', null],
  ])('is refused: %s', async (_, path, init, status, error, allow) => {
    expect(await ask(`/api/chat${path}`, init)).toEqual({ status, error, allow });
  });
});

test('The operator is told once when a proxy is not trusted', async () => {
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => warnings.push(message), error: () => {} };
  const headers = { 'x-forwarded-for': '198.51.100.7' };
  for (const trustProxy of [true, false]) {
    const { routes } = await createPlace(sample, { log, trustProxy });
    await routes.request('/api/chat/session', { method: 'POST' });
    for (let count = 0; count < 2; count += 1) await routes.request('/api/chat/session', { method: 'POST', headers });
  }
  expect(warnings).toEqual(['web: X-Forwarded-For is ignored. If a proxy of yours sets it, set TRUST_PROXY=true.']);
});

describe('Limits', () => {
  test('20 messages a minute for a visitor', async () => {
    const place = await createPlace(sample, { clock: () => 0 });
    const token = await openSession(place);
    for (let count = 0; count < 20; count += 1) {
      expect((await post(place, token, text('a', `abcdefgh-${count}`), `192.0.2.${count}`)).status).toBe(202);
    }
    expect(await post(place, token, text('a', 'abcdefgh-20'))).toEqual({
      status: 429,
      body: { error: 'too-many-messages', message: 'Too many messages at once. Wait 3 seconds and send it again.' },
      retryAfter: '3',
    });
    expect((await post(place, await openSession(place), text('a'))).status).toBe(202);
  });

  test('60 messages a minute from an address, whoever sends them', async () => {
    const place = await createPlace(sample, { clock: () => 0 });
    const one = 'x'.repeat(32);
    for (let count = 0; count < 60; count += 1) {
      const token = `${String(count).padStart(2, '0')}${one.slice(2)}`;
      expect((await post(place, token, text('a'))).status).toBe(202);
    }
    expect((await post(place, one, text('a'))).status).toBe(429);
    expect((await post(place, one, text('a'), '192.0.2.2')).status).toBe(202);
  });

  test('20 sessions a minute from an address', async () => {
    const place = await createPlace(sample, { clock: () => 0 });
    for (let count = 0; count < 20; count += 1) await openSession(place);
    expect(await answerOf(await place.routes.request('/api/chat/session', { method: 'POST' }))).toEqual({
      status: 429,
      body: {
        error: 'too-many-sessions',
        message: 'Too many new chats from this address. Wait 3 seconds and try again.',
      },
      retryAfter: '3',
    });
  });
});
