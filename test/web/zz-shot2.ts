import { once } from 'node:events';
import { createServer } from 'node:http';
import { launchChromium } from '../chromium.ts';
import { createPlace, serve, shut } from './place.ts';
import { sample, sampleLabels } from './sample.ts';

const host = createServer((q, r) => {
  r.setHeader('content-type', 'text/html');
  r.end(
    `<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>Shop</title><body style="font-family:Georgia;margin:40px"><h1>A shop in Berlin</h1><p>${'Lorem ipsum dolor sit amet. '.repeat(60)}</p><script src="${url}/widget.js" data-title="Ask us" async></script>`,
  );
});
host.listen(0, '127.0.0.1');
await once(host, 'listening');
const hostUrl = `http://127.0.0.1:${(host.address() as any).port}`;
const place = createPlace(sample, { allowedOrigins: [hostUrl] }, sampleLabels);
const { url, server } = await serve(place);
const browser = await launchChromium();
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale: 'en-GB',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
    });
    const page = await context.newPage();
    page.on('console', (m) => console.log('console', m.type(), m.text()));
    page.on('pageerror', (e) => console.log('pageerror', e.message));
    await page.goto(hostUrl);
    const name = `/tmp/shots/w-${size}-${colorScheme}`;
    await page.getByRole('button', { name: 'Open the chat' }).click();
    const chat = page.frameLocator('iframe');
    await chat.getByText('Hello. Ask').waitFor();
    await chat.getByRole('button', { name: 'Do we need an ICP?' }).click();
    await chat.getByRole('button', { name: 'Elsewhere' }).click();
    await chat.locator('.boxes').waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${name}-1.png` });
    const conversation = place.received.at(-1)!.conversation;
    await chat.getByRole('button', { name: 'Close the chat' }).click();
    const who = { id: 'x', name: 'Li' };
    await place.push(conversation, [
      {
        type: 'relay',
        consultant: who,
        message: { text: '**Li** has joined and reads along.', language: 'en', refs: ['handoff.joined'] },
      },
      {
        type: 'relay',
        consultant: who,
        message: {
          text: 'Good morning, I have read your question about the shop.\nIs the company registered in Hong Kong?',
          language: 'en',
          refs: ['consultant'],
        },
      },
    ]);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${name}-2.png` });
    await page.getByRole('button', { name: /Open the chat/ }).click();
    await context.setOffline(true);
    const box = chat.getByRole('textbox');
    await box.fill('Yes, in Hong Kong. ');
    await box.press('Enter');
    await box.fill('x'.repeat(2003));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${name}-3.png` });
    await context.close();
  }
}
await browser.close();
await shut(server);
host.close();
