import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, manifest, quiet, replies, startBot } from './bot.ts';
import { type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;

beforeAll(async () => {
  slack = await startSlack({ manifest });
  bot = await startBot(slack);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

describe('a direct message', () => {
  it('is answered in its thread, with source, choices and a notification that says everything', async () => {
    const ana = slack.user({ name: 'ana', locale: 'en-US' });
    const ts = ana.post(slack.direct(ana), 'how much does an ICP filing cost?');
    const [reply] = await replies(slack, slack.direct(ana), 1);
    expect(reply).toMatchObject({ thread_ts: ts });
    expect(ana.sees(slack.direct(ana), ts)).toMatch(/Source: .*not legal advice/s);
    expect(reply?.text).toContain('Talk to a consultant');
    await quiet(slack);
    expect(await replies(slack, slack.direct(ana))).toHaveLength(1);
  });
});
