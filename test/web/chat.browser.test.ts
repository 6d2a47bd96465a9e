import { expect, test } from 'vitest';
import { describeInBrowser } from '../chromium.ts';
import { erased } from './sample.ts';
import { ask, conversation, useSite } from './window.ts';

const hello = 'bot: Hello. Ask about websites in China, or pick a topic.';
const cost =
  'bot: The ICP filing itself is free.The hosting provider hands it in.A licence is a different thing: see the decree.Plan 20 days.';

describeInBrowser('The chat in a browser', () => {
  const site = useSite();

  test('greets, answers with source and links, and can be asked by the examples', async () => {
    const { page } = await site.visit();
    await page.goto(site.url);
    await page.getByRole('button', { name: 'How much does an ICP licence cost?' }).click();
    await expect.poll(() => conversation(page)).toEqual([hello, 'visitor: How much does an ICP licence cost?', cost]);
    expect(await page.locator('.source').innerText()).toBe(
      'Source: our article (August 2014). Checked in November 2026. General information, not legal advice.',
    );
    const link = page.getByRole('link', { name: 'the decree' });
    expect(await link.getAttribute('href')).toBe('https://example.com/decree');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(await link.getAttribute('target')).toBe('_blank');
  });

  test('lets one choice be picked, once, and marks it', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    const choice = page.getByRole('button', { name: 'ICP filing and licence' });
    await choice.dblclick();
    await expect
      .poll(() => conversation(page))
      .toEqual([hello, 'visitor: ICP filing and licence', 'bot: You said: topic:icp']);
    expect(await page.getByRole('button', { name: 'ICP filing and licence (chosen)' }).count()).toBe(1);
    expect(await page.locator('.choice[aria-disabled="false"]').count()).toBe(0);
    expect(site.place.received.map(({ body }) => body.kind)).toEqual(['arrival', 'choice']);
  });

  test('lets several be picked together, and sends their ids', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByRole('button', { name: 'Do we need an ICP?' }).click();
    await page.getByRole('button', { name: 'Mainland China' }).click();
    const confirm = page.getByRole('button', { name: 'Confirm' });
    await confirm.waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Film, TV, music, games' }).check();
    await page.getByRole('checkbox', { name: 'News or publishing' }).check();
    await page.getByRole('button', { name: 'Confirm (2)' }).click();
    await page.getByText('Thank you for telling us.').waitFor();
    expect(site.place.received.at(-1)?.body).toEqual({
      kind: 'choice',
      ids: ['option:icp:special:news', 'option:icp:special:av'],
    });
    expect(await page.locator('.picked').allInnerTexts()).toHaveLength(4);
    await page.reload();
    await expect.poll(() => page.locator('.picked').count()).toBe(4);
  });

  test('takes feedback once', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await ask(page, 'cost?');
    await page.getByRole('group', { name: 'Did this help?' }).getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Thank you for telling us.').waitFor();
    expect(site.place.received.at(-1)?.body).toEqual({ kind: 'choice', ids: ['feedback:yes:icp-cost'] });
    expect(await page.locator('.feedback [aria-disabled="true"]').count()).toBe(2);
    expect(await page.getByRole('button', { name: 'Renewing an ICP' }).getAttribute('aria-disabled')).toBe('false');
  });

  test('shows everything again after a reload and in a second window, nothing lost, nothing doubled', async () => {
    const { page, context } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await ask(page, 'cost?');
    await page.getByText('Plan 20 days.').waitFor();
    await page.getByRole('button', { name: 'Renewing an ICP' }).click();
    const all = [hello, 'visitor: cost?', cost, 'visitor: Renewing an ICP', 'bot: You said: entry:icp-renewal'];
    await expect.poll(() => conversation(page)).toEqual(all);
    await page.reload();
    await expect.poll(() => conversation(page)).toEqual(all);
    const second = await context.newPage();
    await second.goto(site.url);
    await expect.poll(() => conversation(second)).toEqual(all);
    await ask(second, 'and now?');
    const more = [...all, 'visitor: and now?', 'bot: You said: and now?'];
    await expect.poll(() => conversation(page)).toEqual(more);
    await expect.poll(() => conversation(second)).toEqual(more);
    expect(site.place.received.filter(({ body }) => body.kind === 'arrival')).toHaveLength(1);
  });

  test('does not show one visitor what another one wrote', async () => {
    const [one, other] = [await site.visit(), await site.visit()];
    await one.page.goto(`${site.url}/chat`);
    await ask(one.page, 'my secret');
    await one.page.getByText('You said: my secret').waitFor();
    await other.page.goto(`${site.url}/chat`);
    await expect.poll(() => conversation(other.page)).toEqual([hello]);
  });

  test('shows nothing more of a conversation that was erased', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await ask(page, 'my secret');
    await page.getByText('You said: my secret').waitFor();
    await ask(page, 'forget');
    await expect.poll(() => conversation(page)).toEqual(['bot: Everything is erased.']);
  });

  test('shows that an answer is being written until it is there', async () => {
    const quiet = await site.another(() => []);
    const { page } = await quiet.visit();
    await page.goto(`${quiet.url}/chat`);
    await ask(page, 'anybody there?');
    await page.getByText('Wenda is writing…').waitFor({ state: 'attached' });
    await expect.poll(() => quiet.place.received.length).toBe(2);
    await quiet.place.push(quiet.place.received[0]?.conversation ?? '', [erased]);
    await page.getByText('Wenda is writing…').waitFor({ state: 'detached' });
    await quiet.close();
  });

  test('tells the words of a consultant from those of the bot', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    const consultant = { id: 'c', name: 'Li' };
    await site.place.push(site.place.received[0]?.conversation ?? '', [
      { type: 'relay', consultant, message: { text: '**Li** is here.', language: 'en', refs: ['handoff.joined'] } },
      { type: 'relay', consultant, message: { text: 'Good *morning*', language: 'en', refs: ['consultant'] } },
    ]);
    await expect.poll(() => conversation(page)).toEqual([hello, 'notice: Li is here.', 'consultant: Good *morning*']);
    expect(await page.locator('.consultant .author').innerText()).toBe('Consultant');
  });

  test('changes the language of page and bot, and marks the language of each message', async () => {
    const { page } = await site.visit();
    await page.goto(site.url);
    await page.getByText('Hello. Ask').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('好的，我们用中文继续。').waitFor();
    expect(await page.getByRole('textbox').getAttribute('placeholder')).toBe('请输入您的问题…');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    expect(await page.locator('.line.bot').evaluateAll((all) => all.map((line) => line.getAttribute('lang')))).toEqual([
      'en',
      'zh-Hans',
    ]);
    expect(site.place.received.at(-1)?.body).toEqual({ kind: 'choice', ids: ['language:zh'] });
    await page.reload();
    expect(await page.getByRole('textbox').getAttribute('placeholder')).toBe('请输入您的问题…');
  });

  test('begins in Chinese in a Chinese browser, and says so to the bot', async () => {
    const quiet = await site.another(() => []);
    const { page } = await quiet.visit({ locale: 'zh-TW' });
    await page.goto(quiet.url);
    await page.getByRole('heading', { level: 1, name: '关于中国网站与备案，您问，我们答' }).waitFor();
    await expect.poll(() => quiet.place.received.map(({ locale }) => locale)).toEqual(['zh-TW']);
    await quiet.close();
  });

  test('counts the last characters, and does not send what is too long', async () => {
    const { page } = await site.visit();
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    await page.getByRole('textbox').fill('x'.repeat(1850));
    await page.getByText('150 characters left').waitFor();
    await ask(page, 'x'.repeat(2001));
    await page.getByText('1 character too many.').waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    expect(await page.getByRole('textbox').inputValue()).toHaveLength(2001);
    expect(site.place.received.map(({ body }) => body.kind)).toEqual(['arrival']);
  });

  test('stays where the visitor reads, and leads to the newest message', async () => {
    const { page } = await site.visit({ viewport: { width: 400, height: 500 } });
    await page.goto(`${site.url}/chat`);
    await page.getByText('Hello. Ask').waitFor();
    for (const question of ['cost one', 'cost two', 'cost three']) await ask(page, question);
    await expect.poll(() => page.getByText('Plan 20 days.').count()).toBe(3);
    const log = page.getByRole('log');
    await log.evaluate((element) => element.scrollTo(0, 0));
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    await site.place.push(
      site.place.received[0]?.conversation ?? '',
      [erased].map((one) => ({ ...one, refs: [] })),
    );
    await page.getByText('Everything is erased.').waitFor({ state: 'attached' });
    expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await page.getByRole('button', { name: 'To the newest message' }).waitFor({ state: 'detached' });
    expect(
      await log.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight),
    ).toBeLessThan(2);
  });

  test('draws hostile text, whoever wrote it, as text', async () => {
    const attack = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> [a](javascript:window.hit=1)';
    const hostile = await site.another((body) =>
      body.kind === 'text'
        ? [{ text: attack, language: 'en', refs: [], source: attack, choices: [{ id: 'c', label: attack }] }]
        : [],
    );
    const { page } = await hostile.visit();
    await page.goto(`${hostile.url}/chat?title=${encodeURIComponent(attack)}`);
    await ask(page, attack);
    await page.locator('.choice').waitFor();
    await hostile.place.push(hostile.place.received[0]?.conversation ?? '', [
      {
        type: 'relay',
        consultant: { id: 'c', name: 'Li' },
        message: { text: attack, language: 'en', refs: ['consultant'] },
      },
    ]);
    await page.locator('.consultant').waitFor();
    expect(await conversation(page)).toEqual([
      `visitor: ${attack}`,
      `bot: ${attack.replace('[a](javascript:window.hit=1)', 'a')}`,
      `consultant: ${attack}`,
    ]);
    expect(await page.locator('#app :is(img, script, a)').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    await hostile.close();
  });
});
