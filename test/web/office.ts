import type { Server } from 'node:http';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { buildPages } from './built.ts';
import { type Bureau, openBureau, password } from './bureau.ts';
import { serve, shut } from './place.ts';

/** The program as it is served, and browser windows on it. */
export interface Office {
  readonly bureau: Bureau;
  readonly url: string;
  /** A new browser window. */
  visit(options?: BrowserContextOptions): Promise<{ page: Page; context: BrowserContext }>;
  /** A window in which a consultant of this name is signed in. */
  consultant(name: string, options?: BrowserContextOptions): Promise<{ page: Page; context: BrowserContext }>;
  /** The server goes away, and comes back at the same address. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Opens a browser for the tests of a block, and for each of them a program of its own. */
export function useOffice(): Office {
  let browser: Browser;
  let assets: string;
  let bureau: Bureau;
  let server: Server | undefined;
  let url = '';
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, assets] = await Promise.all([launchChromium(), buildPages()]);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    bureau = await openBureau({ assets });
    ({ server, url } = await serve(bureau));
    complaints.length = 0;
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await bureau.close();
    if (server) await shut(server);
    expect(complaints).toEqual([]);
  });

  const visit = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    contexts.push(context);
    context.setDefaultTimeout(10_000);
    context.on('request', (request) => {
      if (!request.url().startsWith(url)) complaints.push(request.url());
    });
    context.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    return { context, page: await context.newPage() };
  };

  return {
    get bureau() {
      return bureau;
    },
    get url() {
      return url;
    },
    visit,
    consultant: async (name, options) => {
      const { page, context } = await visit(options);
      await page.goto(`${url}/desk`);
      await page.getByLabel(/Your name|您的名字/).fill(name);
      await page.getByLabel(/Password|密码/).fill(password);
      await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
      await page.locator('.queue').waitFor();
      return { page, context };
    },
    goDown: async () => {
      if (server) await shut(server);
      server = undefined;
    },
    comeBack: async () => {
      ({ server } = await serve(bureau, Number(new URL(url).port)));
    },
  };
}

/** The thread of a case, as `kind: words` from top to bottom. */
export function thread(page: Page): Promise<readonly string[]> {
  return page.locator('.thread .item').evaluateAll((items) =>
    items.map((item) => {
      const words = item.querySelector('.said') ?? item.querySelector('span') ?? item;
      return `${item.classList[1]}: ${words.textContent}`;
    }),
  );
}
