import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, botMessages, manifest, replies, startBot } from './bot.ts';
import { type Person, type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;
let bot: Bot | undefined;
let ana: Person;

beforeEach(async () => {
  slack = await startSlack({
    manifest,
    limits: { perSecond: 1_000, connectionsPerMinute: 1_000 },
    retryAfter: [200, 1_000, 3_000],
  });
  ana = slack.user({ name: 'ana', locale: 'en-US' });
});
afterEach(async () => {
  slack.faults.clear();
  await bot?.stop();
  bot = undefined;
  await slack.stop();
});

const question = 'how much does an ICP filing cost?';
const isAnswered = async (person: Person) => {
  const before = botMessages(slack, slack.direct(person)).length;
  person.post(slack.direct(person), question);
  await replies(slack, slack.direct(person), before + 1);
};

describe('Socket Mode', () => {
  it('keeps two sockets, and loses and doubles nothing while they are renewed every few seconds', {
    timeout: 60_000,
  }, async () => {
    bot = await startBot(slack);
    await expect.poll(() => slack.sockets).toBe(2);
    slack.faults.refreshSockets(1_500);
    const people = Array.from({ length: 60 }, (_, at) => slack.user({ name: `p${at}`, locale: 'en-US' }));
    for (const person of people) {
      person.post(slack.direct(person), question);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const person of people) await replies(slack, slack.direct(person));
    await slack.settled(30_000);
    expect(people.map((person) => botMessages(slack, slack.direct(person)).length)).toEqual(people.map(() => 1));
    // What was on its way when its socket was closed was sent again, and taken.
    const taken = new Set(slack.attempts.filter(({ outcome }) => outcome === 'acknowledged').map(({ id }) => id));
    expect(slack.attempts.filter(({ id }) => !taken.has(id))).toEqual([]);
    const renewals = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    await expect.poll(renewals).toBeGreaterThan(6);
  });

  it('acknowledges an event only after its commit, and takes it in once when the database was away', async () => {
    const data = mkdtempSync(join(tmpdir(), 'wenda-slack-'));
    bot = await startBot(slack, { data });
    const other = new Database(join(data, 'wenda.db'));
    other.exec('begin immediate');
    ana.post(slack.direct(ana), question);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const attempts = () => slack.attempts.filter(({ name }) => name === 'message');
    expect(attempts().length).toBeGreaterThan(0);
    expect(attempts().filter(({ outcome }) => outcome === 'acknowledged')).toEqual([]);
    other.exec('rollback');
    other.close();
    await replies(slack, slack.direct(ana));
    await slack.settled(20_000);
    expect(botMessages(slack, slack.direct(ana))).toHaveLength(1);
    expect(attempts().at(-1)).toMatchObject({ outcome: 'acknowledged' });
    await bot.stop();
    bot = undefined;
    rmSync(data, { recursive: true });
  });

  it('comes back after sockets were cut, and answers what was written meanwhile', { timeout: 60_000 }, async () => {
    bot = await startBot(slack);
    await isAnswered(ana);
    slack.faults.refuseSockets(true);
    slack.faults.cutSockets();
    await expect.poll(async () => (await bot?.health())?.ready).toBe(false);
    ana.post(slack.direct(ana), 'how long does an ICP filing take?');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    slack.faults.refuseSockets(false);
    await expect.poll(() => botMessages(slack, slack.direct(ana)).length, { timeout: 30_000 }).toBe(2);
    expect((await bot.health()).ready).toBe(true);
  });

  it('does not wait for a socket that never says hello', { timeout: 60_000 }, async () => {
    slack.faults.silentSockets(true);
    bot = await startBot(slack, { wait: false });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await bot.health()).ready).toBe(false);
    slack.faults.silentSockets(false);
    await expect.poll(async () => (await bot?.health())?.ready, { timeout: 30_000 }).toBe(true);
    await isAnswered(ana);
  });

  it('survives frames that crash other programs', async () => {
    bot = await startBot(slack);
    slack.faults.frame({
      type: 'events_api',
      envelope_id: 'e1',
      payload: { type: 'app_rate_limited', team_id: slack.teamId, minute_rate_limited: 1, api_app_id: slack.appId },
    });
    slack.faults.frame({ type: 'events_api', envelope_id: 'e2' });
    slack.faults.frame({ type: 'events_api', envelope_id: 'e3', payload: { type: 'event_callback', event: null } });
    slack.faults.frame({ type: 'interactive', envelope_id: 'e4', payload: { type: 'block_actions', actions: [] } });
    slack.faults.frame({ type: 'slash_commands', envelope_id: 'e5', payload: { command: '/icp' } });
    slack.faults.frame({ nonsense: true });
    await isAnswered(ana);
  });

  it.each(['link_disabled', 'too_many_websockets'] as const)(
    'goes on after a disconnect: %s',
    { timeout: 120_000 },
    async (reason) => {
      bot = await startBot(slack);
      slack.faults.frame({ type: 'disconnect', reason });
      await isAnswered(ana);
      await isAnswered(ana);
    },
  );

  it('stays alive when the app token is refused on reconnecting, and says so', { timeout: 60_000 }, async () => {
    bot = await startBot(slack);
    slack.faults.revoke('invalid_auth', 'app');
    slack.faults.cutSockets();
    await expect.poll(async () => (await bot?.health())?.detail).toMatch(/SLACK_APP_TOKEN: Slack refuses the token/);
    expect((await bot.health()).ready).toBe(false);
    expect(await (await fetch(`${bot.url}/healthz`)).json()).toEqual({ alive: true });
  });
});

