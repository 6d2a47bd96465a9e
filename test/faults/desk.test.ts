import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import { type Delivery, SendError, type Store } from '../../src/ports.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { shipped } from './bot.ts';
import { asksForPerson, lo, mei, type Scene, startScene } from './scene.ts';

let core: Core;
let knowledge: Knowledge;
let store: Store;
const running: Scene[] = [];

beforeAll(async () => {
  ({ core, knowledge } = await shipped());
});
beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:', desk: 'lane' });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((scene) => scene.stop()));
  await store.close();
});

async function start(options: { store?: Store; send?(delivery: Delivery): Promise<void> } = {}): Promise<Scene> {
  const scene = await startScene({ store, core, knowledge, ...options });
  running.push(scene);
  return scene;
}

/** Lets everything else go on for a moment. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const question = 'how much does an ICP filing cost?';
const say = (words: string, origin = 'lane:1') => ({ does: 'say', text: words, origin }) as const;
const kinds = (items: readonly DeskItem[]) => items.map(({ kind }) => kind);
const journal = async (visitor: string) => (await store.journal(`test:${visitor}`, 0, 1_000)).map(({ item }) => item);

/** The claims of two consultants at the same moment, one hundred times, on two stores. */
function race(open: () => Promise<readonly [Store, Store]>): void {
  it('exactly one of two who claim at once gets the case, the other is told who has it', async () => {
    const stores = await open();
    const [first, second] = await Promise.all(stores.map((one) => start({ store: one })));
    if (!first || !second) throw new Error('two desks are needed');
    const wins = { [mei.name]: 0, [lo.name]: 0 };
    for (let round = 0; round < 100; round += 1) {
      const visitor = `visitor-${round}`;
      await first.says(visitor, asksForPerson);
      const [one, other] = await Promise.all([
        first.act(visitor, mei, { does: 'claim' }),
        second.act(visitor, lo, { does: 'claim' }),
      ]);
      const [winner, loser] = one.as === 'done' ? [mei, other] : [lo, one];
      expect([one.as, other.as].toSorted()).toEqual(['done', 'refused']);
      expect(loser).toEqual({ as: 'refused', why: 'held', holder: winner });
      const [found] = await stores[0].findCases({ show: 'open', limit: 1 });
      expect(found).toMatchObject({ status: 'claimed', consultant: winner });
      wins[winner.name] = (wins[winner.name] ?? 0) + 1;
    }
    expect(await stores[0].findCases({ show: 'unclaimed', limit: 10 })).toEqual([]);
    expect((wins[mei.name] ?? 0) + (wins[lo.name] ?? 0)).toBe(100);
    await Promise.all(running.splice(0).map((scene) => scene.stop()));
    await Promise.all(stores.map((one) => one.close()));
  });
}

const open = (options: StoreOptions) => openStore({ ...options, desk: 'lane' });

describe('two connections to one SQLite file', { timeout: 120_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wenda-claims-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  race(async () => [await open({ dataDir }), await open({ dataDir })]);
});

describe.skipIf(!process.env['DATABASE_URL'])('two replicas on one PostgreSQL', { timeout: 120_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  race(async () => {
    const options = { databaseUrl: postgres.url, dataDir: '' };
    return [await open(options), await open(options)];
  });
});

describe('a claim', () => {
  it('at the very moment of a bot reply: no reply of the bot is sent from then on', async () => {
    let claimed = false;
    const late: string[] = [];
    let pause = 0;
    const scene = await start({
      store: {
        ...store,
        async claim(...given) {
          const rows = await store.claim(...given);
          await turns(pause);
          return rows;
        },
      },
      async send({ author, conversation, message }) {
        if (claimed && author === 'bot' && conversation.startsWith('test:')) late.push(message.text);
        await turns(1);
      },
    });
    for (let round = 0; round < 40; round += 1) {
      const visitor = `visitor-${round}`;
      claimed = false;
      pause = 0;
      await scene.says(visitor, asksForPerson);
      if (round % 2 === 0) await scene.idle();
      pause = round % 12;
      const asked = scene.says(visitor, question);
      await turns(round % 8);
      await scene.act(visitor, mei, { does: 'claim' });
      claimed = true;
      await asked;
      await scene.says(visitor, question);
      await scene.idle();
      const heard = scene.heard(visitor);
      const joined = heard.findIndex(({ message }) => message.refs.includes('handoff.joined'));
      expect(joined).toBe(heard.length - 1);
    }
    expect(late).toEqual([]);
  });

  it('sent again has the same outcome, whatever happened since', async () => {
    const scene = await start();
    await scene.says('ann', asksForPerson);
    expect(await scene.act('ann', mei, { does: 'claim' }, 'k1')).toEqual({ as: 'done' });
    const refused = { as: 'refused', why: 'held', holder: mei };
    expect(await scene.act('ann', lo, { does: 'claim' }, 'k2')).toEqual(refused);
    expect(await scene.act('ann', lo, { does: 'resolve' }, 'k3')).toEqual({ ...refused, why: 'not-held' });
    await scene.act('ann', mei, { does: 'release' });
    await scene.act('ann', lo, { does: 'claim' });
    expect(await scene.act('ann', mei, { does: 'claim' }, 'k1')).toEqual({ as: 'done' });
    expect(await scene.act('ann', lo, { does: 'claim' }, 'k2')).toEqual(refused);
    expect(await scene.act('ann', lo, { does: 'resolve' }, 'k3')).toEqual({ ...refused, why: 'not-held' });
    expect((await store.findCases({ show: 'all', limit: 9 })).map(({ consultant }) => consultant)).toEqual([lo]);
  });
});

