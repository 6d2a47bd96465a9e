import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebOptions } from '../../adapters/web/options.ts';
import type { Suggestion } from '../../src/core/message.ts';
import { createPlace, type Place } from './place.ts';
import { sample } from './sample.ts';
import { answerOf } from './visitor.ts';

const cost: Suggestion = { entry: 'icp-cost', language: 'en', title: [{ text: 'Cost of an ICP', found: false }] };

describe('GET /api/suggest', () => {
  let place: Place;
  const asked: (readonly [string, string])[] = [];
  const open = (options: Partial<WebOptions> = {}) =>
    createPlace(sample, {
      suggest: (text, language) => {
        asked.push([text, language]);
        return [cost];
      },
      ...options,
    });
  beforeEach(async () => {
    asked.length = 0;
    place = await open();
  });
  afterEach(() => place.close());

  const get = (query: string, method = 'GET', remoteAddress = '192.0.2.1') =>
    place.routes.request(`/api/suggest${query}`, { method }, { incoming: { socket: { remoteAddress } } });

  test('gives what may be meant, and lets the browser keep it for itself', async () => {
    const response = await get(`?q=${encodeURIComponent('备案 & 费')}&language=zh`);
    expect(response.headers.get('cache-control')).toBe('private, max-age=300');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await answerOf(response)).toEqual({ status: 200, body: { suggestions: [cost] }, retryAfter: null });
    await get('?q=cost');
    expect(asked).toEqual([
      ['备案 & 费', 'zh'],
      ['cost', 'en'],
    ]);
  });

  test.each(['', '?language=en', '?q=cost&language=de', `?q=${'x'.repeat(2_001)}`])(
    'refuses an address that asks nothing: %s',
    async (query) => {
      const { status, body } = await answerOf(await get(query));
      expect([status, body]).toEqual([422, { error: 'bad-query', message: expect.stringContaining('?q=TEXT') }]);
      expect(asked).toEqual([]);
    },
  );

  test('takes no other method', async () => {
    const response = await get('?q=cost', 'POST');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('is limited for each address', async () => {
    await place.close();
    place = await open({ clock: () => 0, limits: { addressSuggestionsPerMinute: 2 } });
    const statuses = [];
    for (let times = 0; times < 3; times++) statuses.push((await get('?q=cost')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await answerOf(await get('?q=cost'))).retryAfter).toBe('30');
    expect((await get('?q=cost', 'GET', '192.0.2.2')).status).toBe(200);
    expect(asked.length).toBe(3);
  });

  test('gives nothing where nothing suggests', async () => {
    const silent = await createPlace(sample);
    const { body } = await answerOf(await silent.routes.request('/api/suggest?q=cost'));
    expect(body).toEqual({ suggestions: [] });
    await silent.close();
  });
});