describe('the start', () => {
  it('waits for Slack when it cannot be reached', { timeout: 60_000 }, async () => {
    slack.faults.dropRequest({ method: 'auth.test' }, 2);
    bot = await startBot(slack);
    await isAnswered(ana);
  });

  it('says in one sentence what is wrong with a bad token, and goes on when it is mended', {
    timeout: 60_000,
  }, async () => {
    slack.faults.revoke('invalid_auth', 'bot');
    bot = await startBot(slack, { wait: false });
    await expect
      .poll(async () => (await bot?.health())?.detail)
      .toBe(
        'SLACK_BOT_TOKEN: Slack refuses the token: copy it again from the settings of the app (docs/slack.md). (invalid_auth)',
      );
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(503);
    slack.faults.revoke(null, 'bot');
    await expect.poll(async () => (await bot?.health())?.ready, { timeout: 30_000 }).toBe(true);
    await isAnswered(ana);
  });

  it('catches up on direct messages and joined threads that were written while the bot was away', {
    timeout: 60_000,
  }, async () => {
    const data = mkdtempSync(join(tmpdir(), 'wenda-slack-'));
    const ben = slack.user({ name: 'ben', locale: 'en-US' });
    const carl = slack.user({ name: 'carl', locale: 'en-US' });
    const general = slack.channel({ members: [ana, ben] });
    bot = await startBot(slack, { data });
    await isAnswered(ana);
    const root = ana.post(general, `<@${slack.botUserId}> ${question}`);
    await replies(slack, general, 1, root);
    carl.openHome();
    await expect.poll(() => carl.home()).not.toBe('');
    await bot.stop();
    bot = undefined;
    slack.clock.advance(3_600_000);
    const late = ana.post(slack.direct(ana), 'how long does an ICP filing take?');
    ana.post(slack.direct(ana), 'and what about renewal?', { thread: late });
    ana.post(general, 'can a foreign company apply for an ICP?', { thread: root });
    ben.post(general, `<@${ana.id}> thanks`, { thread: root });
    carl.post(slack.direct(carl), question);
    // Slack has given up before the bot is back.
    for (let attempt = 0; attempt < 4; attempt++) {
      await new Promise((resolve) => setImmediate(resolve));
      slack.clock.advance(900_000);
    }
    await slack.settled();
    bot = await startBot(slack, { data });
    await expect.poll(() => botMessages(slack, general, root).length, { timeout: 20_000 }).toBe(2);
    await expect
      .poll(() => botMessages(slack, slack.direct(ana)).length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(2);
    await expect.poll(() => botMessages(slack, slack.direct(carl)).length, { timeout: 20_000 }).toBe(1);
    await bot.stop();
    bot = await startBot(slack, { data });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(botMessages(slack, general, root)).toHaveLength(2);
    expect(botMessages(slack, slack.direct(carl))).toHaveLength(1);
    await bot.stop();
    bot = undefined;
    rmSync(data, { recursive: true });
  });
});

describe('tokens', () => {
  it('each go where they belong, and nowhere else', async () => {
    bot = await startBot(slack);
    await isAnswered(ana);
    const tokens = slack.calls.map(({ method, headers }) => [
      method === 'apps.connections.open',
      headers['authorization'],
    ]);
    expect(new Set(tokens.map(([, token]) => token))).toEqual(
      new Set([`Bearer ${slack.botToken}`, `Bearer ${slack.appToken}`]),
    );
    for (const [opens, token] of tokens) expect(token).toBe(`Bearer ${opens ? slack.appToken : slack.botToken}`);
  });
});

describe('an app that is installed on a whole organisation', () => {
  it('answers messages and clicks', async () => {
    await slack.stop();
    slack = await startSlack({ manifest, enterprise: true });
    ana = slack.user({ name: 'ana', locale: 'en-US' });
    bot = await startBot(slack);
    await isAnswered(ana);
    const [reply] = botMessages(slack, slack.direct(ana));
    expect((await ana.click(slack.direct(ana), reply?.ts ?? '', 'consultant')).acknowledged).toBe(true);
    await replies(slack, slack.direct(ana), 2);
  });
});

describe('the end', () => {
  it('comes within three seconds, with what was taken in acknowledged', async () => {
    bot = await startBot(slack);
    for (let at = 0; at < 20; at++) ana.post(slack.direct(ana), question);
    const began = performance.now();
    await bot.stop();
    bot = undefined;
    expect(performance.now() - began).toBeLessThan(3_000);
    await expect.poll(() => slack.sockets).toBe(0);
  });

  it('comes within three seconds also when Slack does not answer', async () => {
    bot = await startBot(slack);
    slack.faults.delay({ method: 'chat.postMessage' }, 20_000, Number.POSITIVE_INFINITY);
    ana.post(slack.direct(ana), question);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    await bot.stop();
    bot = undefined;
    expect(performance.now() - began).toBeLessThan(3_600);
  });
});
