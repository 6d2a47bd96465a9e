import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Message, type Person, type Place, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot;
let ana: Person;
let ben: Person;
let general: Place;
let direct: Place;
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: { perSecond: 1_000 }, retryAfter: [200, 1_000, 3_000] });
  bot = await startBot(slack);
});
beforeEach(() => {
  number += 1;
  ana = slack.user({ name: `ana${number}`, locale: 'en-US' });
  ben = slack.user({ name: `ben${number}`, locale: 'en-US' });
  general = slack.channel({ members: [ana, ben] });
  direct = slack.direct(ana);
});
afterEach(() => slack.faults.clear());
afterAll(async () => {
  await bot.stop();
  await slack.stop();
});

const mention = () => `<@${slack.botUserId}>`;
const ask = async (text: string): Promise<Message> => {
  const before = botMessages(slack, direct).length;
  ana.post(direct, text);
  return (await replies(slack, direct, before + 1)).at(-1) as Message;
};

describe('a click on a choice', () => {
  it('is answered, and the buttons give way to what was chosen', async () => {
    const reply = await ask('how much does an ICP filing cost?');
    const answer = await ana.click(direct, reply.ts, 'consultant');
    expect(answer.acknowledged).toBe(true);
    await replies(slack, direct, 2);
    await expect.poll(() => ana.sees(direct, reply.thread_ts)).toContain('You chose: Talk to a consultant');
    const seen = slack.message(direct, reply.ts);
    expect(JSON.stringify(seen.blocks)).not.toContain('"choice:0"');
    expect(JSON.stringify(seen.blocks)).toContain('feedback_buttons');
    expect(seen.text).toBe(reply.text);
  });

  it('counts once, however often it is made', async () => {
    const reply = await ask('menu');
    await Promise.all([ana.click(direct, reply.ts, 'topic:icp'), ana.click(direct, reply.ts, 'topic:icp')]);
    await replies(slack, direct, 2);
    await quiet(slack);
    expect(botMessages(slack, direct)).toHaveLength(2);
  });

  it('takes a verdict, and thanks for it', async () => {
    const reply = await ask('how much does an ICP filing cost?');
    await ana.click(direct, reply.ts, 'feedback:yes:icp-cost');
    const [, thanks] = await replies(slack, direct, 2);
    expect(thanks?.text).toMatch(/Thank you/);
    await expect.poll(() => JSON.stringify(slack.message(direct, reply.ts).blocks)).not.toContain('feedback_buttons');
    expect(JSON.stringify(slack.message(direct, reply.ts).blocks)).toContain('choice:0');
  });

  it('on a stale button gets a kind word and the present question, for this person alone', async () => {
    const root = ana.post(general, `${mention()} menu`);
    const [menu] = await replies(slack, general, 1, root);
    await ana.click(general, menu?.ts ?? '', 'questionnaire:icp-check');
    const [, first] = await replies(slack, general, 2, root);
    ana.post(general, '1', { thread: root });
    const [, , second] = await replies(slack, general, 3, root);
    const late = await ben.click(general, first?.ts ?? '', 'choice:1');
    expect(late.acknowledged).toBe(true);
    await replies(slack, general, 4, root);
    await quiet(slack);
    const own = botMessages(slack, general, root).filter(({ ephemeralFor: who }) => who === ben.id);
    expect(own).toHaveLength(1);
    expect(own[0]?.text).toMatch(/no longer fits/);
    expect(own[0]?.text).toContain(/\*?(Question 2[^\n]*)/.exec(second?.text ?? '')?.[1] ?? 'no question');
    expect(ana.sees(general, root)).not.toContain('no longer fits');
    // The present question can be answered from there, for all to see.
    await ben.click(general, own[0]?.ts ?? '', 'choice:0');
    await expect.poll(() => ana.sees(general, root)).toContain('Question 3');
  });

  it('ticks several boxes and sends them together', async () => {
    const reply = await ask('restart');
    let last = reply;
    for (let step = 0; step < 12 && !JSON.stringify(last.blocks).includes('checkboxes'); step++) last = await ask('1');
    const boxes = JSON.stringify(last.blocks);
    expect(boxes).toContain('checkboxes');
    const options = [...boxes.matchAll(/"value":"(option:[^"]+)"/g)].map(([, value]) => value ?? '');
    const before = botMessages(slack, direct).length;
    await ana.select(direct, last.ts, 'multiple', options.slice(0, 2));
    await ana.click(direct, last.ts, 'confirm');
    await replies(slack, direct, before + 1);
    await quiet(slack);
    expect(botMessages(slack, direct)).toHaveLength(before + 1);
  });
});

