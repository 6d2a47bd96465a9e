import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Language, Suggestion } from '../../src/core/message.ts';
import { describeInBrowser, launchChromium } from '../chromium.ts';
import { buildPages } from './built.ts';
import { sample } from './sample.ts';
import { conversation, openSite, type Site, violations } from './window.ts';

const part = (text: string, found = false) => ({ text, found });

const english: readonly Suggestion[] = [
  {
    entry: 'icp-cost',
    language: 'en',
    title: [part('Cost'), part(' of an ICP')],
    question: [part('icp '), part('cost', true)],
  },
  { entry: 'icp-renewal', language: 'en', title: [part('Renewing an '), part('ICP', true)] },
  { entry: 'cdn-cost', language: 'en', title: [part('How a CDN is priced <b>')] },
];

const chinese: readonly Suggestion[] = [
  {
    entry: 'icp-cost',
    language: 'zh',
    title: [part('备案', true), part('费用')],
    question: [part('备案', true), part('要多少钱')],
  },
];

describeInBrowser('Suggestions while typing', () => {
  let browser: Browser;
  let assets: string;
  let site: Site;
  const asked: string[] = [];
  const suggest = (text: string, _: Language) => {
    asked.push(text);
    if (/备/.test(text)) return chinese;
    return /cost|icp/i.test(text) ? english : [];
  };
  beforeAll(async () => {
    [browser, assets] = await Promise.all([launchChromium(), buildPages()]);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    asked.length = 0;
    site = await openSite(browser, assets, sample, { suggest });
  });
  afterEach(() => site.close());

  const open = async (options: Parameters<Site['visit']>[0] = {}, path = '/chat') => {
    const visit = await site.visit(options);
    await visit.page.goto(site.url + path);
    await visit.page.getByText('Hello. Ask').waitFor();
    return visit;
  };
  const type = (page: Page, text: string) => page.getByRole('textbox').pressSequentially(text);
  const shown = (page: Page) => page.getByRole('option').allTextContents();
  const list = (page: Page) => page.getByRole('listbox', { name: 'Suggested answers' });
  const gone = (page: Page) => list(page).waitFor({ state: 'detached' });
  const bodies = () => site.place.received.flatMap(({ body }) => (body.kind === 'arrival' ? [] : [body]));

  test('show titles and questions with what was found in them, and never as markup', async () => {
    const { page } = await open();
    await type(page, 'icp cost');
    await list(page).waitFor();
    expect(await shown(page)).toEqual(['Cost of an ICPicp cost', 'Renewing an ICP', 'How a CDN is priced <b>']);
    expect(await page.locator('mark').allTextContents()).toEqual(['cost', 'ICP']);
  });

  test('wait for a pause in the typing, and ask for the same text once', async () => {
    const { page } = await open();
    await type(page, 'icp cost');
    await list(page).waitFor();
    expect(asked.length).toBeLessThan('icp cost'.length);
    const before = asked.filter((text) => text === 'icp cost').length;
    expect(before).toBe(1);
    await type(page, 's');
    await expect.poll(() => asked.at(-1)).toBe('icp costs');
    await page.keyboard.press('Backspace');
    await list(page).waitFor();
    expect(asked.filter((text) => text === 'icp cost').length).toBe(1);
  });

  test('are picked with arrows and Enter; the list goes round by way of the text itself', async () => {
    const { page } = await open();
    const field = page.getByRole('textbox');
    await type(page, 'icp');
    await list(page).waitFor();
    const active = async () => {
      const id = await field.getAttribute('aria-activedescendant');
      return id && (await page.locator(`#${id}`).textContent());
    };
    expect(await active()).toBe(null);
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe('How a CDN is priced <b>');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe(null);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('Renewing an ICP');
    expect(await page.getByRole('option', { selected: true }).allTextContents()).toEqual(['Renewing an ICP']);
    await page.keyboard.press('Enter');
    await gone(page);
    await expect.poll(bodies).toEqual([{ kind: 'choice', ids: ['entry:icp-renewal'] }]);
    expect(await field.inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect((await conversation(page))[1]).toMatch(/^visitor: /);
  });

  test('are never in the way of sending: Enter sends what was written', async () => {
    const { page } = await open();
    await type(page, 'icp cost');
    await list(page).waitFor();
    await page.keyboard.press('Enter');
    await gone(page);
    await expect.poll(bodies).toEqual([{ kind: 'text', text: 'icp cost' }]);
    await page.getByText('Plan 20 days.').waitFor();
    expect(await list(page).count()).toBe(0);
    await type(page, 'icp');
    await list(page).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => bodies().at(-1)).toEqual({ kind: 'text', text: 'icp' });
    await gone(page);
  });

  test('are late at times: an answer that comes after the sending shows nothing', async () => {
    const { page, context } = await open();
    await context.route('**/api/suggest*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue().catch(() => undefined);
    });
    await type(page, 'icp cost');
    await page.waitForTimeout(300);
    await page.keyboard.press('Enter');
    await page.getByText('Plan 20 days.').waitFor();
    await page.waitForTimeout(900);
    expect(await list(page).count()).toBe(0);
  });

  test('go away with Escape until the field has been empty', async () => {
    const { page } = await open();
    await type(page, 'icp');
    await list(page).waitFor();
    await page.keyboard.press('Escape');
    await gone(page);
    await type(page, ' cost');
    await page.waitForTimeout(500);
    expect(await list(page).count()).toBe(0);
    await page.getByRole('textbox').fill('');
    await type(page, 'icp');
    await list(page).waitFor();
  });

  test('go away when the focus does', async () => {
    const { page } = await open();
    await type(page, 'icp');
    await list(page).waitFor();
    await page.keyboard.press('Shift+Tab');
    await gone(page);
  });

  test('can be clicked, and tapped', async () => {
    const { page } = await open();
    await type(page, 'icp');
    await page.getByRole('option').nth(1).click();
    await expect.poll(() => bodies().at(-1)).toEqual({ kind: 'choice', ids: ['entry:icp-renewal'] });
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');

    const phone = await open({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
    await phone.page.getByRole('textbox').tap();
    await type(phone.page, 'icp');
    const option = phone.page.getByRole('option').first();
    expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await option.tap();
    await expect.poll(() => bodies().at(-1)).toEqual({ kind: 'choice', ids: ['entry:icp-cost'] });
    await gone(phone.page);
  });

  test('in another language than that of the chat are sent as a text, so that the answer is in it', async () => {
    const { page } = await open();
    await type(page, '备案');
    await page.getByRole('option').click();
    await expect.poll(() => bodies().at(-1)).toEqual({ kind: 'text', text: '备案要多少钱' });
  });

  test('do not show while a Chinese word is being composed', async () => {
    const { page, context } = await open({ locale: 'zh-CN' });
    await page.getByRole('textbox').focus();
    const keyboard = await context.newCDPSession(page);
    await keyboard.send('Input.imeSetComposition', { text: 'icp', selectionStart: 3, selectionEnd: 3 });
    expect(await page.getByRole('textbox').inputValue()).toBe('icp');
    await page.waitForTimeout(500);
    expect([asked, await page.getByRole('listbox').count()]).toEqual([[], 0]);
    await keyboard.send('Input.insertText', { text: '备案' });
    await page.getByRole('listbox').waitFor();
    expect(asked).toEqual(['备案']);
  });

  test('are silent while a consultant answers, for several lines, and for long texts', async () => {
    const { page } = await open();
    await type(page, 'icp');
    await list(page).waitFor();
    await page.keyboard.press('Shift+Enter');
    await gone(page);
    await page.getByRole('textbox').fill(`icp ${'x'.repeat(100)}`);
    await page.waitForTimeout(400);
    expect(await list(page).count()).toBe(0);
    const consultant = { id: 'c', name: 'Li' };
    await site.place.push(site.place.received[0]?.conversation ?? '', [
      { type: 'relay', consultant, message: { text: 'Good morning', language: 'en', refs: ['consultant'] } },
    ]);
    await page.getByText('Good morning').waitFor();
    asked.length = 0;
    await page.getByRole('textbox').fill('');
    await type(page, 'icp');
    await page.waitForTimeout(400);
    expect([asked, await list(page).count()]).toEqual([[], 0]);
  });

  test('are told to screen readers', async () => {
    const { page } = await open();
    const field = page.getByRole('textbox', { name: 'Your question' });
    expect(await field.getAttribute('aria-controls')).toBe(null);
    await type(page, 'icp');
    await list(page).waitFor();
    expect(await field.getAttribute('aria-controls')).toBe(await list(page).getAttribute('id'));
    expect(await field.getAttribute('aria-autocomplete')).toBe('list');
    await page.getByText('3 suggestions. Arrow keys choose one, Enter takes it.').waitFor();
  });

  test.each([
    ['light', '/', 1280],
    ['dark', '/', 1280],
    ['light', '/chat', 390],
    ['dark', '/chat', 390],
  ] as const)('have nothing that axe-core complains about, %s at %s, %s wide', async (colorScheme, path, width) => {
    const { page } = await open({ colorScheme, viewport: { width, height: 800 } }, path);
    await type(page, 'icp');
    await list(page).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await violations(page)).toEqual([]);
  });

  test('are quietly missing when the server does not answer', async () => {
    const { page, context } = await open();
    await context.route('**/api/suggest*', (route) => route.abort());
    await type(page, 'icp cost');
    await page.waitForTimeout(400);
    expect(await list(page).count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByText('Plan 20 days.').waitFor();
  });
});
