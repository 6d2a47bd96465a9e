import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeInBrowser, launchChromium } from '../chromium.ts';
import { buildPages } from './built.ts';
import { createPlace, serve, shut } from './place.ts';
import { sample, sampleLabels, thanks } from './sample.ts';
import { ask, conversation, violations } from './window.ts';

const hello = 'bot: Hello. Ask about websites in China, or pick a topic.';

describeInBrowser('The widget on the page of another site', () => {
  let browser: Browser;
  let assets: string;
  let shop: Server;
  let shopUrl: string;
  let scripts = '';
  let policy = '';
  let bot: Awaited<ReturnType<typeof open>>;
  let page: Page;

  const open = async (allowedOrigins: readonly string[]) => {
    const place = await createPlace(sample, { assets, allowedOrigins }, sampleLabels);
    return { place, ...(await serve(place)) };
  };
  const script = (attributes = '') => `<script src="${bot.url}/widget.js" ${attributes}></script>`;
  const chat = async () => {
    const handle = await page.locator('iframe').elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('there is no frame');
    return frame;
  };

  beforeAll(async () => {
    [browser, assets] = await Promise.all([launchChromium(), buildPages()]);
    shop = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (policy) response.setHeader('content-security-policy', policy);
      response.end(
        `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Shop</title></head><body><main><h1>Shop</h1><a href="/next">Next page</a></main>${scripts}</body></html>`,
      );
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await shut(shop);
    await browser.close();
  });
  beforeEach(async () => {
    bot = await open([shopUrl]);
    scripts = script();
    policy = '';
    page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  });
  afterEach(async () => {
    await page.context().close();
    await bot.place.close();
    await shut(bot.server);
  });

  test('opens on a click, answers, closes with Escape and gives the focus back', async () => {
    await page.goto(shopUrl);
    const button = page.getByRole('button', { name: 'Open the chat' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(bot.place.received).toEqual([]);
    await button.click();
    const frame = await chat();
    await frame.getByText('Hello. Ask').waitFor();
    await expect.poll(() => frame.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
    await page.keyboard.type('cost');
    await page.keyboard.press('Enter');
    await frame.getByText('Plan 20 days.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'hidden' });
    expect(await page.evaluate("document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')")).toBe(
      'Open the chat',
    );
    await page.keyboard.press('Enter');
    await page.locator('.panel').waitFor({ state: 'visible' });
    await expect.poll(() => frame.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
  });

  test('counts what came while it was closed', async () => {
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    const frame = await chat();
    await frame.getByText('Hello. Ask').waitFor();
    await frame.getByRole('button', { name: 'Close the chat' }).click();
    await page.locator('.panel').waitFor({ state: 'hidden' });
    await expect.poll(() => frame.evaluate('document.title')).toBe('Wenda');
    await bot.place.push(bot.place.received[0]?.conversation ?? '', [thanks, thanks]);
    await page.getByRole('button', { name: 'Open the chat, 2 new messages' }).click();
    await page.getByRole('button', { name: 'Close the chat', exact: true }).and(page.locator('.open')).waitFor();
    await expect.poll(() => page.locator('.dot').textContent()).toBe('');
  });

  test('goes on open on the next page, with the same conversation, without taking the focus', async () => {
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await ask(await chat(), 'one');
    await (await chat()).getByText('You said: one').waitFor();
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.waitForURL('**/next');
    const frame = await chat();
    await expect.poll(() => conversation(frame)).toEqual([hello, 'visitor: one', 'bot: You said: one']);
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  });

  test('keeps the token from the page that embeds it', async () => {
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await (await chat()).getByText('Hello. Ask').waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect(await page.evaluate(() => Object.entries(sessionStorage))).toEqual([['wenda', 'open']]);
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  test('is there once when its script is there twice, and leaves no globals', async () => {
    scripts = '';
    await page.goto(shopUrl);
    const before = await page.evaluate('Object.getOwnPropertyNames(window).sort()');
    for (let count = 0; count < 2; count += 1) await page.addScriptTag({ url: `${bot.url}/widget.js` });
    await page.getByRole('button', { name: 'Open the chat' }).waitFor();
    expect(await page.locator('[data-wenda]').count()).toBe(1);
    expect(await page.evaluate('Object.getOwnPropertyNames(window).sort()')).toEqual(before);
    expect(await page.evaluate('typeof wenda + typeof load')).toBe('undefinedundefined');
  });

  test('takes its language, side and title from its attributes', async () => {
    scripts = script('data-language="zh" data-position="left" data-title="ICP &lt;b&gt;顾问&lt;/b&gt;" async');
    await page.goto(shopUrl);
    const button = page.getByRole('button', { name: '打开对话' });
    await button.click();
    expect((await button.or(page.locator('.open')).boundingBox())?.x).toBe(20);
    const frame = await chat();
    await frame.getByRole('heading', { name: 'ICP <b>顾问</b>' }).waitFor();
    await expect.poll(() => bot.place.received.map(({ locale }) => locale)).toEqual(['zh-CN']);
  });

  test('fills the screen of a phone, and can be closed there', async () => {
    await page.setViewportSize({ width: 390, height: 700 });
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await (await chat()).getByText('Hello. Ask').waitFor();
    expect(await page.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
    expect(await page.locator('.open').isVisible()).toBe(false);
    await (await chat()).getByRole('button', { name: 'Close the chat' }).click();
    await page.locator('.open').waitFor({ state: 'visible' });
  });

  test('works under a policy of the page that allows nothing but the bot’s script and frame', async () => {
    policy = `default-src 'none'; script-src ${bot.url}; frame-src ${bot.url}`;
    await page.goto(shopUrl);
    const button = page.getByRole('button', { name: 'Open the chat' });
    await button.click();
    await (await chat()).getByText('Hello. Ask').waitFor();
    const position =
      "getComputedStyle(document.querySelector('[data-wenda]').shadowRoot.querySelector('.panel')).position";
    expect(await page.evaluate(position)).toBe('fixed');
  });

  test('stays shut on a site that is not allowed to embed it', async () => {
    await bot.place.close();
    await shut(bot.server);
    bot = await open(['https://another.example']);
    scripts = script();
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await expect.poll(async () => (await chat()).url()).toBe('chrome-error://chromewebdata/');
    expect(bot.place.received).toEqual([]);
  });

  test('has nothing that axe-core complains about, closed and open', async () => {
    await page.goto(shopUrl);
    await page.getByRole('button', { name: 'Open the chat' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    const frame = await chat();
    await frame.getByText('Hello. Ask').waitFor();
    expect(await violations(frame)).toEqual([]);
  });
});