describe('a visitor’s message while the case is resolved', () => {
  it('belongs to the case, or is answered by the bot: one of the two, never both or neither', async () => {
    const scene = await start();
    const outcomes = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const visitor = `visitor-${round}`;
      await scene.says(visitor, asksForPerson);
      await scene.act(visitor, mei, { does: 'claim' });
      await scene.idle();
      const before = scene.heard(visitor).length;
      const resolved = scene.act(visitor, mei, { does: 'resolve' });
      await turns(round % 10);
      await scene.says(visitor, question);
      await resolved;
      await scene.idle();
      const inCase = (await journal(visitor)).some((item) => item.kind === 'visitor' && item.text === question);
      const answered = scene
        .heard(visitor)
        .slice(before)
        .some(({ author, message }) => author === 'bot' && message.refs.includes('answer:icp-cost'));
      expect(inCase).toBe(!answered);
      outcomes.add(inCase ? 'case' : 'bot');
    }
    expect(outcomes.size).toBe(2);
  });
});

describe('a reply', () => {
  async function held(options: Parameters<typeof start>[0] = {}) {
    const scene = await start(options);
    await scene.says('ann', asksForPerson);
    await scene.act('ann', mei, { does: 'claim' });
    await scene.idle();
    return scene;
  }
  const texts = (scene: Scene) =>
    scene
      .heard('ann')
      .filter(({ message }) => message.refs.includes('consultant'))
      .map(({ message }) => message.text);

  it('that is changed while it is being sent is followed by the change', async () => {
    const sending = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const scene = await held({
      async send({ message }) {
        if (message.text !== 'first') return;
        sending.resolve();
        await gate.promise;
      },
    });
    await scene.act('ann', mei, say('first'));
    await sending.promise;
    await scene.act('ann', mei, { does: 'edit', origin: 'lane:1', text: 'second' });
    gate.resolve();
    await scene.idle();
    expect(texts(scene)).toHaveLength(2);
    expect(texts(scene)[0]).toBe('first');
    expect(texts(scene)[1]).toMatch(/second$/);
  });

  it('that is changed or taken back before it goes out leaves no trace with the visitor', async () => {
    const sending = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const scene = await held({
      async send({ message }) {
        if (message.text !== 'before') return;
        sending.resolve();
        await gate.promise;
      },
    });
    await scene.act('ann', mei, say('before', 'lane:0'));
    await sending.promise;
    await scene.act('ann', mei, say('wrong', 'lane:1'));
    await scene.act('ann', mei, say('too much', 'lane:2'));
    await scene.act('ann', mei, { does: 'edit', origin: 'lane:1', text: 'right' });
    await scene.act('ann', mei, { does: 'edit', origin: 'lane:2' });
    gate.resolve();
    await scene.idle();
    expect(texts(scene)).toEqual(['before', 'right']);
    const shown = (await store.transcript('test:ann', 0, 100)).map(({ text }) => text);
    expect(shown.slice(-2)).toEqual(['before', 'right']);
  });

  it.each([
    ['uncertain', 'uncertain', ['uncertain']],
    ['refused', 'failed', ['failed']],
    ['retry', 'pending', ['waiting']],
    ['kept', 'pending', ['waiting']],
  ] as const)('whose sending ends as %s is marked, at every desk', async (action, status, marks) => {
    const scene = await held({
      async send({ message }) {
        if (message.text === 'hello') throw new SendError(action, 'the reason');
      },
    });
    await scene.act('ann', mei, say('hello'));
    await scene.idle();
    const marked = marks.map((mark) => ({ kind: 'mark', origin: 'lane:1', mark, reason: 'the reason' }));
    expect((await journal('ann')).filter(({ kind }) => kind === 'mark')).toEqual(marked);
    const told = scene.sent.flatMap(({ desk }) => (desk?.item.kind === 'mark' ? [desk.item] : []));
    expect(told).toEqual(marked);
    expect((await store.deskLines('test:ann', 1))[0]).toMatchObject({ status, reason: 'the reason', origin: 'lane:1' });
  });
});

describe('the lane of the desk', () => {
  it('holds the whole case in order, while the visitor sees only what is for them', async () => {
    const scene = await start();
    await scene.says('ann', 'I want to talk to a person');
    await scene.says('ann', 'skip');
    await scene.says('ann', 'example.com');
    await scene.act('ann', lo, { does: 'note', text: 'secret remark' });
    await scene.act('ann', mei, { does: 'claim' });
    await scene.act('ann', lo, say('secret chatter', 'lane:9'));
    await scene.act('ann', mei, say('// secret thought', 'lane:2'));
    await scene.act('ann', mei, say('hello'));
    await scene.says('ann', 'thank you');
    await scene.idle();
    await scene.act('ann', mei, { does: 'resolve' });
    await scene.idle();
    const told = scene.sent.flatMap(({ desk }) => (desk ? [desk.item] : []));
    expect(kinds(told).filter((kind) => kind !== 'bot')).toEqual([
      'paged',
      'visitor',
      'visitor',
      'details',
      'note',
      'claimed',
      'note',
      'refused',
      'note',
      'consultant',
      'visitor',
      'mark',
      'resolved',
    ]);
    expect(JSON.stringify(scene.heard('ann'))).not.toContain('secret');
    expect((await store.counts()).outbox).toBe(0);
  });
});
