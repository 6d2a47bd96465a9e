import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../chromium.ts';
import { thanks } from './sample.ts';
import { ask, conversation, useSite, violations } from './window.ts';

describeInBrowser('The chat for everybody', () => {
  const site = useSite();

  /** Everything that there is to see: an answer, a consultant, boxes, a message that waits. */
  const fill = async (page: Page) => {
    await page.getByText('Hello. Ask').waitFor();
    await ask(page, 'cost');
    await page.getByText('Plan 20 days.').waitFor();
    const consultant = { id: 'c', name: 'Li' };
    await site.place.push(site.place.received[0]?.conversation ?? '', [
      { type: 'relay', consultant, message: { text: 'Li is here.', language: 'en', refs: ['handoff.joined'] } },
      { type: 'relay', consultant, message: { text: 'Good morning', language: 'en', refs: ['consultant'] } },
    ]);
    await page.getByText('Good morning').waitFor();
    await ask(page, 'option:icp:host:x');
    await page.getByRole('checkbox').first().check();
    await page.getByRole('textbox').fill('x'.repeat(2005));
  };

  test.each([
    ['light', '/', 1280],
    ['dark', '/', 1280],
    ['light', '/chat', 390],
    ['dark', '/chat', 390],
  ] as const)('has nothing that axe-core complains about, %s at %s, %s wide', async (colorScheme, path, width) => {
    const { page, context } = await site.visit({ colorScheme, viewport: { width, height: 800 } });
    await page.goto(site.url + path);
    await fill(page);
    expect(await violations(page)).toEqual([]);
    await context.setOffline(true);
    await page.getByText('No connection.').waitFor();
    await ask(page, 'one');
    await page.getByText('Waiting to be sent').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('works with the keyboard alone: the focus goes on from what was picked', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    const focused = () => page.evaluate("document.activeElement?.textContent ?? ''");
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    expect(await focused()).toBe('1Do we need an ICP? (a few questions)');
    await press('Enter');
    await page.getByText('Where is it hosted').waitFor();
    await press('Tab');
    expect(await focused()).toBe('1Mainland China');
    await press('Space');
    await page.getByText('Is any of this involved?').waitFor();
    await press('Tab', 'Space', 'Tab', 'Space', 'Tab', 'Tab', 'Tab');
    expect(await focused()).toBe('Confirm (2)');
    await press('Enter');
    await page.getByText(thanks.text).waitFor();
    expect(await focused()).toBe('✓Medicine, medical devices, health products (chosen)');
    await press('Tab');
    await page.keyboard.type('and the cost?');
    await press('Enter');
    await page.getByText('Plan 20 days.').waitFor();
    await page.keyboard.type('line');
    await press('Shift+Enter');
    await page.keyboard.type('break');
    expect(await page.getByRole('textbox').inputValue()).toBe('line\nbreak');
  });

  test('does not send with the Enter that ends the writing of a Chinese word', async () => {
    const { page, context } = await site.visit({ locale: 'zh-CN' });
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    const keyboard = await context.newCDPSession(page);
    await keyboard.send('Input.imeSetComposition', { text: 'beian', selectionStart: 5, selectionEnd: 5 });
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 } as const;
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    expect(await page.getByRole('textbox').inputValue()).toBe('beian');
    await keyboard.send('Input.insertText', { text: '备案' });
    // Safari reports the Enter that ends a word after the composition, as key 229.
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    expect(await page.getByRole('textbox').inputValue()).toBe('备案');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await conversation(page)).at(1)).toBe('visitor: 备案');
    expect(site.place.received.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))).toEqual(['备案']);
  });

  test('tells screen readers about new lines, their authors and their choices', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await fill(page);
    expect(await page.getByRole('log', { name: 'Conversation' }).getAttribute('aria-busy')).toBe('false');
    expect(await page.getByRole('group', { name: 'Choices' }).count()).toBe(3);
    expect(await page.locator('.line > .unseen').allTextContents()).toEqual([
      'Wenda: ',
      'You: ',
      'Wenda: ',
      'You: ',
      'Wenda: ',
    ]);
    expect(await page.getByRole('textbox', { name: 'Your question' }).getAttribute('aria-invalid')).toBe('true');
  });

  test.each(['/', '/chat'])(
    'fits a phone at %s: nothing sticks out, the field is in sight, no keyboard pops up',
    async (path) => {
      const { page } = await site.visit({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
      await page.goto(site.url + path);
      await page.getByText('Hello. Ask').waitFor();
      expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
      await ask(page, `cost ${'x'.repeat(300)}`);
      await page.getByText('Plan 20 days.').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(640);
      const box = await page.getByRole('textbox').boundingBox();
      expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThanOrEqual(640);
    },
  );

  test('moves nothing for those who asked for less motion', async () => {
    const { page } = await site.visit({ reducedMotion: 'reduce' });
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await ask(page, 'cost');
    await page.getByText('Plan 20 days.').waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});
