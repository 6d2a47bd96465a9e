import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import type { Core } from '../../src/app/core.ts';
import { createDesk } from '../../src/app/desk.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import type { Knowledge } from '../../src/core/knowledge/knowledge.ts';
import type { Act, Allowance, Channel, Receive, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { shipped } from '../faults/bot.ts';
import { keptLog } from './echo.ts';

const at = 1_800_000_000_000;
const mei = { id: 'web:mei', name: 'Mei' };

let knowledge: Knowledge;
let core: Core;
let store: Store;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ({ core, knowledge } = await shipped());
});
beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await store.close();
});

/** A desk of a bot with the channel `test`; hears of changes. */
async function open(options: { core?: Partial<Core>; allowance?: Channel['allowance'] } = {}) {
  const started = Promise.withResolvers<Receive>();
  const channel: Channel = {
    name: 'test',
    reachable: true,
    start: async (receive) => started.resolve(receive),
    send: async () => {},
    stop: async () => {},
    health: () => ({ ready: true, detail: '' }),
    ...(options.allowance && { allowance: options.allowance }),
  };
  const changes: string[] = [];
  const { log, lines } = keptLog('error');
  const app = createApp({
    store,
    core: { ...core, ...options.core },
    channels: [channel],
    clock: () => at,
    log,
    metrics: createMetrics({ version: '1', counts: store.counts }),
    changed: (conversation) => changes.push(conversation),
  });
  await app.start();
  stops.push(app.stop);
  const receive = await started.promise;
  const desk = createDesk({ store, apply: app.apply, knowledge, channels: () => [channel] });
  let number = 0;
  const says = (text: string) => {
    number += 1;
    const key = `test:${number}`;
    return receive({ key, conversation: 'test:ann', at: at + number, name: 'Ann', body: { kind: 'text', text } });
  };
  const act = async (does: Act, key?: string, consultant = mei) => {
    number += 1;
    const [found] = await desk.find({ show: 'all', limit: 1 });
    const id = found?.id ?? 'none';
    return desk.act({ key: key ?? `desk:${number}`, case: id, at: at + number, consultant, act: does });
  };
  return { desk, says, act, idle: app.idle, changes, log: lines };
}

async function view(desk: Awaited<ReturnType<typeof open>>['desk']) {
  const [found] = await desk.find({ show: 'all', limit: 1 });
  return desk.view(found?.id ?? '');
}

test('a card shows who asks, why, what was matched and answered, in the words of both languages', async () => {
  const { desk, says } = await open();
  await says('how much does an ICP filing cost?');
  await says('questionnaire');
  await says('1');
  await says('I want to talk to a consultant');
  const card = await view(desk);
  expect(card).toMatchObject({ channel: 'test', status: 'waiting', reason: 'asked', facts: { name: 'Ann' } });
  expect(card?.question).toBe('how much does an ICP filing cost?');
  expect(card?.matched[0]?.entry).toBe('icp-cost');
  expect(card?.matched[0]?.confidence).toBeGreaterThan(0.5);
  expect(card?.matched[0]?.title).toEqual(knowledge.entries.get('icp-cost')?.title);
  expect(card?.topicTitle).toEqual(knowledge.entries.get('icp-cost')?.title);
  const step = [...knowledge.questionnaires.values()][0]?.steps[0];
  for (const language of ['en', 'zh'] as const) {
    expect(card?.answers[language]).toEqual([
      { step: step?.label[language], answer: step?.options[0]?.label[language] },
    ]);
  }
  expect(await desk.view('no such case')).toBeUndefined();
});

test('a card shows what the platform still takes; one that cannot be asked does not hide the case', async () => {
  const allowance: Allowance = { left: 3, until: at, detail: 'Three messages.' };
  const limited = await open({ allowance: async () => allowance });
  await limited.says('I want to talk to a consultant');
  expect((await view(limited.desk))?.allowance).toEqual(allowance);
  const failing = await open({
    allowance: async () => {
      throw new Error('no network');
    },
  });
  expect(await view(failing.desk)).toMatchObject({ channel: 'test' });
  expect(await view(failing.desk)).not.toHaveProperty('allowance');
});

