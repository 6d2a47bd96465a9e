import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import { openStore } from '../../src/store/open.ts';
import { seen, shippedCore, startBot, text } from './bot.ts';

let core: Core;
let dataDir: string;

beforeAll(async () => {
  core = await shippedCore();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wenda-database-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const question = 'how much does an ICP filing cost?';

describe('a database that is locked by another program', () => {
  it('refuses the message with a plain sentence, and takes it when the lock is gone', async () => {
    const store = await openStore({ dataDir, patience: 20 });
    const bot = await startBot({ store, core });
    await bot.idle();
    const other = new Sqlite(join(dataDir, 'wenda.db'));
    other.exec('begin immediate');
    await expect(bot.receive(text('ann', 1, question))).rejects.toThrow(
      'The database file is locked by another program: close it, or wait until it has finished.',
    );
    expect(await seen(store, 'ann')).toEqual({ visitor: [], bot: [] });
    other.exec('rollback');
    other.close();
    expect(await bot.receive(text('ann', 1, question))).toBe('applied');
    await bot.idle();
    const { visitor, bot: replies } = await seen(store, 'ann');
    expect(visitor).toEqual([question]);
    expect(replies).toHaveLength(1);
    await bot.stop();
    await store.close();
  });
});

describe('a disk that is full', () => {
  it('refuses whole messages with a plain sentence; what it took is answered after a restart', async () => {
    const cramped = await openStore({ dataDir, pages: 60 });
    const first = await startBot({ store: cramped, core });
    const taken: string[] = [];
    let refusal: unknown;
    for (let number = 1; refusal === undefined && number < 1000; number++) {
      const message = text('ann', number, `${question} ${number}`);
      await first.receive(message).then(
        () => taken.push(`${question} ${number}`),
        (error: unknown) => {
          refusal = error;
        },
      );
    }
    expect(refusal).toMatchObject({
      name: 'StoreError',
      message: 'The disk is full: free some space, nothing that was said is lost.',
    });
    await first.stop();
    await cramped.close();
    const store = await openStore({ dataDir });
    const second = await startBot({ store, core, clock: () => Date.now() + 60_000 });
    await second.idle();
    expect(await second.receive(text('ann', taken.length + 1, 'hello'))).toBe('applied');
    await second.idle();
    const { visitor, bot: replies } = await seen(store, 'ann');
    expect(visitor).toEqual([...taken, 'hello']);
    expect(replies).toHaveLength(taken.length + 1);
    await second.stop();
    await store.close();
  });
});
