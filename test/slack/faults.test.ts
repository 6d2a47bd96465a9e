import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bot, botMessages, manifest, quiet, replies, startBot } from './bot.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

const question = 'how much does an ICP filing cost?';
let slack: Slack;
let data: string;
let program: ChildProcess | undefined;
let bot: Bot | undefined;
let number = 0;

beforeEach(async () => {
  slack = await startSlack({
    manifest,
    limits: { perSecond: 1_000, burst: 1_000, workspacePerMinute: 1_000_000, connectionsPerMinute: 1_000 },
    retryAfter: [300, 2_000, 6_000, 20_000, 60_000],
  });
  data = mkdtempSync(join(tmpdir(), 'wenda-slack-'));
});
afterEach(async () => {
  slack.faults.clear();
  program?.kill('SIGKILL');
  await bot?.stop();
  bot = undefined;
  await slack.stop();
  rmSync(data, { recursive: true, force: true });
});

const someone = (): Person => slack.user({ name: `person${++number}`, locale: 'en-US' });
const answersOf = (person: Person) => botMessages(slack, slack.direct(person));

/** The program as people start it, in a process of its own. */
async function startProgram(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/cli.js', 'start'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: '0',
      DATA_DIR: data,
      LOG_LEVEL: 'silent',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 60_000);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('a program that is killed', { timeout: 300_000 }, () => {
  it('at any moment between question and answer: each question is answered exactly once', async () => {
    program = await startProgram();
    const people: Person[] = [];
    for (const pause of [5, 40]) {
      const asking = Array.from({ length: 4 }, someone);
      people.push(...asking);
      for (const person of asking) person.post(slack.direct(person), question);
      await new Promise((resolve) => setTimeout(resolve, pause));
      await kill(program);
      program = await startProgram();
    }
    for (const person of people) await expect.poll(() => answersOf(person).length, { timeout: 120_000 }).toBe(1);
    await slack.settled(30_000);
    await quiet(slack, 1_000);
    expect(people.map((person) => answersOf(person).length)).toEqual(people.map(() => 1));
  });

  it('after Slack took the answer and before that was noted: it is not said again', async () => {
    program = await startProgram();
    const ana = someone();
    slack.faults.delay({ method: 'chat.postMessage' }, 60_000);
    ana.post(slack.direct(ana), question);
    await replies(slack, slack.direct(ana));
    await kill(program);
    slack.faults.clear();
    const looked = () => slack.calls.filter(({ method }) => method === 'conversations.replies').length;
    const before = looked();
    program = await startProgram();
    await expect.poll(looked, { timeout: 40_000 }).toBeGreaterThan(before);
    const ben = someone();
    ben.post(slack.direct(ben), question);
    await replies(slack, slack.direct(ben));
    // What was not acknowledged comes again, the last time after a minute.
    await slack.settled(90_000);
    await quiet(slack, 2_000);
    expect(answersOf(ana)).toHaveLength(1);
  });
});

describe('an outage of Slack', { timeout: 180_000 }, () => {
  it('of twenty seconds loses and doubles nothing', async () => {
    bot = await startBot(slack, { data });
    const people = Array.from({ length: 12 }, someone);
    for (const person of people) person.post(slack.direct(person), 'hello');
    for (const person of people) await replies(slack, slack.direct(person));
    for (const person of people.slice(0, 4)) person.post(slack.direct(person), question);
    slack.faults.outage(20_000);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await bot.health()).ready).toBe(false);
    for (const person of people.slice(4, 8)) person.post(slack.direct(person), question);
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    for (const person of people.slice(8)) person.post(slack.direct(person), question);
    for (const person of people) await expect.poll(() => answersOf(person).length, { timeout: 100_000 }).toBe(2);
    // Slack goes on sending what it could not deliver, long after it was answered.
    await slack.settled(90_000);
    await quiet(slack, 1_000);
    expect(people.map((person) => answersOf(person).length)).toEqual(people.map(() => 2));
    expect((await bot.health()).ready).toBe(true);
  });
});

describe('a burst', { timeout: 180_000 }, () => {
  it('of ten thousand events is taken in as a whole', async () => {
    bot = await startBot(slack, { data });
    const ana = someone();
    const general = slack.channel({ members: [ana] });
    const before = slack.attempts.length;
    for (let at = 0; at < 10_000; at++) {
      if (at % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      ana.post(general, at % 20 === 0 ? `<@${slack.botUserId}> ${question}` : `small talk ${at}`);
    }
    await slack.settled(150_000);
    const attempts = slack.attempts.slice(before);
    const taken = new Set(attempts.filter(({ outcome }) => outcome === 'acknowledged').map(({ id }) => id));
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(taken.size);
    expect(taken.size).toBeGreaterThanOrEqual(10_000);
    const ben = someone();
    ben.post(slack.direct(ben), question);
    await replies(slack, slack.direct(ben));
    const threads = botMessages(slack, general).map(({ thread_ts: root }) => root);
    expect(new Set(threads).size).toBe(threads.length);
  });
});
