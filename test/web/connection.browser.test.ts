import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../chromium.ts';
import { erased, sample, thanks } from './sample.ts';
import { ask, conversation, useSite } from './window.ts';

const hello = 'bot: Hello. Ask about websites in China, or pick a topic.';
const notice = 'No connection. What you write is kept and sent as soon as it is back.';

describeInBrowser('The chat over a bad connection', () => {
  const site = useSite();

  /** The lines of the bot, then those of the visitor: a reply may come before or after the next message. */
  const byAuthor = async (page: Page) => {
    const lines = await conversation(page);
    return [...lines.filter((line) => line.startsWith('bot')), ...lines.filter((line) => line.startsWith('visitor'))];
  };
  const both = [hello, 'bot: You said: one', 'bot: You said: two', 'visitor: one', 'visitor: two'];
  const said = () => site.place.received.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));

  test('says that it is offline, keeps what is written, and sends it once in order', async () => {
    const { page, context } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await context.setOffline(true);
    await page.getByText(notice).waitFor();
    await ask(page, 'one');
    await ask(page, 'two');
    await expect.poll(() => page.getByText('Waiting to be sent').count()).toBe(2);
    expect(said()).toEqual([]);
    await context.setOffline(false);
    await expect.poll(() => byAuthor(page), { timeout: 20_000 }).toEqual(both);
    await page.getByText(notice).waitFor({ state: 'detached' });
    expect(said()).toEqual(['one', 'two']);
    const kept = await page.evaluate(() => Object.keys(localStorage).sort());
    expect(kept).toEqual(['wenda:arrived', 'wenda:session']);
  });

  test('finds the server again after it was away, with what was said meanwhile', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await site.goDown();
    await page.getByText(notice).waitFor();
    await ask(page, 'one');
    const positions: (string | undefined)[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/stream')) positions.push(response.request().headers()['last-event-id']);
    });
    await site.place.push(site.place.received[0]?.conversation ?? '', [{ ...erased, refs: [] }]);
    await site.comeBack();
    await expect
      .poll(() => conversation(page), { timeout: 20_000 })
      .toEqual([hello, 'bot: Everything is erased.', 'visitor: one', 'bot: You said: one']);
    expect(said()).toEqual(['one']);
    expect(positions).toEqual(['1']);
  });

  test('sends what was written before a reload', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await site.goDown();
    await ask(page, 'one');
    await page.getByText('Waiting to be sent').waitFor();
    await page.goto('about:blank');
    await site.comeBack();
    await page.goto(`${site.url}/chat`);
    await expect
      .poll(() => conversation(page), { timeout: 20_000 })
      .toEqual([hello, 'visitor: one', 'bot: You said: one']);
    expect(said()).toEqual(['one']);
  });

  test('does not double a message whose acknowledgement was lost', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    let attempts = 0;
    await page.route('**/api/chat/messages', async (route) => {
      attempts += 1;
      if (attempts > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await ask(page, 'one');
    await expect.poll(() => attempts).toBe(2);
    await ask(page, 'two');
    await expect.poll(() => byAuthor(page)).toEqual(both);
    expect(said()).toEqual(['one', 'two']);
  });

  test('tries again when the server cannot store a message', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    site.place.fail(1);
    await ask(page, 'one');
    await expect
      .poll(() => conversation(page), { timeout: 20_000 })
      .toEqual([hello, 'visitor: one', 'bot: You said: one']);
    expect(said()).toEqual(['one']);
  });

  test('holds back what comes too fast, and says so', async () => {
    let now = 0;
    const strict = await site.another(sample, {
      clock: () => now,
      limits: { visitorMessagesPerMinute: 30 },
    });
    const { page } = await strict.visit();
    await page.goto(`${strict.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    for (let count = 0; count < 30; count += 1) await ask(page, `message ${count}`);
    await page.getByText('That was quick. Your message will be sent in a moment.').waitFor();
    now = 60_000;
    await expect.poll(() => strict.place.received.length, { timeout: 20_000 }).toBe(31);
    await page.getByText('That was quick.').waitFor({ state: 'detached' });
    await strict.close();
  });

  test('gives up its connection in a hidden window, looks in from time to time, and counts what came', async () => {
    const { page } = await site.visit();
    await page.clock.install();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    const setHidden = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
        document.dispatchEvent(new Event('visibilitychange'));`,
      );
    const streamEnds = () => page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stream'));
    await setHidden(true);
    const silent = streamEnds();
    await page.clock.runFor(41_000);
    await silent;
    const again = page.waitForResponse((response) => response.url().endsWith('/stream'));
    await page.clock.runFor(1_000);
    await again;
    const released = streamEnds();
    await page.clock.runFor(18_000);
    await released;
    await site.place.push(site.place.received[0]?.conversation ?? '', [thanks]);
    await page.clock.runFor(30_000);
    await page.getByText(thanks.text).waitFor();
    expect(await page.title()).toBe('(1) Wenda');
    await setHidden(false);
    await expect.poll(() => page.title()).toBe('Wenda');
    await site.place.push(site.place.received[0]?.conversation ?? '', [{ ...thanks, text: 'Welcome back.' }]);
    await page.getByText('Welcome back.').waitFor();
  });

  test('shows why a message will never be taken, and gives it back', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await page.route('**/api/chat/messages', (route) =>
      route.fulfill({ status: 422, json: { error: 'bad-body', message: 'It does not fit.' } }),
    );
    await ask(page, 'one');
    await page.getByText('This message could not be sent.').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe('one');
    expect(await conversation(page)).toEqual([hello]);
  });

  test('starts anew when its token is no longer accepted', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await page.evaluate(() => localStorage.setItem('wenda:session', 'broken'));
    await page.reload();
    await ask(page, 'one');
    await expect
      .poll(async () => [...(await conversation(page))].sort(), { timeout: 20_000 })
      .toEqual([hello, 'bot: You said: one', 'visitor: one'].sort());
    expect(new Set(site.place.received.map(({ conversation: id }) => id)).size).toBe(2);
  });
});
