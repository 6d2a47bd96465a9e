import type { Server } from 'node:http';
import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { WebOptions } from '../../adapters/web/options.ts';
import { launchChromium } from '../chromium.ts';
import { buildPages } from './built.ts';
import { createPlace, type Place, type Script, serve, shut } from './place.ts';
import { sample, sampleLabels } from './sample.ts';

/** A place that is served, and the browser windows that were opened on it. */
export interface Site {
  readonly place: Place;
  readonly url: string;
  /** A window of a new visitor. */
  visit(options?: BrowserContextOptions): Promise<{ page: Page; context: BrowserContext }>;
  /** The server goes away: every connection breaks, none can be made. */
  goDown(): Promise<void>;
  /** It comes back at the same address. */
  comeBack(): Promise<void>;
  /** Closes everything, and checks that no window asked another host or broke the policy. */
  close(): Promise<void>;
}

/** Serves a place and opens browser windows on it. */
export async function openSite(
  browser: Browser,
  assets: string,
  script: Script,
  options: Partial<WebOptions> = {},
): Promise<Site> {
  const place = await createPlace(script, { assets, ...options }, sampleLabels);
  const served = await serve(place);
  let server: Server | undefined = served.server;
  const contexts: BrowserContext[] = [];
  const hosts = new Set<string>();
  const complaints: string[] = [];
  return {
    place,
    url: served.url,
    visit: async (contextOptions = {}) => {
      const context = await browser.newContext({ locale: 'en-GB', ...contextOptions });
      contexts.push(context);
      context.on('request', (request) => hosts.add(new URL(request.url()).origin));
      context.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(String(error.error())));
      return { context, page: await context.newPage() };
    },
    goDown: async () => {
      if (server) await shut(server);
      server = undefined;
    },
    comeBack: async () => {
      ({ server } = await serve(place, Number(new URL(served.url).port)));
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await place.close();
      if (server) await shut(server);
      expect([...hosts].filter((origin) => origin !== served.url)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  };
}

/** The site of the test that runs. */
export interface CurrentSite extends Omit<Site, 'close'> {
  /** One more site beside it, with a script of its own; the test closes it. */
  another(script: Script, options?: Partial<WebOptions>): Promise<Site>;
}

/** Opens a browser for the tests of a block, and for each of them a site of its own, where the sample answers. */
export function useSite(): CurrentSite {
  let browser: Browser;
  let assets: string;
  let site: Site;
  beforeAll(async () => {
    [browser, assets] = await Promise.all([launchChromium(), buildPages()]);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    site = await openSite(browser, assets, sample);
  });
  afterEach(() => site.close());
  return {
    get place() {
      return site.place;
    },
    get url() {
      return site.url;
    },
    visit: (options) => site.visit(options),
    goDown: () => site.goDown(),
    comeBack: () => site.comeBack(),
    another: (script, options) => openSite(browser, assets, script, options),
  };
}

/** Every line as `author: text`, from top to bottom. */
export function conversation(page: Page | Frame): Promise<readonly string[]> {
  return page.locator('.line').evaluateAll((lines) =>
    lines.map((line) => {
      const text = line.querySelector('.text, .bubble')?.textContent ?? line.textContent;
      return `${line.classList[1]}: ${text}`;
    }),
  );
}

/** Writes into the field and sends with Enter. */
export async function ask(page: Page | Frame, text: string): Promise<void> {
  const field = page.getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}

/** What axe-core finds wrong, in short, once nothing moves any more. */
export async function violations(page: Page | Frame): Promise<readonly string[]> {
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => {})');
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe };
    const found = await loaded.run({ resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}
