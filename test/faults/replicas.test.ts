import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { shippedCore } from './bot.ts';
import { conversations, left, messages, past, undisturbed } from './load.ts';
import { startProgram } from './process.ts';

let core: Core;
let postgres: TestPostgres;

beforeAll(async () => {
  core = await shippedCore();
});

// The embedded PostgreSQL takes one connection; two processes need a real one.
describe.skipIf(!process.env['DATABASE_URL'])('two programs on one PostgreSQL', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('that both get every message apply and answer each once, in order, also when one is killed', async () => {
    const store = { databaseUrl: postgres.url, dataDir: '' };
    const [one, other] = await Promise.all([startProgram({ store, ahead: 0 }), startProgram({ store, ahead: 0 })]);
    const unheard = messages.map((incoming) => one.deliver(incoming).catch(() => undefined));
    const heard = messages.map((incoming) => other.deliver(incoming));
    await one.hasSent(10);
    await one.kill();
    await Promise.all([...unheard, ...heard]);
    await other.idle();
    // The last messages that the dead program had claimed are free only after a while.
    const third = await startProgram({ store, ahead: past });
    await third.idle();
    const found = await left(store, conversations);
    await Promise.all([other.kill(), third.kill()]);
    expect(found).toEqual(await undisturbed(core, messages, conversations));
    const shared = new Set([...one.sent, ...other.sent, ...third.sent]);
    // The dead program may have held every conversation: then the rest comes from the third.
    expect(other.sent.length + third.sent.length).toBeGreaterThan(0);
    expect(shared.size).toBe(found.lines.reduce((sum, { bot }) => sum + bot.length, 0));
  });
});