describe('the slash command', () => {
  it('answers the one who asked, who may share the answer', async () => {
    const reply = await ana.command(general, '/icp', 'how much does an ICP filing cost?');
    expect(reply.acknowledged).toBe(true);
    await expect.poll(() => ana.sees(general)).toMatch(/\(only you\)[\s\S]*Source: /);
    expect(ben.sees(general)).toBe('');
    const shown = slack.messages(general).find(({ ephemeralFor: who }) => who === ana.id);
    await ana.click(general, shown?.ts ?? '', 'share');
    await expect.poll(() => ben.sees(general)).toMatch(/how much does an ICP filing cost\?[\s\S]*Source: /);
    await expect.poll(() => ana.sees(general)).toContain('Shared with the channel.');
    const root = slack.messages(general).find(({ ephemeralFor: who }) => who === undefined);
    ana.post(general, 'how long does an ICP filing take?', { thread: root?.ts ?? '' });
    await expect.poll(() => ben.sees(general, root?.ts)).toMatch(/working days|weeks|days/);
  });

  it('goes on for that person alone when a choice is clicked', async () => {
    await ana.command(general, '/icp', 'menu');
    const shown = () => slack.messages(general).filter(({ ephemeralFor: who }) => who === ana.id);
    await expect.poll(() => shown().length).toBe(1);
    await ana.click(general, shown()[0]?.ts ?? '', 'topic:icp');
    await expect.poll(() => ana.sees(general)).toContain('which question comes closest');
    expect(ben.sees(general)).toBe('');
    expect(shown()).toHaveLength(1);
  });

  it('works where the bot is no member', async () => {
    const elsewhere = slack.channel({ members: [ana], bot: false });
    await ana.command(elsewhere, '/icp', '备案要多少钱');
    await expect.poll(() => ana.sees(elsewhere)).toMatch(/来源/);
    const shown = slack.messages(elsewhere)[0];
    await ana.click(elsewhere, shown?.ts ?? '', 'share');
    await expect.poll(() => ana.sees(elsewhere)).toMatch(/may not write in this channel|无法分享/);
  });

  it('without words shows what can be asked', async () => {
    await ana.command(general, '/icp');
    await expect.poll(() => ana.sees(general)).toContain('[Domains]');
  });
});

describe('the shortcut on a message', () => {
  it('answers the message in its thread, once', async () => {
    const ts = ben.post(general, 'how much does an ICP filing cost?');
    const reply = await ana.messageShortcut('answer', general, ts);
    expect(reply.acknowledged).toBe(true);
    await replies(slack, general, 1, ts);
    await ana.messageShortcut('answer', general, ts);
    await expect.poll(() => ana.sees(general)).toContain('was answered before');
    expect(botMessages(slack, general, ts).filter(({ ephemeralFor: who }) => who === undefined)).toHaveLength(1);
  });

  it('answers in private where the bot is no member', async () => {
    const elsewhere = slack.channel({ members: [ana], bot: false });
    const ts = ana.post(elsewhere, 'how much does an ICP filing cost?');
    await ana.messageShortcut('answer', elsewhere, ts);
    const [reply] = await replies(slack, direct);
    expect(reply?.text).toMatch(/may not write/);
  });
});

