import { launchChromium } from '../chromium.ts';
import { createPlace, serve, shut } from './place.ts';
import { sample, sampleLabels } from './sample.ts';

const place = createPlace(sample, {}, sampleLabels);
const { url, server } = await serve(place);
const browser = await launchChromium();
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const locale of ['en-GB', 'zh-CN']) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale,
        deviceScaleFactor: 1,
        hasTouch: size === 'phone',
        isMobile: size === 'phone',
      });
      const page = await context.newPage();
      page.on('console', (m) => console.log('console', m.type(), m.text()));
      page.on('pageerror', (e) => console.log('pageerror', e.message));
      await page.goto(url);
      await page.getByText('Hello. Ask').waitFor();
      const name = `/tmp/shots/${size}-${colorScheme}-${locale}`;
      await page.screenshot({ path: `${name}-1.png` });
      const box = page.getByRole('textbox');
      await box.fill(locale === 'en-GB' ? 'How much does an ICP licence cost?' : 'ICP备案要多少钱？');
      await box.press('Enter');
      await page.locator('.feedback').waitFor();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${name}-2.png` });
      if (locale === 'en-GB') {
        await box.fill('option:icp:host:abroad');
        await box.press('Enter');
        await page.locator('.boxes').waitFor();
        await page.locator('.box').nth(1).click();
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${name}-3.png` });
      }
      await context.close();
    }
  }
}
await browser.close();
await shut(server);
