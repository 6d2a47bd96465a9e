import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../chromium.ts';
import { openCase } from './consultant.ts';
import { thread, useOffice } from './office.ts';
import { ask, conversation } from './window.ts';

describeInBrowser('The web desk', () => {
  const office = useOffice();

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply to the visitor' });
  const send = async (page: Page, text: string) => {
    await reply(page).fill(text);
    await page.keyboard.press('Control+Enter');
  };
  const open = (page: Page, question: string) => page.locator('.queue a', { hasText: question }).click();

  test('a visitor on the web and a consultant at the desk, from the first question to the rating', async () => {
    const { page: desk } = await office.consultant('Mei');
    await desk.getByText('Nobody is waiting.').waitFor();
    const { page: visitor } = await office.visit({ viewport: { width: 420, height: 800 } });
    await visitor.goto(`${office.url}/chat`);
    await visitor.locator('.line').first().waitFor();
    await ask(visitor, 'How much does an ICP filing cost for shop.example.com?');
    await visitor.getByText('no government fee').first().waitFor();
    await ask(visitor, 'I want to talk to a person');
    await desk.locator('.queue a', { hasText: 'How much does an ICP' }).waitFor();
    expect(await desk.title()).toBe('(1) Desk · Wenda 问答');
    await ask(visitor, 'ana@example.com');
    await open(desk, 'How much does an ICP');
    await desk.locator('.data', { hasText: 'ana@example.com' }).waitFor();
    expect(await desk.locator('.data').textContent()).toContain('shop.example.com');
    await desk.getByText('Why this answer').first().click();
    await desk.getByText('Answered with “Cost of an ICP”').waitFor();

    await button(desk, 'Claim').click();
    await visitor.getByText('Mei has joined').waitFor();
    await send(desk, 'Hello, this is <b>Mei</b>. *Which* province?');
    await visitor.getByText('Hello, this is <b>Mei</b>. *Which* province?').waitFor();
    await desk.locator('.item.reply', { hasText: 'Delivered' }).waitFor();
    await ask(visitor, '<img src=x onerror=alert(1)> Jiangsu');
    await desk.locator('.item.visitor', { hasText: '<img src=x onerror=alert(1)> Jiangsu' }).waitFor();
    await button(desk, 'Internal note').click();
    await desk.getByRole('textbox', { name: 'Note for colleagues only' }).fill('Has no company in China yet');
    await desk.keyboard.press('Control+Enter');
    await desk.locator('.item.note', { hasText: 'Has no company' }).waitFor();
    await button(desk, 'Reply').click();
    await send(desk, '// also internal');
    await desk.locator('.item.note', { hasText: 'also internal' }).waitFor();

    await button(desk, 'Reply').click();
    await desk
      .locator('input[type=file]')
      .setInputFiles({ name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('100') });
    await desk.locator('.attached', { hasText: 'offer.txt' }).waitFor();
    await send(desk, 'Our offer.');
    const saved = visitor.waitForEvent('download');
    await visitor.getByRole('button', { name: 'Save the file offer.txt' }).click();
    expect((await saved).suggestedFilename()).toBe('offer.txt');

    await button(desk, 'Resolve').click();
    await desk.locator('.item.resolved').waitFor();
    await visitor.locator('.feedback button').last().waitFor();
    expect((await conversation(visitor)).join('\n')).not.toMatch(/no company in China|also internal/);
    await visitor.locator('.feedback').last().getByRole('button').first().click();
    await desk.locator('.item.rated', { hasText: 'it helped' }).waitFor();
    await desk.getByRole('tab', { name: 'Closed' }).click();
    await desk.locator('.queue a', { hasText: 'Resolved · Mei' }).waitFor();
  });

  test('two consultants side by side: one wins, the other is told who, both see the same', async () => {
    const [{ page: mei }, { page: tom }] = [await office.consultant('Mei'), await office.consultant('Tom')];
    await openCase(office.bureau, 'test:1', 'Is our shop allowed?', 'Ana');
    for (const page of [mei, tom]) await open(page, 'Is our shop allowed?');
    for (const page of [mei, tom]) await button(page, 'Claim').waitFor();
    // Pressed in the page itself, so that neither is told of the other first.
    await Promise.all([mei, tom].map((page) => page.evaluate("document.querySelector('[data-act=claim]').click()")));
    const told = await Promise.race(
      [mei, tom].map(async (page) => {
        await page.getByText('was faster and has this case now.').waitFor();
        return page;
      }),
    );
    const [winner, loser] = told === mei ? (['Tom', 'Mei'] as const) : (['Mei', 'Tom'] as const);
    await told.getByText(`${winner} was faster`).waitFor();
    for (const page of [mei, tom]) await page.locator('.about', { hasText: `With ${winner}` }).waitFor();
    await told.getByText(`${winner} has this case. You can add internal notes.`).waitFor();
    await told.getByRole('textbox', { name: 'Note for colleagues only' }).fill('I know this visitor');
    await told.keyboard.press('Control+Enter');
    const holder = told === mei ? tom : mei;
    await holder.locator('.item.note', { hasText: 'I know this visitor' }).waitFor();
    await holder.locator('.menu', { hasText: 'Transfer to…' }).click();
    await button(holder, loser).click();
    await button(told, 'Resolve').waitFor();
    await button(holder, 'Resolve').waitFor({ state: 'detached' });
    expect(await thread(told)).toEqual(await thread(holder));
  });

  test('what is being written stays while the case changes, and is kept for each case', async () => {
    await openCase(office.bureau, 'test:1', 'First question?');
    await openCase(office.bureau, 'test:2', 'Second question?');
    const { page } = await office.consultant('Mei');
    await open(page, 'First question?');
    await button(page, 'Claim').click();
    await reply(page).fill('half a sen');
    const { id } = (await office.bureau.desk.find({ show: 'mine', consultant: 'web:mei', limit: 1 }))[0] ?? {};
    await office.bureau.desk.act({
      key: 'elsewhere',
      case: id ?? '',
      at: Date.now(),
      consultant: { id: 'slack:U1', name: 'Li' },
      act: { does: 'note', text: 'from another desk' },
    });
    await page.locator('.item.note', { hasText: 'from another desk' }).waitFor();
    await page.keyboard.type('tence');
    expect(await reply(page).inputValue()).toBe('half a sentence');
    await page.getByRole('tab', { name: 'All' }).click();
    await open(page, 'Second question?');
    await page.getByText('Claim the case to reply.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Note for colleagues only' }).inputValue()).toBe('');
    await page.reload();
    await page.getByRole('tab', { name: 'Mine' }).click();
    await open(page, 'First question?');
    await button(page, 'Resolve').waitFor();
    expect(await reply(page).inputValue()).toBe('half a sentence');
  });

  test('a reply that confuses filing and licence goes out only when it is sent again', async () => {
    await openCase(office.bureau, 'test:1', '备案要多少钱？');
    const { page } = await office.consultant('Mei');
    await open(page, '备案要多少钱？');
    await button(page, 'Claim').click();
    await send(page, '许可证要一百万注册资本。');
    await page.getByRole('alert').getByText('They are different things.').waitFor();
    expect(office.bureau.sent.join()).not.toContain('许可证要一百万');
    await button(page, 'Send anyway').click();
    await page.locator('.item.reply', { hasText: 'Delivered' }).waitFor();
    expect(office.bureau.sent).toContain('许可证要一百万注册资本。');
  });

  test('without a connection nothing is lost or doubled', async () => {
    await openCase(office.bureau, 'test:1', 'Why is our site slow in China?');
    const { page } = await office.consultant('Mei');
    await open(page, 'Why is our site slow in China?');
    await button(page, 'Claim').click();
    await button(page, 'Resolve').waitFor();
    await office.goDown();
    await send(page, 'Written on the train');
    await page.getByText('Not sent: no connection.').waitFor();
    await page.getByRole('alert').getByText('No connection.').waitFor();
    await office.comeBack();
    await button(page, 'Try again').click();
    await page.locator('.item.reply', { hasText: 'Delivered' }).waitFor();
    await page.getByText('No connection.').waitFor({ state: 'detached' });
    expect(office.bureau.sent.filter((text) => text === 'Written on the train')).toHaveLength(1);
    expect((await thread(page)).filter((line) => line === 'reply: Written on the train')).toHaveLength(1);
  });

  test('saved replies and answers are inserted in the visitor’s language; a file goes with a reply', async () => {
    await openCase(office.bureau, 'test:1', '我们需要备案吗？');
    const { page } = await office.consultant('Mei');
    await open(page, '我们需要备案吗？');
    await button(page, 'Claim').click();
    await button(page, 'Insert').click();
    await page.getByLabel('Search replies and answers').fill('greeting');
    await page.keyboard.press('Enter');
    expect(await reply(page).inputValue()).toMatch(/^您好，让您久等了/);
    await reply(page).fill('');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
    await page.locator('.attached', { hasText: 'plan.pdf' }).waitFor();
    await send(page, '附件请查收。');
    await page.locator('.item.reply .attachment', { hasText: 'plan.pdf' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'plan.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('plan.pdf');
  });

  test('one’s own reply is changed and taken back', async () => {
    await openCase(office.bureau, 'test:1', 'Why is our site slow in China?');
    const { page } = await office.consultant('Mei');
    await open(page, 'Why is our site slow in China?');
    await button(page, 'Claim').click();
    await send(page, 'It costs 100.');
    await page.locator('.item.reply', { hasText: 'Delivered' }).waitFor();
    await button(page, 'Edit').click();
    await page.getByRole('textbox', { name: 'Edit' }).fill('It costs 200.');
    await button(page, 'Save').click();
    await page.locator('.item.reply', { hasText: 'edited' }).waitFor();
    expect(await thread(page)).toContain('reply: It costs 200.');
    await button(page, 'Take back').click();
    await page.locator('.item.reply del', { hasText: 'It costs 200.' }).waitFor();
  });
});