describe('the questionnaire in a window', () => {
  it('is walked through to its result, back included', async () => {
    const reply = await ana.shortcut('questionnaire');
    expect(reply.acknowledged).toBe(true);
    await expect.poll(() => ana.modal()).toContain('Question 1');
    await ana.clickModal('choice:0');
    await expect.poll(() => ana.modal()).toContain('Question 2');
    await ana.clickModal('Back');
    await expect.poll(() => ana.modal()).toContain('Question 1');
    for (let step = 0; step < 15 && !/Your answers:/.test(ana.modal()); step++) {
      const before = ana.modal();
      if (JSON.stringify(ana.modalView()?.['blocks']).includes('checkboxes')) {
        const [, first = ''] = /"value":"(option:[^"]+)"/.exec(JSON.stringify(ana.modalView()?.['blocks'])) ?? [];
        await ana.selectModal('multiple', [first]);
        await ana.clickModal('confirm');
      } else await ana.clickModal('choice:0');
      await expect.poll(() => ana.modal()).not.toBe(before);
    }
    expect(ana.modal()).toContain('Your answers:');
    expect(botMessages(slack, direct)).toEqual([]);
  });

  it('goes on in direct messages when the window was closed', async () => {
    await ana.shortcut('questionnaire');
    await expect.poll(() => ana.modal()).toContain('Question 1');
    await ana.close();
    const reply = await ask('1');
    expect(reply.text).toContain('Question 2');
  });

  it('is delivered as a message when the window is gone', async () => {
    slack.faults.refuse({ method: 'views.update' }, 'not_found', 1);
    await ana.shortcut('questionnaire');
    const [reply] = await replies(slack, direct);
    expect(reply?.text).toContain('Question 1');
  });

  it('is in the language of the person', async () => {
    const wei = slack.user({ name: `wei${number}`, locale: 'zh-CN' });
    await wei.shortcut('questionnaire');
    await expect.poll(() => wei.modal()).toContain('第1题');
  });
});

describe('the App Home', () => {
  it('shows what can be asked, and answers in a window', async () => {
    ana.openHome();
    await expect.poll(() => ana.home()).toContain('[Domains]');
    await ana.clickHome('Domains');
    await expect.poll(() => ana.modal()).toContain('which question comes closest');
    await ana.clickModal('choice:0');
    await expect.poll(() => ana.modal()).toMatch(/Source: /);
  });

  it('offers to go on with a questionnaire that was begun', async () => {
    await ask('restart');
    ana.openHome();
    await expect.poll(() => ana.home()).toContain('[Go on with the questions]');
    await ana.clickHome('Go on with the questions');
    await expect.poll(() => ana.modal()).toContain('Question 1');
  });

  it('lists the open cases of this person only', async () => {
    await ask('can I talk to a person about our filing?');
    await ask('consultant');
    ana.openHome();
    await expect.poll(() => ana.home()).toContain('waiting for a consultant');
    ben.openHome();
    await expect.poll(() => ben.home()).toContain('[Domains]');
    expect(ben.home()).not.toContain('waiting for a consultant');
  });

  it('changes the language', async () => {
    ana.openHome();
    await expect.poll(() => ana.home()).toContain('[简体中文]');
    await ana.clickHome('简体中文');
    await expect.poll(() => ana.home()).toContain('[域名]');
    expect((await ask('hello')).text).toMatch(/您好/);
  });

  it('deletes everything about this person', async () => {
    await ana.command(general, '/icp', 'consultant');
    await ask('consultant');
    ana.openHome();
    await expect.poll(() => ana.home()).toContain('Your requests to our consultants');
    await ana.clickHome('erase');
    await expect.poll(() => ana.modal()).toMatch(/erased|deleted/i);
    await expect.poll(() => ana.home()).not.toContain('Your requests to our consultants');
  });
});
