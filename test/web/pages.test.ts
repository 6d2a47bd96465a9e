import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from './built.ts';
import { createPlace } from './place.ts';
import { sample } from './sample.ts';

let assets: string;
beforeAll(async () => {
  assets = await buildPages();
});

const open = (allowedOrigins: readonly string[] = []) => createPlace(sample, { assets, allowedOrigins });

describe('The pages', () => {
  test.each(['/', '/chat', '/widget.js', '/assets/none.js', '/api/chat/none'])(
    'carry a strict policy at %s',
    async (path) => {
      const response = await (await open(['https://shop.example', 'https://www.shop.example'])).routes.request(path);
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' https://shop.example https://www.shop.example",
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  test('may be framed by their own origin only, unless others are allowed', async () => {
    const response = await (await open()).routes.request('/chat');
    expect(response.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
  });

  test('are looked up again each time; what they load never changes', async () => {
    const { routes } = await open();
    const html = await (await routes.request('/')).text();
    const loaded = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(loaded.length).toBeGreaterThan(2);
    const caching = async (path: string) => {
      const response = await routes.request(path);
      return [response.status, response.headers.get('cache-control')];
    };
    for (const path of loaded) {
      expect(await caching(`/${path}`)).toEqual([200, 'public, max-age=31536000, immutable']);
    }
    expect(await caching('/')).toEqual([200, 'no-cache']);
    expect(await caching('/chat')).toEqual([200, 'no-cache']);
    expect(await caching('/widget.js')).toEqual([200, 'public, max-age=600']);
  });

  test('are not sent again when they have not changed', async () => {
    const { routes } = await open();
    const etag = (await routes.request('/chat')).headers.get('etag') ?? '';
    expect((await routes.request('/chat', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('are sent compressed to browsers that can read it', async () => {
    const response = await (await open()).routes.request('/widget.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
  });

  test('hold no inline script, no inline style and no address of another host', async () => {
    for (const file of ['index.html', 'chat.html']) {
      const html = await readFile(join(assets, file), 'utf8');
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|style=|\son\w+=|https?:/);
    }
  });

  test('do not serve files from outside their folder', async () => {
    const { routes } = await open();
    for (const path of ['/assets/../chat.html', '/assets/%2e%2e/chat.html', '/assets/..%2fchat.html']) {
      const response = await routes.request(new Request(`http://localhost${path}`));
      expect(await response.text()).not.toContain('frame');
    }
  });

  test('that are not built are answered with what to do, and the channel is not ready', async () => {
    const place = await createPlace(sample, { assets: await mkdtemp(join(tmpdir(), 'wenda-empty-')) });
    const response = await place.routes.request('/');
    expect([response.status, await response.text()]).toEqual([
      503,
      'The pages of the chat are not built. Run: npm run build',
    ]);
    expect(place.channel.health()).toEqual({
      ready: false,
      detail: 'The pages of the web chat are not built: npm run build.',
    });
  });

  test('that are built make the channel ready, until it stops', async () => {
    const { channel } = await createPlace(sample, { assets, publicUrl: 'https://bot.example' });
    expect(channel.health()).toEqual({ ready: true, detail: 'The web chat is open at https://bot.example.' });
    await channel.stop();
    expect(channel.health()).toEqual({ ready: false, detail: 'The web chat is not started.' });
  });
});

/** Bytes, gzipped, of a page with everything that it loads. */
async function weight(page: string): Promise<number> {
  const loaded = new Set([page]);
  for (const file of loaded) {
    const text = await readFile(join(assets, file), 'utf8');
    // Pages name what they load from their own folder, scripts from the folder of scripts.
    for (const [, name] of text.matchAll(/["'`(]\.\/(?:assets\/)?([\w-]+\.(?:js|css|svg))/g))
      loaded.add(`assets/${name}`);
  }
  const sizes = [...loaded].map(async (file) => gzipSync(await readFile(join(assets, file))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test.each([
  ['index.html', 30_000],
  ['chat.html', 30_000],
  ['desk.html', 45_000],
])('Everything that %s loads is at most %i bytes gzipped', async (page, most) => {
  const loaded = await weight(page);
  expect(loaded).toBeGreaterThan(5_000);
  expect(loaded).toBeLessThanOrEqual(most);
});

test('The loader of the widget is at most 4 kB gzipped', async () => {
  expect(gzipSync(await readFile(join(assets, 'widget.js'))).length).toBeLessThanOrEqual(4_000);
});
