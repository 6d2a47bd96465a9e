import { afterEach, expect, test, vi } from 'vitest';
import { createSession } from '../../../adapters/wechat/wechaty/session.ts';
import { createStatus } from '../../../adapters/wechat/wechaty/status.ts';
import { createLog } from '../../../src/app/log.ts';
import { isOfWechaty } from '../../../src/wechaty.ts';
import { createAccount, type Weather } from './account.ts';
import { createClock } from './bot.ts';

let stop = async () => {};
afterEach(async () => stop());

/** A supervised account with short pauses. */
function supervise(weather: Weather = {}) {
  const account = createAccount(weather);
  const clock = createClock();
  const lines: string[] = [];
  const log = createLog({ level: 'info', output: { write: (line) => void lines.push(line) } });
  const status = createStatus(clock.now, log);
  const listeners = { message: vi.fn(async () => {}), friendship: vi.fn(async () => {}), code: vi.fn() };
  const { build } = account;
  const session = createSession({ build, status, listeners, clock: clock.now, log, firstPause: 50, lookEvery: 20 });
  stop = session.stop;
  session.start();
  return { account, clock, lines, status, session, listeners };
}

test('a puppet that cannot start is built again with growing pauses, until it can', async () => {
  const { account, status, session, lines } = supervise({ broken: true });
  const begun = performance.now();
  await expect.poll(() => account.built, { interval: 5 }).toBe(4);
  expect(performance.now() - begun).toBeGreaterThan(50 + 100 + 200 - 20);
  expect(status.health()).toMatchObject({ ready: false, detail: expect.stringContaining('it is tried again') });
  expect(lines.filter((line) => line.includes('the puppet failed')).length).toBeLessThanOrEqual(4);
  account.weather.broken = false;
  await expect.poll(() => account.built).toBe(5);
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  expect(session.bot()).toBeDefined();
});

test('a puppet that ends by itself is replaced; events of the old one count no more', async () => {
  const { account, status, listeners } = supervise();
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  const old = account.puppet;
  const { mocker } = account;
  await old.stop();
  await expect.poll(() => account.built).toBe(2);
  await account.started();
  const anna = mocker.createContact({ id: 'anna' });
  anna.say('你好').to(mocker.ContactMock.load('wxid_bot'));
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  expect(listeners.message).not.toHaveBeenCalled();
});

test('many errors within a minute lead to a new bot, a single one does not', async () => {
  const { account, status } = supervise();
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  account.puppet.emit('error', { data: 'ECONNREFUSED' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(account.built).toBe(1);
  for (let count = 0; count < 10; count += 1) account.puppet.emit('error', { data: 'ECONNREFUSED' });
  await expect.poll(() => account.built).toBe(2);
});

test('after a logout without a new code the puppet is started again', async () => {
  const { account, status, clock } = supervise();
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  await account.puppet.logout('kicked out');
  await expect.poll(() => status.health().detail).toContain('kicked out');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(account.built).toBe(1);
  clock.forward(121_000);
  await expect.poll(() => account.built).toBe(2);
});

test('the health tells the age of the last event', async () => {
  const { account, status, clock } = supervise();
  await account.login();
  await expect.poll(() => status.health().ready).toBe(true);
  clock.forward(45 * 60_000);
  expect(status.health().detail).toContain('the last event came 45 min ago');
  account.puppet.emit('heartbeat', { data: 'alive' });
  expect(status.health().detail).toMatch(/the last event came [01] s ago/);
});

test('a rejection that a puppet leaves unhandled is told from one of the program', () => {
  const fault = Object.assign(new Error('gone'), {
    stack: 'Error: gone\n    at f (/srv/wenda/node_modules/wechaty-puppet-service/dist/esm/client.js:1:1)',
  });
  expect(isOfWechaty(fault)).toBe(true);
  expect(isOfWechaty(new Error('ours'))).toBe(false);
  expect(isOfWechaty('wechaty')).toBe(false);
});
