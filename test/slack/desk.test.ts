import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { botMessages, manifest, quiet } from './bot.ts';
import { askForPerson, type Consultants, heard, marks, startConsultants, until } from './consultants.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let desk: Consultants;
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: { burst: 50, perSecond: 1_000 }, retryAfter: [200, 1_000, 3_000] });
  desk = await startConsultants(slack);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await desk.bot.stop();
  await slack.stop();
});

const someone = (name = `visitor${++number}`, locale = 'en-US'): Person => slack.user({ name, locale });

/** A visitor whose case Mei holds. */
async function claimed(name?: string) {
  const { visitor, card } = await askForPerson(slack, desk.place, someone(name));
  await desk.mei.click(desk.place, card.ts, 'desk:claim');
  await until(() => heard(slack, visitor).at(-1) === 'Mei has joined the chat.');
  return { visitor, card, thread: card.ts };
}

/** A thread of the desk as somebody sees it. */
const below = (person: Person, thread: string) => person.sees(desk.place, thread);

describe('a case, from a visitor in Slack to consultants in Slack', { timeout: 60_000 }, () => {
  it('goes from the request to the end, in order, with nothing internal at the visitor', async () => {
    const { mei, tom, place } = desk;
    const { visitor, thread } = await claimed('Ana');
    await until(() => below(mei, thread).includes('Mei has claimed this.'));
    const reply = mei.post(place, 'Hello, I am *here* &lt;b&gt;', { thread });
    await until(() => marks(slack, place, reply).includes('white_check_mark'));
    tom.post(place, 'INTERNAL chatter', { thread });
    mei.post(place, '// INTERNAL note', { thread });
    visitor.person.post(visitor.place, 'thank you', { thread: visitor.thread });
    await until(() => below(mei, thread).includes('Ana · visitor · 访客\nthank you'));
    await mei.click(place, thread, 'desk:resolve');
    await until(() => below(mei, thread).includes('Mei has resolved this.'));
    await until(() => heard(slack, visitor).length === 5);
    await quiet(slack);

    expect(heard(slack, visitor).map((text) => text.split('\n')[0])).toEqual([
      'I am calling a consultant, with everything you have told me.',
      expect.stringMatching(/^I have passed your request to our consultants/),
      'Mei has joined the chat.',
      'Consultant: Hello, I am *here* &lt;b&gt;',
      'The consultant has closed the request. If anything is still open, just write here.',
    ]);
    expect(JSON.stringify(slack.messages(visitor.place))).not.toContain('INTERNAL');
    // When consultants answer depends on the hour at which this runs.
    const whole = below(mei, thread)
      .replace(/ Our consultants .*? You can also/, ' You can also')
      .split('\n');
    expect(whole).toEqual([
      'Wenda: # Resolved · 已结案 — Ana',
      'I want to talk to a consultant',
      'Why · 原因',
      'asked for a person · 要求人工服务',
      'Consultant · 顾问',
      'Mei',
      'Channel · 渠道',
      'Slack',
      'What the bot matched · 机器人的匹配',
      expect.stringMatching(/^• \d+ % Talk to a consultant · 转人工顾问$/),
      expect.stringMatching(/^• \d+ % /),
      expect.stringMatching(/^• \d+ % /),
      'The visitor writes English. · 访客使用英文。 (edited)',
      'Wenda: bot · 机器人',
      'I am calling a consultant, with everything you have told me.',
      '',
      'Which domain is it about?',
      'Wenda: Ana · visitor · 访客',
      'skip',
      'Wenda: bot · 机器人',
      expect.stringMatching(/^I have passed your request to our consultants/),
      '',
      'Anything you add now goes with it.',
      'Wenda: Mei has claimed this. · Mei 已认领。',
      'Mei: Hello, I am *here* &lt;b&gt;',
      ':white_check_mark: 1',
      'Tom: INTERNAL chatter',
      'Mei: // INTERNAL note',
      'Wenda: Ana · visitor · 访客',
      'thank you',
      'Wenda: Mei has resolved this. · Mei 已结案。',
    ]);
    expect(below(tom, thread)).toContain('(only you) Wenda: 该消息仅内部可见：此咨询由 Mei 处理。');
    const card = mei.sees(place);
    expect(card).toContain('Resolved · 已结案 — Ana');
    expect(card).not.toContain('[Claim · 认领]');
  });

  it('shows on the card who asks, why, in which language, and how it stands', async () => {
    const { mei, place } = desk;
    const { visitor, card } = await askForPerson(slack, place, someone('Bea'));
    const shown = () => botMessages(slack, place).find(({ ts }) => ts === card.ts);
    await until(() => JSON.stringify(shown()?.blocks).includes('Bea'));
    const before = JSON.stringify(shown()?.blocks);
    for (const words of [
      'asked for a person',
      'Slack',
      'The visitor writes English',
      'Waiting · 待认领',
      'I want to talk',
    ])
      expect(before).toContain(words);
    await mei.click(place, card.ts, 'desk:claim');
    await until(() => JSON.stringify(shown()?.blocks).includes('Mei'));
    await mei.click(place, card.ts, 'desk:release');
    await until(() => JSON.stringify(shown()?.blocks).includes('desk:claim'));
    expect(JSON.stringify(shown()?.blocks)).toContain('Waiting · 待认领');
    await until(() => heard(slack, visitor).length === 4);
  });

  it('carries changes of replies and tells those of visitors', async () => {
    const { mei, place } = desk;
    const { visitor, thread } = await claimed();
    const reply = mei.post(place, 'It costs 100.', { thread });
    await until(() => heard(slack, visitor).at(-1) === 'Consultant: It costs 100.');
    mei.edit(place, reply, 'It costs 200.');
    await until(() => heard(slack, visitor).at(-1)?.includes('It costs 200.'));
    mei.delete(place, reply);
    await until(() => heard(slack, visitor).length === 6);
    const ts = visitor.person.post(visitor.place, 'one', { thread: visitor.thread });
    await until(() => below(mei, thread).includes('\none'));
    visitor.person.edit(visitor.place, ts, 'two');
    await until(() => below(mei, thread).includes('visitor changed a message · 访客修改了消息\ntwo'));
    visitor.person.delete(visitor.place, ts);
    await until(() => below(mei, thread).includes('The visitor took a message back'));
  });

  it('shows what a visitor writes as plain words', async () => {
    const { mei, tom, place } = desk;
    const { visitor, thread } = await claimed();
    const attack = `&lt;!channel&gt; <@${tom.id}> <!here> *b* <https://evil.example/a|click> javascript:alert(1) \u202egnp.exe\u202c \u0007`;
    visitor.person.post(visitor.place, attack, { thread: visitor.thread });
    visitor.person.post(visitor.place, 'x'.repeat(10_000), { thread: visitor.thread });
    const runs = () =>
      botMessages(slack, place, thread).flatMap(({ blocks }) => JSON.stringify(blocks).match(/x{5,}/g) ?? []);
    // What is longer is cut where every message is taken in.
    await until(() => runs().join('').length === 8_000 && below(mei, thread).includes('*b*'));
    const said = botMessages(slack, place, thread);
    expect(said.flatMap(({ links }) => links)).toEqual([]);
    expect(said.flatMap(({ unfurled }) => unfurled)).toEqual([]);
    expect(said.flatMap(({ notified }) => notified)).toEqual([]);
    const whole = said.map(({ text, blocks }) => text + JSON.stringify(blocks)).join('\n');
    for (const sign of ['\u202e', '\u202c', '\u0007']) expect(whole).not.toContain(sign);
  });

  it('stops a reply about the other paper until it is sent again', async () => {
    const { mei, place } = desk;
    const { visitor, thread } = await claimed();
    visitor.person.post(visitor.place, 'how long does the ICP filing take?', { thread: visitor.thread });
    await until(() => below(mei, thread).includes('how long does'));
    const first = mei.post(place, 'The ICP licence takes 90 days.', { thread });
    await until(() => marks(slack, place, first).includes('warning'));
    await until(() => below(mei, thread).includes('(only you) Wenda: Not sent: the visitor speaks only of the one'));
    expect(heard(slack, visitor).at(-1)).toBe('Mei has joined the chat.');
    const again = mei.post(place, 'The ICP licence takes 90 days.', { thread });
    await until(() => marks(slack, place, again).includes('white_check_mark'));
    expect(heard(slack, visitor).at(-1)).toBe('Consultant: The ICP licence takes 90 days.');
  });

  it('says nothing in the channel of the consultants, whoever asks there', async () => {
    const { mei, place } = desk;
    const before = botMessages(slack, place).length;
    const ts = mei.post(place, `<@${slack.botUserId}> how much does an ICP filing cost?`);
    mei.post(place, `<@${slack.botUserId}> and how long?`, { thread: ts });
    await mei.messageShortcut('answer', place, ts);
    await quiet(slack, 600);
    const said = botMessages(slack, place).slice(before);
    expect(said.filter(({ ephemeralFor }) => ephemeralFor === undefined)).toEqual([]);
  });

  it('tells by a mark and in words that a reply did not arrive', async () => {
    const { mei, place } = desk;
    const { visitor, thread } = await claimed();
    slack.faults.refuse(
      { method: 'chat.postMessage', channel: visitor.place },
      'is_archived',
      Number.POSITIVE_INFINITY,
    );
    const reply = mei.post(place, 'Are you there?', { thread });
    // The mark of before goes after the new one has come.
    await until(() => marks(slack, place, reply).join() === 'x');
    await until(() => below(mei, thread).includes('(only you) Wenda: Not delivered:'));
  });

  it('erases what it shows when the visitor asks for it', async () => {
    const { mei, place } = desk;
    const { visitor, thread } = await claimed('Cleo');
    mei.post(place, 'Hello Cleo', { thread });
    await until(() => heard(slack, visitor).length === 4);
    visitor.person.openHome();
    await until(() => visitor.person.home().includes('Delete my data'));
    await visitor.person.clickHome('erase');
    await until(() => slack.message(place, thread).text.startsWith('The visitor had everything erased'));
    await until(() => botMessages(slack, place, thread).length === 1);
    expect(slack.message(place, thread).blocks).toHaveLength(1);
  });
});
