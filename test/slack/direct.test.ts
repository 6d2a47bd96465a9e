import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: { perSecond: 1_000 }, retryAfter: [200, 1_000, 3_000] });
  bot = await startBot(slack);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

const someone = (locale = 'en-US'): Person => slack.user({ name: `person${++number}`, locale });
const callsOf = (method: string, channel: string) =>
  slack.calls.filter(
    (call) => call.method === method && (call.arguments['channel_id'] ?? call.arguments['channel']) === channel,
  );

const posted = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;

describe('a direct message', () => {
  it('is answered once, in its thread, with source, choices and a notification that says everything', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const ts = ana.post(place, 'how much does an ICP filing cost?');
    const [reply] = await replies(slack, place);
    expect(reply).toMatchObject({ thread_ts: ts });
    expect(ana.sees(place, ts)).toMatch(/Source: .*not legal advice/s);
    expect(reply?.text).toContain('Talk to a consultant');
    expect(reply?.unfurled).toEqual([]);
    await quiet(slack);
    expect(botMessages(slack, place)).toHaveLength(1);
  });

  it('shows that an answer is being looked for, names the thread, and always takes the line away', async () => {
    const ana = someone('zh-CN');
    const place = slack.direct(ana);
    const ts = ana.post(place, '备案要多少钱');
    await replies(slack, place);
    await quiet(slack);
    expect(callsOf('assistant.threads.setStatus', place.id)[0]?.arguments['status']).toBe('正在查找答案……');
    expect(slack.status(place, ts)).toBe('');
    expect(slack.title(place, ts)).toBe('备案要多少钱');
  });

  it('takes the line away when the answer was there before it', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    slack.faults.delay({ method: 'assistant.threads.setStatus' }, 700);
    const ts = ana.post(place, 'hello');
    await replies(slack, place);
    await quiet(slack, 1_200);
    expect(slack.status(place, ts)).toBe('');
    expect(callsOf('assistant.threads.setStatus', place.id).length).toBeGreaterThanOrEqual(1);
  });

  it('speaks the language that is written, otherwise that of the person', async () => {
    const wei = someone('zh-CN');
    const place = slack.direct(wei);
    wei.post(place, 'ICP?');
    const [first] = await replies(slack, place);
    expect(first?.text).toMatch(/[\u4e00-\u9fff]/);
    wei.post(place, 'how long does an ICP filing take?');
    const said = await replies(slack, place, 2);
    expect(said[1]?.text).toMatch(/Source: /);
    const hui = someone('zh-TW');
    hui.post(slack.direct(hui), '🙂🙂');
    expect((await replies(slack, slack.direct(hui)))[0]?.text).toMatch(/[選題擇關]/);
  });

  it('is one conversation across threads: a number means the list shown last', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    ana.post(place, 'menu');
    await replies(slack, place);
    ana.post(place, '2');
    const [, second] = await replies(slack, place, 2);
    expect(second?.text).toMatch(/ICP filing and licence/);
  });

  it('ignores other bots, joins and its own echo', async () => {
    const other = slack.user({ name: 'otherbot', bot: true });
    const place = slack.direct(someone());
    const before = posted();
    for (const subtype of ['channel_join', 'bot_message', 'channel_topic']) {
      slack.emit({
        type: 'message',
        subtype,
        channel: place.id,
        channel_type: 'im',
        user: 'U0SOMEBODY',
        text: 'hello',
        ts: `17${++number}.000100`,
      });
    }
    slack.emit({
      type: 'message',
      channel: place.id,
      channel_type: 'im',
      user: other.id,
      bot_id: 'B0OTHER',
      text: 'hello',
      ts: '1700000000.000200',
    });
    slack.emit({
      type: 'message',
      channel: place.id,
      channel_type: 'im',
      user: slack.botUserId,
      text: 'hello',
      ts: '1700000000.000300',
    });
    await quiet(slack, 600);
    expect(posted()).toBe(before);
  });

  it('may be a picture', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    ana.upload(place, { name: 'screen.png', mimetype: 'image/png', bytes: new Uint8Array([1]) });
    expect((await replies(slack, place))[0]?.text).toMatch(/picture|image/i);
  });

  it('is answered once when Slack delivers it several times', async () => {
    const ana = someone();
    slack.faults.duplicate(3);
    ana.post(slack.direct(ana), 'how much does an ICP filing cost?');
    await replies(slack, slack.direct(ana));
    await quiet(slack, 500);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
  });

  it('is answered once when the same gesture comes with two timestamps', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const before = posted();
    const message = {
      type: 'message',
      channel: place.id,
      channel_type: 'im',
      user: ana.id,
      text: 'hello',
      client_msg_id: `g-${number}`,
    };
    slack.emit({ ...message, ts: ana.post(place, 'hello') });
    slack.emit({ ...message, ts: '1700000001.000100' });
    await replies(slack, place);
    await quiet(slack, 600);
    expect(posted()).toBe(before + 1);
  });
});

