import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../chromium.ts';
import { password } from './bureau.ts';
import { openCase } from './consultant.ts';
import { thread, useOffice } from './office.ts';
import { violations } from './window.ts';

describeInBrowser('The web desk for everybody', () => {
  const office = useOffice();

  /** Everything that there is to see in a case. */
  const fill = async (page: Page) => {
    await openCase(office.bureau, 'test:1', 'how much does an ICP filing cost?', 'Ana');
    await openCase(office.bureau, 'test:2', '我们需要备案吗？', '小林');
    await page.locator('.queue a', { hasText: 'how much does' }).click();
    await page.locator('[data-act="claim"]').click();
    await page.locator('[data-act="resolve"]').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Hello Ana');
    await page.keyboard.press('Control+Enter');
    await page.locator('.item.reply .delivery.delivered').waitFor();
    await page.locator('[data-mode="note"]').click();
    await page.keyboard.type('a note');
    await page.keyboard.press('Control+Enter');
    await page.locator('.item.note').waitFor();
    await page.locator('.matches summary').first().click();
  };

  test.each([
    ['light', 1280, 'en-GB'],
    ['dark', 1280, 'zh-CN'],
    ['light', 390, 'zh-CN'],
    ['dark', 390, 'en-GB'],
  ] as const)('has nothing that axe-core complains about, %s, %s wide, %s', async (colorScheme, width, locale) => {
    const look = { colorScheme, locale, viewport: { width, height: 800 } };
    const { page: outside } = await office.visit(look);
    await outside.goto(`${office.url}/desk`);
    await outside.locator('.sign-in').waitFor();
    expect(await violations(outside)).toEqual([]);
    const { page } = await office.consultant('Mei', look);
    expect(await violations(page)).toEqual([]);
    await fill(page);
    expect(await violations(page)).toEqual([]);
    await page.locator('[data-act="insert"]').click();
    await page.locator('.offer').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.dialog').waitFor({ state: 'detached' });
    const folder = process.env['WENDA_SCREENSHOTS'];
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/desk-${colorScheme}-${width}-${locale}.png` });
  });

  test('works with the keyboard alone', async () => {
    await openCase(office.bureau, 'test:1', 'First question?', 'Ana');
    await openCase(office.bureau, 'test:2', 'Second question?', 'Ben');
    const { page } = await office.visit();
    await page.goto(`${office.url}/desk`);
    await page.getByLabel('Your name').focus();
    await page.keyboard.type('Mei');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('.queue a').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Ana' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Ben' }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Ana' }).waitFor();
    await page.keyboard.press('c');
    await page.locator('[data-act="resolve"]').waitFor();
    await page.keyboard.press('r');
    // Letters in a field are letters.
    await page.keyboard.type('jackrabbits never can');
    await page.keyboard.press('Control+Enter');
    await page.locator('.item.reply .delivered').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.type('a note');
    await page.keyboard.press('Control+Enter');
    await page.locator('.item.note').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('jackrabbits');
    await page.locator('.queue a', { hasText: 'First question?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.locator('.item.resolved').waitFor();
    expect(await thread(page)).toEqual(expect.arrayContaining(['reply: jackrabbits never can', 'note: a note']));
  });

  test('the shortcuts can be turned off', async () => {
    await openCase(office.bureau, 'test:1', 'First question?', 'Ana');
    const { page } = await office.consultant('Mei');
    await page.locator('.queue a').waitFor();
    await page.keyboard.press('?');
    await page.getByLabel('Shortcuts with single keys are on').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.getByText('Choose a case from the list.').waitFor();
    expect(await page.getByRole('heading', { name: 'Ana' }).count()).toBe(0);
  });

  test('fits a phone: the list, then the case, and back', async () => {
    await openCase(office.bureau, 'test:1', 'First question?', 'Ana');
    const { page } = await office.consultant('Mei', { viewport: { width: 360, height: 640 }, hasTouch: true });
    await page.locator('.queue a').tap();
    await page.getByRole('heading', { name: 'Ana' }).waitFor();
    expect(await page.locator('.queue').isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await page.locator('.queue a').waitFor();
    expect(await page.locator('.case').isVisible()).toBe(false);
    await page.goBack();
    await page.getByRole('heading', { name: 'Ana' }).waitFor();
  });

  test('the language of the page is chosen and remembered', async () => {
    const { page } = await office.consultant('Mei');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('没有人在等待。').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-Hans');
    await page.reload();
    await page.getByText('没有人在等待。').waitFor();
  });

  test('the key of the link leaves the address at once, and a wrong one is asked for by hand', async () => {
    const { page } = await office.visit();
    await page.goto(`${office.url}/desk?key=${encodeURIComponent(password)}#/case/x`);
    await page.getByText('Your link carries the password.').waitFor();
    expect(page.url()).toBe(`${office.url}/desk#/case/x`);
    await page.getByLabel('Your name').fill('Mei');
    await page.keyboard.press('Enter');
    await page.getByText('This case does not exist').waitFor();
    const { page: other } = await office.visit();
    await other.goto(`${office.url}/desk?key=wrong`);
    await other.getByLabel('Your name').fill('Mei');
    await other.keyboard.press('Enter');
    await other.getByText('That password is not right.').waitFor();
    await other.getByLabel('Password').fill(password);
    await other.keyboard.press('Enter');
    await other.locator('.queue').waitFor();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByLabel('Your name').waitFor();
  });

  test('a new case is told by title, sound and notification', async () => {
    const { page, context } = await office.consultant('Mei');
    await context.grantPermissions(['notifications']);
    await page.evaluate(`
      window.told = [];
      window.Notification = class { constructor(title, { body }) { window.told.push(title + ': ' + body); } };
      Notification.permission = 'granted';
      Notification.requestPermission = async () => 'granted';
      document.hasFocus = () => false;
      const plain = OscillatorNode.prototype.start;
      window.tones = 0;
      OscillatorNode.prototype.start = function (...when) { window.tones += 1; return plain.apply(this, when); };
    `);
    await page.getByRole('button', { name: 'Sound and notifications' }).click();
    await page.evaluate('window.tones = 0');
    await openCase(office.bureau, 'test:1', 'Can we sell cotton shirts?', 'Ana');
    await page.locator('.queue a', { hasText: 'Can we sell cotton shirts?' }).waitFor();
    expect(await page.evaluate('window.told')).toEqual(['New case: Can we sell cotton shirts?']);
    expect(await page.evaluate('window.tones')).toBe(2);
    expect(await page.title()).toMatch(/^\(1\) /);
  });
});
