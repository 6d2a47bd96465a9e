import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, startBot } from './bot.ts';
import { askForPerson, type Consultants, cards, heard, marks, startConsultants, until } from './consultants.ts';
import { type Slack, startSlack } from './stand-in/index.ts';
import { client } from './stand-in/sample.ts';

let slack: Slack;
let data: string;
let desk: Consultants;
let second: Bot | undefined;

beforeEach(async () => {
  slack = await startSlack({ manifest, limits: false, retryAfter: [200, 1_000, 3_000] });
  data = mkdtempSync(join(tmpdir(), 'wenda-desk-'));
  desk = await startConsultants(slack, { data });
});
afterEach(async () => {
  slack.faults.clear();
  await second?.stop();
  second = undefined;
  await desk.bot.stop();
  await slack.stop();
  rmSync(data, { recursive: true, force: true });
});

const someone = () => slack.user({ name: 'Ana', locale: 'en-US' });

async function restart(): Promise<void> {
  await desk.bot.stop();
  second = await startBot(slack, { data, env: { SLACK_DESK_CHANNEL: desk.place.id } });
}

describe('when something fails on the way', { timeout: 60_000 }, () => {
  it('a card whose answer was lost is not posted twice, and what is written under it counts', async () => {
    const { mei, place } = desk;
    slack.faults.dropResponse({ method: 'chat.postMessage', channel: place });
    const { card, visitor } = await askForPerson(slack, place, someone());
    await until(() => botMessages(slack, place, card.ts).length >= 3);
    expect(cards(slack, place)).toHaveLength(1);
    await mei.click(place, card.ts, 'desk:claim');
    const reply = mei.post(place, 'Hello', { thread: card.ts });
    await until(() => marks(slack, place, reply).includes('white_check_mark'));
    expect(heard(slack, visitor).filter((text) => text.includes('Hello'))).toHaveLength(1);
  });

  it('a line of the thread whose answer was lost is not said twice, and the card still shows the last state', async () => {
    const { mei, place } = desk;
    const { card } = await askForPerson(slack, place, someone());
    await until(() => botMessages(slack, place, card.ts).length >= 3);
    slack.faults.dropResponse({ method: 'chat.postMessage', channel: place });
    slack.faults.dropRequest({ method: 'chat.update', channel: place });
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => JSON.stringify(slack.message(place, card.ts).blocks).includes('Mei'), 30_000);
    const lines = () => botMessages(slack, place, card.ts).filter(({ text }) => text.startsWith('Mei has claimed'));
    await until(() => lines().length > 0, 30_000);
    await quiet(slack, 1_000);
    expect(lines()).toHaveLength(1);
  });

  it('what a consultant writes while the program is away is carried when it is back, once', async () => {
    const { mei, place } = desk;
    const { card, visitor } = await askForPerson(slack, place, someone());
    await mei.click(place, card.ts, 'desk:claim');
    const early = mei.post(place, 'early', { thread: card.ts });
    await until(() => marks(slack, place, early).includes('white_check_mark'));
    await desk.bot.stop();
    // Nobody listens, and Slack does not say it again.
    const late = mei.post(place, 'late', { thread: card.ts });
    await restart();
    await until(() => marks(slack, place, late).includes('white_check_mark'), 20_000);
    const said = heard(slack, visitor).filter((text) => text.startsWith('Consultant:'));
    expect(said).toEqual(['Consultant: early', 'Consultant: late']);
  });

  it('a card that somebody deleted is made again', async () => {
    const { mei, place } = desk;
    const { card: seen, visitor } = await askForPerson(slack, place, someone());
    const card = { ...seen };
    await until(() => botMessages(slack, place, card.ts).length >= 3);
    await client(slack).chat.delete({ channel: place.id, ts: card.ts });
    Object.assign(slack.message(place, card.ts), { blocks: card.blocks });
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => JSON.stringify(cards(slack, place).map(({ blocks }) => blocks)).includes('Mei'));
    const [again] = cards(slack, place);
    expect(again?.ts).not.toBe(card.ts);
    const reply = mei.post(place, 'Hello', { thread: again?.ts ?? '' });
    await until(() => marks(slack, place, reply).includes('white_check_mark'));
    await until(() => heard(slack, visitor).at(-1) === 'Consultant: Hello');
  });
});
