import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { saying, storeContract } from './contract.ts';
import { deskContract } from './desk.ts';
import { killedBetweenClaimAndSettle } from './killed.ts';

const folder = mkdtempSync(join(tmpdir(), 'wenda-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('store on SQLite', () => storeContract(() => openStore({ dataDir: ':memory:' })));

describe('what consultants need on SQLite', () => deskContract(() => openStore({ dataDir: ':memory:', desk: 'lane' })));

it('tells nobody of cases where no desk is a channel of its own', async () => {
  const store = await openStore({ dataDir: ':memory:' });
  const opened = { id: 'c', reason: 'asked', question: '', facts: { language: 'en' } } as const;
  await store.transact({ key: '1', conversation: 'test:1', at: 1 }, () => ({
    ...saying(),
    effects: [
      { type: 'open-case', case: opened },
      { type: 'desk', case: 'c', item: { kind: 'paged' } },
    ],
  }));
  expect((await store.journal('test:1', 0, 10)).map(({ item }) => item.kind)).toEqual(['paged']);
  expect(await store.claim(10, 10, 10)).toEqual([]);
  await store.close();
});

describe('SQLite file', () => {
  it('keeps everything when the program is started again', async () => {
    const dataDir = join(folder, 'again');
    const first = await openStore({ dataDir });
    await first.transact({ key: '1', conversation: 'test:1', at: 1 }, () => saying('reply'));
    await first.close();
    const second = await openStore({ dataDir });
    expect((await second.claim(10, 10, 10)).map(({ message }) => message.text)).toEqual(['reply']);
    expect(await second.transact({ key: '1', conversation: 'test:1', at: 1 }, () => saying('reply'))).toBe('seen');
    await second.close();
  });

  it('changed by a newer version is refused with a sentence', async () => {
    const dataDir = join(folder, 'newer');
    await (await openStore({ dataDir })).close();
    const file = new Sqlite(join(dataDir, 'wenda.db'));
    file.prepare('insert into kysely_migration values (?, ?)').run('2099-01-01-future', 'now');
    file.close();
    await expect(openStore({ dataDir })).rejects.toThrow(
      'The database was changed by a newer version of Wenda (2099-01-01-future): install that version, or use another database.',
    );
  });

  it('that is not a database is refused with a sentence', async () => {
    const dataDir = join(folder, 'other');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'wenda.db'), 'no database '.repeat(1000));
    await expect(openStore({ dataDir })).rejects.toThrow(
      'The database file is not a SQLite database: move it away or set another DATA_DIR.',
    );
    await expect(openStore({ dataDir: join(dataDir, 'wenda.db') })).rejects.toThrow(
      'DATA_DIR is a file, not a folder: set another DATA_DIR.',
    );
  });

  it('locked by another program: a clear error, nothing half done, and it works again afterwards', async () => {
    const dataDir = join(folder, 'locked');
    const store = await openStore({ dataDir, patience: 50 });
    const other = new Sqlite(join(dataDir, 'wenda.db'));
    other.exec('begin exclusive');
    const apply = () => store.transact({ key: '1', conversation: 'test:1', at: 1 }, () => saying('reply'));
    await expect(apply()).rejects.toThrow('The database file is locked by another program');
    other.exec('rollback');
    other.close();
    expect(await apply()).toBe('applied');
    await store.close();
  });

  it('locked by another program for a moment: the program goes on meanwhile, and the event is applied', async () => {
    const dataDir = join(folder, 'moment');
    const store = await openStore({ dataDir });
    const other = new Sqlite(join(dataDir, 'wenda.db'));
    other.exec('begin immediate');
    const applied = store.transact({ key: '1', conversation: 'test:1', at: 1 }, () => saying('reply'));
    // A program that stood still while it waits for the lock would never come to give it back.
    setTimeout(() => other.exec('rollback'), 100);
    expect(await applied).toBe('applied');
    other.close();
    await store.close();
  });

  it('holds nothing of a forgotten conversation, not even in its unused pages', async () => {
    const dataDir = join(folder, 'forgotten');
    const store = await openStore({ dataDir });
    const secret = 'confidential ';
    const visitor = { author: 'visitor', text: secret } as const;
    await store.transact({ key: '1', conversation: 'test:1', at: 1 }, () => ({
      ...saying(secret.repeat(2000)),
      line: visitor,
      event: { text: secret },
    }));
    await store.transact({ key: '2', conversation: 'test:1', at: 2 }, () => ({
      ...saying(),
      line: visitor,
      event: { text: secret },
      effects: [{ type: 'forget' }, ...saying('erased').effects],
    }));
    await store.close();
    const found = readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes('confidential'));
    expect(found).toEqual([]);
  });

  // No other program can be sending what a dead one left.
  killedBetweenClaimAndSettle(() => ({ dataDir: join(folder, 'killed') }), 0);

  it('leaves what is being sent to the program that sends it, as long as that one lives', async () => {
    const dataDir = join(folder, 'alive');
    const sender = await openStore({ dataDir });
    await sender.transact({ key: '1', conversation: 'test:1', at: 1 }, () => saying('reply'));
    const [reply] = await sender.claim(10, 1, 1_000);
    const other = await openStore({ dataDir });
    expect(await other.claim(11, 1, 1_000)).toEqual([]);
    await other.close();
    await sender.close();
    const next = await openStore({ dataDir });
    expect(await next.claim(12, 1, 1_000)).toEqual([{ ...reply, attempts: 1 }]);
    await next.close();
  });

  it('says that it is closed when it is used after that', async () => {
    const store = await openStore({ dataDir: ':memory:' });
    await store.close();
    await expect(store.ping()).rejects.toThrow('The store is closed: the program is stopping.');
  });

  it('on a full disk: a clear error, nothing half done, and it works again afterwards', async () => {
    const dataDir = join(folder, 'full');
    await (await openStore({ dataDir })).close();
    const file = join(dataDir, 'wenda.db');
    const store = await openStore({ dataDir, pages: 30 });
    const apply = (number: number) =>
      store.transact({ key: `${number}`, conversation: 'test:1', at: 1 }, () => saying('reply '.repeat(1000)));
    let applied = 0;
    const fill = async () => {
      for (; applied < 1000; applied++) await apply(applied);
    };
    await expect(fill()).rejects.toThrow('The disk is full');
    const lines = await store.transcript('test:1', 0, 1000);
    expect(lines).toHaveLength(applied);
    await store.close();
    const roomy = await openStore({ dataDir });
    expect(await roomy.transact({ key: `${applied}`, conversation: 'test:1', at: 1 }, () => saying())).toBe('applied');
    expect(new Sqlite(file).pragma('integrity_check', { simple: true })).toBe('ok');
    await roomy.close();
  });

  it('is migrated once when two programs start at the same moment, and each event is applied once', async () => {
    const dataDir = join(folder, 'two');
    const script = new URL('./writer.ts', import.meta.url);
    const writers = [1, 2].map(() => fork(script, [JSON.stringify({ dataDir })]));
    const codes = await Promise.all(writers.map((writer) => once(writer, 'exit')));
    expect(codes.map(([code]) => code)).toEqual([0, 0]);
    const store = await openStore({ dataDir });
    const lines = await store.transcript('shared:1', 0, 1000);
    expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, at) => `${at + 1}`));
    await store.close();
  });
});
