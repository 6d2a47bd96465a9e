import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../../../src/ports.ts';
import { asImage } from './qr.ts';
import { type Login, sentence } from './status.ts';

/** Where the page is. */
export const pagePath = '/wechat/login';

const cookie = 'wechat-login';

/** Wrong passwords a minute, of everybody together. */
const mostFailures = 10;

const largestForm = 1_024;

/** The login page. */
export interface Page {
  readonly routes: Hono;
  /** The key of the link, where no password protects the page. */
  readonly key: string | undefined;
}

/** Creates the page that shows the code to whoever knows the password, or came by the link with the key. */
export function createPage(options: { login(): Login; readonly clock: Clock; readonly password?: string }): Page {
  const { login, clock, password } = options;
  const key = password === undefined ? random() : undefined;
  const pass = random();
  let failures: number[] = [];
  const routes = new Hono();

  function enter(context: Context, given: string): boolean {
    const now = clock();
    failures = failures.filter((at) => now - at < 60_000);
    if (failures.length >= mostFailures) return false;
    if (!same(given, password ?? key ?? '')) {
      failures.push(now);
      return false;
    }
    const secure = new URL(context.req.url).protocol === 'https:';
    setCookie(context, cookie, pass, { path: pagePath, httpOnly: true, sameSite: 'Strict', secure });
    return true;
  }

  const show = (context: Context, content: string, code: 200 | 401 | 429, refresh = false) =>
    context.html(html(content, refresh), code);
  const refused = (context: Context) =>
    failures.length >= mostFailures
      ? show(context, '<p>Too many attempts: try again in a minute.</p>', 429)
      : show(context, password === undefined ? openLink : form, 401);

  routes.use(pagePath, async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
  });
  routes.get(pagePath, (context) => {
    if (same(getCookie(context, cookie) ?? '', pass)) return show(context, contentOf(login()), 200, true);
    const given = context.req.query('key');
    if (password !== undefined || given === undefined) return refused(context);
    return enter(context, given) ? context.redirect(pagePath, 303) : refused(context);
  });
  routes.post(pagePath, async (context) => {
    const length = Number(context.req.header('Content-Length') ?? Number.POSITIVE_INFINITY);
    if (password === undefined || !(length <= largestForm)) return refused(context);
    const given = new URLSearchParams(await context.req.text()).get('password') ?? '';
    return enter(context, given) ? context.redirect(pagePath, 303) : refused(context);
  });
  return { routes, key };
}

const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const openLink = '<p>Open this page by the link that the program showed when it started.</p>';

const form = `<form method="post"><label>Password <input type="password" name="password" autocomplete="current-password"
 required autofocus></label> <button>Log in</button></form>`;

function contentOf(login: Login): string {
  const image = login.at === 'scan' ? `<div class="code">${asImage(login.code)}</div>` : '';
  return `<p>${escaped(sentence(login))}.</p>${image}`;
}

function html(content: string, refresh: boolean): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>WeChat login</title>
<meta name="viewport" content="width=device-width">${refresh ? '<meta http-equiv="refresh" content="5">' : ''}
<style>body{font:1rem/1.5 system-ui;max-width:30rem;margin:3rem auto;padding:0 1rem}.code{width:16rem;background:#fff}</style>
</head><body><main><h1>WeChat login</h1>${content}</main></body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function random(): string {
  return randomBytes(24).toString('base64url');
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
