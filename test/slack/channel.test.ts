import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Person, type Place, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;
let questions: Place;
let ana: Person;
let ben: Person;
let general: Place;
let number = 0;
const data = mkdtempSync(join(tmpdir(), 'wenda-slack-'));
const start = () => startBot(slack, { data, env: { SLACK_QUESTION_CHANNELS: questions.id } });

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: { perSecond: 1_000 }, retryAfter: [200, 1_000, 3_000] });
  questions = slack.channel({ name: 'questions' });
  bot = await start();
});
beforeEach(() => {
  number += 1;
  ana = slack.user({ name: `ana${number}`, locale: 'en-US' });
  ben = slack.user({ name: `ben${number}`, locale: 'en-US' });
  general = slack.channel({ members: [ana, ben] });
  for (const person of [ana, ben]) person.join(questions);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
  rmSync(data, { recursive: true });
});

const mention = () => `<@${slack.botUserId}>`;

describe('a mention in a channel', () => {
  it('is answered once, in a thread, whichever of its two events comes first', async () => {
    for (let round = 0; round < 6; round++) {
      const ts = ana.post(general, `${mention()} how much does an ICP filing cost?`);
      const [reply] = await replies(slack, general, 1, ts);
      expect(reply).toMatchObject({ thread_ts: ts });
    }
    await quiet(slack);
    expect(botMessages(slack, general)).toHaveLength(6);
    expect(slack.attempts.filter(({ name }) => name === 'app_mention').length).toBeGreaterThanOrEqual(6);
  });

  it('without words is greeted', async () => {
    const ts = ana.post(general, mention());
    const [reply] = await replies(slack, general, 1, ts);
    expect(reply?.text).toMatch(/automated assistant/);
  });

  it('inside a thread of others brings the bot into that thread only', async () => {
    const root = ben.post(general, 'our site is slow today');
    await quiet(slack);
    ana.post(general, `${mention()} do I need an ICP filing?`, { thread: root });
    const [reply] = await replies(slack, general, 1, root);
    expect(reply).toMatchObject({ thread_ts: root });
  });

  it('is silent where it was not asked', async () => {
    const root = ana.post(general, 'how much does an ICP filing cost?');
    ben.post(general, 'about 500, I think', { thread: root });
    ana.post(general, 'how long does it take?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general)).toEqual([]);
  });
});

describe('what follows in the thread', () => {
  const asked = async () => {
    const root = ana.post(general, `${mention()} how much does an ICP filing cost?`);
    await replies(slack, general, 1, root);
    return root;
  };

  it('is answered without another mention, also for somebody else who asks', async () => {
    const root = await asked();
    ana.post(general, 'and how long does it take?', { thread: root });
    await replies(slack, general, 2, root);
    ben.post(general, 'can a foreign company apply for an ICP?', { thread: root });
    await replies(slack, general, 3, root);
  });

  it('is left alone when it is addressed to somebody else, and so is what follows', async () => {
    const root = await asked();
    ana.post(general, `<@${ben.id}> can you check this?`, { thread: root });
    ana.post(general, 'how long does an ICP filing take?', { thread: root });
    ben.post(general, 'how much does an ICP filing cost?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general, root)).toHaveLength(1);
    ana.post(general, `${mention()} how long does an ICP filing take?`, { thread: root });
    await replies(slack, general, 2, root);
    ana.post(general, 'and what does it cost?', { thread: root });
    await replies(slack, general, 3, root);
  });

  it('is left alone when two people talk in turn', async () => {
    const root = await asked();
    ben.post(general, 'thanks, I will forward this to our lawyer', { thread: root });
    ana.post(general, 'great, how long does an ICP filing take by the way?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general, root)).toHaveLength(1);
  });

  it('is answered when a question comes late, after what people said to one another later', async () => {
    const root = await asked();
    slack.faults.reverse(2);
    ana.post(general, 'how long does an ICP filing take?', { thread: root });
    ben.post(general, `<@${ana.id}> shall we?`, { thread: root });
    await replies(slack, general, 2, root);
    slack.faults.reverse(1);
    ana.post(general, 'and what does it cost?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general, root)).toHaveLength(2);
  });

  it('is left alone when people talk to one another, in whatever order their words come', async () => {
    const root = await asked();
    ana.post(general, `<@${ben.id}> can you check this?`, { thread: root });
    await quiet(slack);
    slack.faults.reverse(2);
    ana.post(general, 'how long does an ICP filing take?', { thread: root });
    ben.post(general, 'how much does an ICP filing cost?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general, root)).toHaveLength(1);
  });

  it('stays left alone after a restart', async () => {
    const root = await asked();
    ben.post(general, `<@${ana.id}> shall we?`, { thread: root });
    await quiet(slack);
    await bot.stop();
    bot = await start();
    ana.post(general, 'how long does an ICP filing take?', { thread: root });
    await quiet(slack);
    expect(botMessages(slack, general, root)).toHaveLength(1);
  });

  it('is answered after a restart', async () => {
    const root = await asked();
    await bot.stop();
    bot = await start();
    ana.post(general, 'how long does an ICP filing take?', { thread: root });
    await replies(slack, general, 2, root);
  });

  it('counts as one message when it is also sent to the channel', async () => {
    const root = await asked();
    ana.post(general, 'how long does an ICP filing take?', { thread: root, broadcast: true });
    await replies(slack, general, 2, root);
    await quiet(slack);
    expect(botMessages(slack, general)).toHaveLength(2);
  });
});

describe('a channel for questions', () => {
  it('gets an answer without a mention when the bot is sure', async () => {
    const ts = ana.post(questions, 'how much does an ICP filing cost?');
    const [reply] = await replies(slack, questions, 1, ts);
    expect(reply).toMatchObject({ thread_ts: ts });
    expect(reply?.ephemeralFor).toBeUndefined();
  });

  it('is left alone with small talk, and with what nobody has an answer to', async () => {
    const before = botMessages(slack, questions).length;
    for (const text of [
      'good morning everyone',
      'thanks a lot!',
      'who ordered the pizza for friday',
      `<@${ben.id}> how much does an ICP filing cost?`,
    ])
      ana.post(questions, text);
    await quiet(slack, 500);
    expect(botMessages(slack, questions)).toHaveLength(before);
  });

  it('offers help to the one who asked, for nobody else to see, when the bot is not sure', async () => {
    const before = botMessages(slack, questions).length;
    ana.post(questions, 'wechat');
    await expect.poll(() => botMessages(slack, questions).length).toBe(before + 1);
    const offer = botMessages(slack, questions).at(-1);
    expect(offer?.ephemeralFor).toBe(ana.id);
    expect(ben.sees(questions)).not.toContain('Which of these');
    expect(ana.sees(questions)).toContain('Which of these');
  });
});

describe('what people write', () => {
  it('pings nobody, links nowhere and is fetched by nobody, wherever it comes back', async () => {
    const evil = 'zorb <!channel> <!here> <@U0EVIL> <https://evil.example/p|your bank> & <b>x</b>';
    const ts = ana.post(general, `${mention()} ${evil} ; how much does an ICP filing cost? and what about ${evil}?`);
    await replies(slack, general, 1, ts);
    await quiet(slack);
    for (const message of botMessages(slack, general)) {
      expect(message.notified).toEqual([]);
      expect(message.unfurled).toEqual([]);
      expect(message.links.filter((link) => link.includes('evil'))).toEqual([]);
      expect(message.text).not.toMatch(/<[!@#]|<https/);
    }
    expect(slack.calls.filter(({ arguments: given }) => 'parse' in given || 'link_names' in given)).toEqual([]);
  });

  it('is understood through the markup of Slack', async () => {
    const ts = ana.post(
      general,
      `${mention()}: is &lt;example.cn&gt; with <https://example.cn|example.cn> hosted abroad allowed to use a .cn domain &amp; no ICP?`,
    );
    const [reply] = await replies(slack, general, 1, ts);
    expect(reply?.text).not.toMatch(/&amp;(amp|lt|gt);/);
  });
});

describe('where the bot may not write', () => {
  it.each([
    ['thread_locked', 'thread_locked'],
    ['read_only_channel', 'read_only_channel'],
  ] as const)('the answer goes to the person alone: %s', async (_, rule) => {
    const place = slack.channel({ members: [ana], rule });
    ana.post(place, `${mention()} how much does an ICP filing cost?`);
    const [reply] = await replies(slack, slack.direct(ana));
    expect(reply?.text).toMatch(/I may not write in this channel.*Source: /s);
    expect(botMessages(slack, place)).toEqual([]);
  });

  it('the answer goes to the person alone when the channel was archived meanwhile', async () => {
    const place = slack.channel({ members: [ana] });
    slack.faults.refuse({ method: 'chat.postMessage', channel: place }, 'is_archived', Number.POSITIVE_INFINITY);
    ana.post(place, `${mention()} how much does an ICP filing cost?`);
    await replies(slack, slack.direct(ana));
  });

  it('words alone go where the blocks are refused', async () => {
    slack.faults.refuse({ method: 'chat.postMessage', channel: general }, 'msg_blocks_too_long', 1);
    const ts = ana.post(general, `${mention()} how much does an ICP filing cost?`);
    const [reply] = await replies(slack, general, 1, ts);
    expect(reply?.blocks ?? []).toEqual([]);
    expect(reply?.text).toMatch(/Source: /);
  });
});

describe('a channel shared with another company', () => {
  it('answers people of both, and keeps them apart by team', async () => {
    const shared = slack.channel({ members: [ana], sharedWith: slack.otherTeamId });
    const guest = slack.user({ name: `guest${number}`, team: slack.otherTeamId });
    guest.join(shared);
    const ts = guest.post(shared, `${mention()} how much does an ICP filing cost?`);
    await replies(slack, shared, 1, ts);
  });

  it('does not take what is meant for another installation', async () => {
    const event = {
      type: 'message',
      channel: slack.direct(ana).id,
      channel_type: 'im',
      user: ana.id,
      text: 'hello',
      ts: `17000001${number}0.000100`,
    };
    slack.emit(event, {
      authorizations: [
        { team_id: 'T0ELSEWHERE', enterprise_id: null, user_id: 'U0X', is_bot: true, is_enterprise_install: false },
      ],
    });
    await quiet(slack);
    expect(botMessages(slack, slack.direct(ana))).toEqual([]);
  });
});
