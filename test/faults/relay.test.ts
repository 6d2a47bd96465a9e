import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/app/core.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { Store } from '../../src/ports.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { shipped } from './bot.ts';
import { past } from './load.ts';
import { type Program, startProgram } from './process.ts';
import type { Step } from './program.ts';
import { asksForPerson, caseOf, lastWords, lo, mei, sayAct, startScene } from './scene.ts';

let core: Core;
let knowledge: Knowledge;
let dataDir: string;
const running = new Set<Program>();

beforeAll(async () => {
  ({ core, knowledge } = await shipped());
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wenda-relay-'));
});
afterEach(async () => {
  await Promise.all([...running].map((program) => program.kill()));
  running.clear();
  await rm(dataDir, { recursive: true });
});

async function start(store: StoreOptions, more: { ahead?: number; standstill?: Step; only?: string } = {}) {
  const program = await startProgram({ ahead: 0, ...more, store: { ...store, desk: 'lane' } });
  running.add(program);
  return program;
}

async function kill(program: Program): Promise<void> {
  running.delete(program);
  await program.kill();
}

/** Opens and claims a case of Ann's; gives its id. */
async function claimed(store: Store): Promise<string> {
  const scene = await startScene({ store, core, knowledge });
  await scene.says('ann', asksForPerson);
  await scene.act('ann', mei, { does: 'claim' });
  await scene.idle();
  await scene.stop();
  return caseOf(store, 'ann');
}

/** Everything that visitor and desk see of Ann's case, and how much is still to be carried out. */
async function look(store: Store) {
  const lines = await store.deskLines('test:ann', 100);
  const journal = await store.journal('test:ann', 0, 100);
  return {
    lines: lines.map(({ author, text, status }) => [author, text, status]),
    journal: journal.map(({ item }) => item),
    outbox: (await store.counts()).outbox,
  };
}

const answer = sayAct('', 'hello Ann');
const asked = lastWords('ann', 'are you there?');

/** What it looks like when nobody is killed. */
async function undisturbed(direction: 'out' | 'in') {
  const store = await openStore({ dataDir: ':memory:', desk: 'lane' });
  const id = await claimed(store);
  const scene = await startScene({ store, core, knowledge });
  if (direction === 'out') await scene.desk.act({ ...answer, case: id });
  else await scene.receive(asked);
  await scene.idle();
  const left = await look(store);
  const sent = scene.sent.length;
  await scene.stop();
  await store.close();
  return { left, sent };
}

describe('a program that is killed', { timeout: 120_000 }, () => {
  const steps = [
    ['out', 'before commit', 0],
    ['out', 'after commit', 0],
    ['out', 'after send', 2],
    ['out', 'after settle', 0],
    ['out', 'after telling', 2],
    ['in', 'before commit', 0],
    ['in', 'after commit', 0],
    ['in', 'after telling', 1],
  ] as const;

  it.each(steps)('relaying %s, %s, loses nothing and doubles nothing', async (direction, step, again) => {
    const store = await openStore({ dataDir, desk: 'lane' });
    const id = await claimed(store);
    await store.close();
    const relay = (program: Program) =>
      direction === 'out' ? program.act({ ...answer, case: id }) : program.deliver(asked);
    const first = await start({ dataDir }, { standstill: step, only: direction === 'out' ? answer.key : asked.key });
    const acknowledged = relay(first).then(
      () => true,
      () => false,
    );
    await first.wrote(step);
    await kill(first);
    const second = await start({ dataDir }, { ahead: past });
    // Whoever got no acknowledgement sends again, and is told what came of it.
    const known = await acknowledged;
    if (!known) expect(await relay(second)).toEqual(expectedAnswer(direction, step));
    await second.idle();
    const after = await openStore({ dataDir });
    const expected = await undisturbed(direction);
    expect(await look(after)).toEqual(expected.left);
    await after.close();
    const sent = [...first.sent, ...second.sent];
    expect(new Set(sent).size).toBe(expected.sent);
    // Sent but not settled: sent again under the same key, by which a platform knows it. Each side has one on its way.
    expect(sent.length - new Set(sent).size).toBeLessThanOrEqual(again);
  });

  function expectedAnswer(direction: 'out' | 'in', step: Step) {
    if (direction === 'out') return { as: 'done' };
    return step === 'before commit' ? 'applied' : 'seen';
  }
});

describe.skipIf(!process.env['DATABASE_URL'])('two programs on one PostgreSQL', { timeout: 120_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('that get two claims of each of a hundred cases at once let exactly one win', async () => {
    const options = { databaseUrl: postgres.url, dataDir: '' };
    const store = await openStore({ ...options, desk: 'lane' });
    const scene = await startScene({ store, core, knowledge });
    const visitors = Array.from({ length: 100 }, (_, number) => `visitor-${number}`);
    await Promise.all(visitors.map((visitor) => scene.says(visitor, asksForPerson)));
    const cases = await Promise.all(visitors.map((visitor) => caseOf(store, visitor)));
    const programs = await Promise.all([start(options), start(options)]);
    const outcomes = await Promise.all(
      cases.map((id, number) =>
        Promise.all(
          programs.map((program, at) => {
            const consultant = at === 0 ? mei : lo;
            const key = `desk:${consultant.id}:${number}`;
            return program.act({ key, case: id, at: 1_800_000_900_000, consultant, act: { does: 'claim' } });
          }),
        ),
      ),
    );
    for (const [at, [one, other]] of outcomes.entries()) {
      const winner = one?.as === 'done' ? mei : lo;
      expect([one?.as, other?.as].toSorted()).toEqual(['done', 'refused']);
      expect([one, other]).toContainEqual({ as: 'refused', why: 'held', holder: winner });
      expect(await store.caseOf(cases[at] ?? '')).toMatchObject({ status: 'claimed', consultant: winner });
    }
    await scene.stop();
    await store.close();
  });
});