test('what a consultant does happens: claim, words, note, change, snooze, transfer, release, resolve', async () => {
  const { desk, says, act, idle } = await open();
  await says('I want to talk to a consultant');
  const acts: readonly Act[] = [
    { does: 'claim' },
    { does: 'say', text: 'hello', origin: 'o1' },
    { does: 'note', text: 'internal', origin: 'o2' },
    { does: 'edit', origin: 'o2', text: 'internal too' },
    { does: 'snooze', until: at + 3_600_000 },
    { does: 'release' },
    { does: 'claim' },
    { does: 'transfer', to: { id: 'web:lo', name: 'Lo' } },
  ];
  for (const one of acts) expect(await act(one)).toEqual({ as: 'done' });
  expect(await act({ does: 'resolve' })).toEqual({
    as: 'refused',
    why: 'not-held',
    holder: { id: 'web:lo', name: 'Lo' },
  });
  expect(await act({ does: 'resolve' }, undefined, { id: 'web:lo', name: 'Lo' })).toEqual({ as: 'done' });
  expect(await act({ does: 'claim' })).toEqual({ as: 'refused', why: 'over' });
  await idle();
  const kinds = (await desk.journal('test:ann', 0, 100)).map(({ item }) => item.kind);
  const surroundings = ['visitor', 'bot', 'details', 'refused', 'alert', 'mark'];
  expect(kinds.filter((kind) => !surroundings.includes(kind))).toEqual([
    'paged',
    'claimed',
    'consultant',
    'note',
    'consultant-edited',
    'snoozed',
    'released',
    'claimed',
    'transferred',
    'resolved',
  ]);
  expect(kinds.filter((kind) => kind === 'mark')).toHaveLength(1);
  expect(await view(desk)).toMatchObject({ status: 'resolved', consultant: { id: 'web:lo', name: 'Lo' } });
});

test('an act on a case that is gone is over, and leaves nothing behind', async () => {
  const { desk, act } = await open();
  const outcome = await act({ does: 'note', text: 'too late' });
  expect(outcome).toEqual({ as: 'refused', why: 'over' });
  expect(await desk.version()).toBe(0);
});

test('what no database holds is left out, and what is too long is cut', async () => {
  const { desk, says, act, idle } = await open();
  await says('I want to talk to a consultant');
  await act({ does: 'claim' }, undefined, { id: 'web:m\0', name: `M\0${'e'.repeat(300)}` });
  const card = await view(desk);
  expect(card?.consultant).toEqual({ id: 'web:m', name: `M${'e'.repeat(198)}` });
  const words = `${'x'.repeat(12_000)}`;
  await act({ does: 'say', text: `\0${words}`, origin: 'o\0' }, undefined, { id: 'web:m', name: 'M' });
  await idle();
  const [line] = await desk.lines('test:ann', 1);
  expect([line?.text.length, line?.origin, line?.author]).toEqual([9_999, 'o', 'consultant']);
});

test('an act that fails is not done, and can be done under the same key when the fault is gone', async () => {
  let broken = true;
  const { desk, says, act, log } = await open({
    core: {
      turn(state, event) {
        if (broken && event.type === 'claimed') throw new RangeError('no way');
        return core.turn(state, event);
      },
    },
  });
  await says('I want to talk to a consultant');
  await expect(act({ does: 'claim' }, 'k')).rejects.toThrow('no way');
  expect(log.map(({ key, kind }) => [key, kind])).toEqual([['k', 'RangeError']]);
  expect(await view(desk)).toMatchObject({ status: 'waiting' });
  broken = false;
  expect(await act({ does: 'claim' }, 'k')).toEqual({ as: 'done' });
  expect(await view(desk)).toMatchObject({ status: 'claimed' });
});

test('surfaces hear of each change, by visitors and by consultants', async () => {
  const { says, act, changes } = await open();
  await says('I want to talk to a consultant');
  await act({ does: 'claim' });
  expect(changes).toEqual(['test:ann', 'test:ann']);
});

test('answers of the knowledge may be inserted as plain text of both languages, with their date', async () => {
  const { desk } = await open();
  const cost = desk.insertable.find(({ id }) => id === 'icp-cost');
  expect(cost?.title).toEqual(knowledge.entries.get('icp-cost')?.title);
  expect(cost?.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const texts = desk.insertable.flatMap(({ text }) => [text.en ?? '', text.zh ?? '']);
  expect(texts.filter((text) => /\*\*|\]\(|^#|^- /m.test(text))).toEqual([]);
  expect(desk.insertable.filter(({ id }) => knowledge.entries.get(id)?.status === 'meta')).toEqual([]);
  expect(desk.insertable).toBe(desk.insertable);
  expect(desk.replies.length).toBeGreaterThan(0);
});
