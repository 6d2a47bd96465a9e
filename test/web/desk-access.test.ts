import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newState } from '../../src/core/conversation/state.ts';
import type { AttachedFile } from '../../src/core/message.ts';
import { type Bureau, openBureau, password } from './bureau.ts';
import { attempt, cookieOf, openCase, refusalOf, signIn } from './consultant.ts';

let bureau: Bureau;
let now: number;

beforeEach(async () => {
  now = Date.now();
  bureau = await openBureau({ clock: () => now });
});
afterEach(() => bureau.close());

const hour = 3_600_000;
const me = (cookie: string) => bureau.routes.request('/desk/api/session', { headers: { cookie } });

describe('signing in', () => {
  test('needs the password and a name; the cookie is for this site alone', async () => {
    expect(await refusalOf(await attempt(bureau, { password: 'wrong', name: 'Mei' }))).toEqual([401, 'wrong-password']);
    for (const name of ['', ' . ', 'x'.repeat(41)])
      expect(await refusalOf(await attempt(bureau, { password, name }, undefined, '192.0.2.9'))).toEqual([
        422,
        'bad-body',
      ]);
    const response = await attempt(bureau, { password, name: '  小 林\u202e ' });
    expect(await response.json()).toEqual({ consultant: { id: 'web:小-林', name: '小 林' } });
    expect(response.headers.get('set-cookie')).toMatch(
      /^wenda-desk=[^;]+; Max-Age=43200; Path=\/desk; HttpOnly; SameSite=Strict$/,
    );
    expect((await me(cookieOf(response))).status).toBe(200);
  });

  test('the cookie goes over https only where people come by https', async () => {
    const secure = await openBureau({ publicUrl: 'https://chat.example.com' });
    const response = await attempt(secure, { password, name: 'Mei' });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
    await secure.close();
  });

  test('is limited for each address, and for all together', async () => {
    const statuses = async (times: number, address: (time: number) => string) => {
      const seen: number[] = [];
      for (let time = 0; time < times; time += 1)
        seen.push((await attempt(bureau, { password: `no ${time}`, name: 'x' }, undefined, address(time))).status);
      return seen;
    };
    expect(await statuses(8, () => '192.0.2.1')).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
    const right = await attempt(bureau, { password, name: 'Mei' }, undefined, '192.0.2.1');
    expect(right.status).toBe(429);
    expect(right.headers.get('retry-after')).toBe('10');
    expect((await statuses(60, (time) => `198.51.100.${time}`)).filter((status) => status === 429)).not.toEqual([]);
    now += 60_000;
    expect((await attempt(bureau, { password, name: 'Mei' }, undefined, '192.0.2.1')).status).toBe(200);
  });

  test('lasts for twelve hours after the last use', async () => {
    let cookie = cookieOf(await attempt(bureau, { password, name: 'Mei' }));
    now += 11 * hour;
    const renewed = await me(cookie);
    expect(renewed.status).toBe(200);
    const before = cookie;
    cookie = cookieOf(renewed);
    now += 11 * hour;
    expect((await me(before)).status).toBe(401);
    expect((await me(cookie)).status).toBe(200);
    now += 12 * hour;
    expect((await me(cookie)).status).toBe(401);
  });

  test('ends with signing out, also for a copy of the cookie; a forged cookie is none', async () => {
    const mei = await signIn(bureau, 'Mei');
    expect((await mei.request('session', { method: 'DELETE' })).status).toBe(204);
    expect((await me(mei.cookie)).status).toBe(401);
    const tom = await signIn(bureau, 'Tom');
    const [name, value = ''] = tom.cookie.split('=');
    const [data = '', signature] = decodeURIComponent(value).split('.');
    const forged = {
      ...JSON.parse(Buffer.from(data, 'base64url').toString()),
      consultant: { id: 'web:mei', name: 'Mei' },
    };
    const cookie = `${name}=${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`;
    expect((await me(cookie)).status).toBe(401);
  });

  test('a session of another password is none', async () => {
    const { cookie } = await signIn(bureau, 'Mei');
    const other = await openBureau({ password: 'quite another password' });
    expect((await other.routes.request('/desk/api/session', { headers: { cookie } })).status).toBe(401);
    await other.close();
  });

  test('without a password the link carries a random one', async () => {
    const { password: _, ...open } = { password, pollEvery: 200 };
    const { createWebDesk } = await import('../../adapters/web/desk/desk.ts');
    const log = { warn: () => {}, error: () => {} };
    const webDesk = createWebDesk({ desk: bureau.desk, clock: () => now, log, ...open });
    const key = new URL(webDesk.link('http://127.0.0.1:3000')).searchParams.get('key') ?? '';
    expect(key.length).toBeGreaterThanOrEqual(24);
    expect((await attempt(webDesk, { password: key, name: 'Mei' })).status).toBe(200);
    expect((await attempt(webDesk, { password: '', name: 'Mei' })).status).toBe(401);
    webDesk.stop();
    expect(bureau.webDesk.link('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000/desk');
  });
});

describe('requests from elsewhere', () => {
  test.each([
    ['without the header of the page', {}],
    ['from another site', { 'x-wenda-desk': '1', origin: 'https://evil.example' }],
    ['from another site, as the browser says', { 'x-wenda-desk': '1', 'sec-fetch-site': 'cross-site' }],
    ['from a neighbouring host', { 'x-wenda-desk': '1', 'sec-fetch-site': 'same-site' }],
    ['from nowhere', { 'x-wenda-desk': '1', origin: 'null' }],
  ])('change nothing: %s', async (_, headers) => {
    const { cookie } = await signIn(bureau, 'Mei');
    const id = await openCase(bureau, 'test:1', 'question');
    const body = JSON.stringify({ id: 'act-00001', act: { does: 'claim' } });
    const given = { cookie, 'content-type': 'application/json', host: 'desk.example', ...headers };
    const response = await bureau.routes.request(`/desk/api/cases/${id}/acts`, {
      method: 'POST',
      body,
      headers: given,
    });
    expect(await refusalOf(response)).toEqual([403, 'foreign-page']);
    expect((await bureau.desk.view(id))?.status).toBe('waiting');
    expect(
      await refusalOf(await attempt(bureau, { password, name: 'x' }, { host: 'desk.example', ...headers })),
    ).toEqual([403, 'foreign-page']);
  });

  test('without a session get nothing', async () => {
    const id = await openCase(bureau, 'test:1', 'question');
    for (const path of ['cases', `cases/${id}`, `cases/${id}/transcript.md`, 'kit', 'stream', 'files/x', 'anything'])
      expect(await refusalOf(await bureau.routes.request(`/desk/api/${path}`))).toEqual([401, 'signed-out']);
  });

  test('nothing of the desk is cached, framed, or run from elsewhere', async () => {
    const { headers } = await bureau.routes.request('/desk/api/session');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('files', () => {
  const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);

  test('are kept for the case and come back as they were; only images are shown', async () => {
    const mei = await signIn(bureau, 'Mei');
    const id = await openCase(bureau, 'test:1', 'question');
    const upload = async (name: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
      mei.request(`cases/${id}/files?${new URLSearchParams({ name })}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const fileOf = async (response: Response) => ((await response.json()) as { file: AttachedFile }).file;
    const image = await fileOf(await upload('../up\u202e/plan.png', 'image/png', png));
    expect(image).toMatchObject({ name: 'plan.png', type: 'image/png', size: 8 });
    const shown = await mei.request(`files/${image.id}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(png);
    expect(shown.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''plan.png");
    const text = await fileOf(await upload('报价.txt', 'text/plain; charset=utf-8', '<script>alert(1)</script>'));
    const saved = await mei.request(`files/${text.id}`);
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await refusalOf(await upload('a.html', 'text/html', 'x'))).toEqual([415, 'file-type']);
    expect(await refusalOf(await upload('a.svg', 'image/svg+xml', 'x'))).toEqual([415, 'file-type']);
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    expect(await refusalOf(await upload('a.zip', 'application/zip', large))).toEqual([413, 'file-too-large']);
    await mei.act(id, { does: 'claim' });
    expect(await mei.act(id, { does: 'say', text: '', file: image.id })).toEqual({ as: 'done' });
    expect((await mei.look(id)).thread.at(-1)).toMatchObject({ kind: 'reply', file: { name: 'plan.png' } });
  });

  test('of another case are not sent', async () => {
    const mei = await signIn(bureau, 'Mei');
    const [one, two] = [await openCase(bureau, 'test:1', 'question'), await openCase(bureau, 'test:2', 'question')];
    const response = await mei.request(`cases/${one}/files?name=a.png`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: png,
    });
    const { file } = (await response.json()) as { file: AttachedFile };
    await mei.act(two, { does: 'claim' });
    await expect(mei.act(two, { does: 'say', text: 'x', file: file.id })).rejects.toThrow('no such file of this case');
  });
});

test('a transcript as Markdown makes nobody’s words into markup, and leaves notes out on demand', async () => {
  const mei = await signIn(bureau, 'Mei');
  const nasty = '# no <b>head</b> [x](http://evil.example) *a* | b\n- 1. www.evil.example\n1. one';
  const id = await openCase(bureau, 'test:1', nasty);
  await mei.act(id, { does: 'note', text: 'only `us`' });
  const read = async (query = '') => (await mei.request(`cases/${id}/transcript.md${query}`)).text();
  const all = await read();
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const types = new Set<string>();
  const walk = (node: { type: string; children?: readonly { type: string }[] }) => {
    types.add(node.type);
    for (const child of node.children ?? []) walk(child);
  };
  walk(fromMarkdown(all.slice(all.indexOf('Visitor · 访客**'), all.indexOf('Bot · 自动助手**'))));
  expect([...types].sort()).toEqual(['blockquote', 'paragraph', 'root', 'text']);
  expect(all).toContain('only \\`us\\`');
  expect(await read('?internal=no')).not.toContain('only');
});

test('an open page hears of every change, also of another replica, until the session ends', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  const mei = await signIn(bureau, 'Mei');
  const response = await mei.request('stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => (await reader?.read())?.value ?? 'end';
  expect(await next()).toMatch(/^event: change\ndata: \d+/);
  await bureau.desk.act({
    key: 'elsewhere',
    case: id,
    at: now,
    consultant: { id: 'slack:U1', name: 'Li' },
    act: { does: 'claim' },
  });
  expect(await next()).toMatch(/^event: change/);
  // Another process stores something, which rings nobody here.
  await bureau.store.transact({ key: 'other', conversation: 'test:1', at: now }, ({ state = newState('en') }) => ({
    state,
    event: {},
    effects: [{ type: 'desk', case: id, item: { kind: 'details' } }],
  }));
  expect(await next()).toMatch(/^event: change/);
  await mei.request('session', { method: 'DELETE' });
  bureau.webDesk.wake();
  let last = await next();
  while (last !== 'end') last = await next();
});