describe('an edited question', () => {
  it('gets its answer changed in place', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const ts = ana.post(place, 'how much does an ICP filing cost?');
    const [before] = await replies(slack, place);
    ana.edit(place, ts, 'how long does an ICP filing take?');
    await expect.poll(() => botMessages(slack, place)[0]?.text).not.toBe(before?.text);
    await quiet(slack);
    const after = botMessages(slack, place);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ ts: before?.ts, edited: true });
    ana.edit(place, ts, 'how much does an ICP filing cost?');
    await expect.poll(() => botMessages(slack, place)[0]?.text).toBe(before?.text);
    expect(botMessages(slack, place)).toHaveLength(1);
  });

  it('that is no longer the last one stays answered as it was', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const ts = ana.post(place, 'how much does an ICP filing cost?');
    await replies(slack, place);
    ana.post(place, 'how long does an ICP filing take?');
    const before = await replies(slack, place, 2);
    ana.edit(place, ts, 'what is a CDN?');
    await quiet(slack);
    expect(botMessages(slack, place)).toEqual(before);
  });

  it('is no new question when only a preview was added', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const text = 'is https://example.com fine without an ICP?';
    const ts = ana.post(place, text);
    const before = await replies(slack, place);
    const message = { type: 'message', user: ana.id, text, ts };
    slack.emit({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: place.id,
      channel_type: 'im',
      ts: '1800000000.000100',
      message: { ...message, attachments: [{ title: 'Example' }] },
      previous_message: message,
    });
    await quiet(slack);
    expect(botMessages(slack, place)).toEqual(before);
  });

  it('that is deleted makes no trouble, and its answer is not sent any more', async () => {
    const ana = someone();
    const place = slack.direct(ana);
    const ts = ana.post(place, 'how much does an ICP filing cost?');
    await replies(slack, place);
    ana.delete(place, ts);
    slack.faults.rateLimit({ method: 'chat.postMessage', channel: place }, 1);
    const second = ana.post(place, 'how long does an ICP filing take?');
    await quiet(slack, 100);
    ana.delete(place, second);
    await quiet(slack, 3_500);
    expect(botMessages(slack, place)).toHaveLength(1);
    expect(await bot.health()).toMatchObject({ ready: true });
  });
});

describe('the agent pane', () => {
  it('suggests prompts in the language of the person, each of which leads somewhere', async () => {
    const wei = someone('zh-CN');
    const place = wei.openAgent();
    await expect.poll(() => slack.prompts(place).length).toBeGreaterThan(0);
    const prompts = slack.prompts(place);
    expect(prompts.length).toBeLessThanOrEqual(4);
    for (const { title } of prompts) expect(title).toMatch(/[\u4e00-\u9fff]/);
    wei.post(place, prompts.at(-1)?.message ?? '');
    const [reply] = await replies(slack, place);
    expect(reply?.text).toMatch(/顾问/);
  });
});
