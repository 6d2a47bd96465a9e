import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApply } from '../../src/app/apply.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { createReceive, eventId } from '../../src/app/receive.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import { newState, type State } from '../../src/core/conversation/state.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { echo, keptLog, say } from './echo.ts';

const at = 1_800_000_000_000;

let store: Store;

beforeEach(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterEach(() => store.close());

function incoming(number: number, body: Incoming['body'], more: Partial<Incoming> = {}): Incoming {
  return { key: `test:ann:${number}`, conversation: 'test:ann', at: at + number, body, ...more };
}

const text = (number: number, words: string, more: Partial<Incoming> = {}) =>
  incoming(number, { kind: 'text', text: words }, more);

/** The way in, with what the turns saw and did. */
function open(options: { readonly store?: Pick<Store, 'transact'>; readonly level?: string } = {}) {
  const states: State[] = [];
  const committed: (readonly Effect[])[] = [];
  const { log, lines } = keptLog(options.level);
  const core: typeof echo = {
    ...echo,
    turn(state, event) {
      states.push(state);
      return echo.turn(state, event);
    },
  };
  const apply = createApply({
    store: options.store ?? store,
    core,
    log,
    committed: (effects) => committed.push(effects),
  });
  const metrics = createMetrics({ version: '1', counts: store.counts });
  return { receive: createReceive({ apply, core, metrics, channels: [] }), states, committed, log: lines, metrics };
}

const events = async () => (await store.asked(0, 100)).map(({ event }) => event);
const lines = async () =>
  (await store.transcript('test:ann', 0, 100)).map(({ author, text: words }) => [author, words]);

test('a text becomes an event with its matches, under a short id of its own, and a line', async () => {
  const { receive, committed } = open();
  expect(await receive(text(1, 'hello'))).toBe('applied');
  expect(await receive(text(2, 'and then?'))).toBe('applied');
  expect(await events()).toEqual([
    { id: eventId('test:ann:1'), at: at + 1, type: 'said', text: 'hello', matches: echo.understand('hello', {}) },
    {
      id: eventId('test:ann:2'),
      at: at + 2,
      type: 'said',
      text: 'and then?',
      matches: echo.understand('and then?', { topic: 'hello' }),
    },
  ]);
  expect(await lines()).toEqual([
    ['visitor', 'hello'],
    ['visitor', 'and then?'],
  ]);
  expect(committed).toEqual([
    [{ type: 'say', message: say('said hello') }],
    [{ type: 'say', message: say('said and then?') }],
  ]);
  expect(eventId('test:ann:1')).toMatch(/^[\w-]{10}$/);
});

test('choices and attachments become lines that people can read', async () => {
  const { receive } = open();
  await receive(incoming(1, { kind: 'arrival' }));
  await receive(incoming(2, { kind: 'choice', ids: ['a', 'b'] }));
  await receive(incoming(3, { kind: 'attachment', media: 'file', name: 'plan.pdf' }));
  await receive(incoming(4, { kind: 'attachment', media: 'sticker' }));
  expect(await lines()).toEqual([
    ['visitor', 'label of a, label of b'],
    ['visitor', '[file: plan.pdf]'],
    ['visitor', '[sticker]'],
  ]);
});

test('the same in Chinese', async () => {
  const { receive } = open();
  await receive(incoming(1, { kind: 'arrival' }, { locale: 'zh-CN' }));
  await receive(incoming(2, { kind: 'choice', ids: ['a', 'b'] }));
  await receive(incoming(3, { kind: 'attachment', media: 'file', name: '计划.pdf' }));
  expect(await lines()).toEqual([
    ['visitor', 'label of a、label of b'],
    ['visitor', '[文件：计划.pdf]'],
  ]);
});

test.each([
  ['en', 'simplified', 'hello', undefined],
  ['zh', 'simplified', '你好，请问备案多少钱', undefined],
  ['zh', 'traditional', '請問備案要多少錢', undefined],
  ['zh', 'traditional', 'hello', 'zh-HK'],
  ['en', 'simplified', '12345', 'fr-FR'],
] as const)('a conversation begins in %s, %s for "%s" from %s', async (language, script, words, locale) => {
  const { receive, states } = open();
  await receive(text(1, words, locale === undefined ? {} : { locale }));
  expect(states).toEqual([newState(language, script)]);
});

test('a text of more than 8,000 characters is cut, and the event says how long it was', async () => {
  const { receive } = open();
  await receive(text(1, `${'x'.repeat(7999)}😀 and more`));
  const kept = `${'x'.repeat(7999)}\ufffd`;
  expect(await lines()).toEqual([['visitor', kept]]);
  expect(await events()).toEqual([
    {
      id: eventId('test:ann:1'),
      at: at + 1,
      type: 'said',
      text: kept,
      matches: echo.understand(kept, {}),
      cutFrom: 8010,
    },
  ]);
});

test('what no database holds is left out: NUL and half characters', async () => {
  const { receive } = open();
  await receive(text(1, 'a\0b\ud800c'));
  await receive(incoming(2, { kind: 'choice', ids: ['x\0'] }));
  await receive(incoming(3, { kind: 'attachment', media: 'file', name: 'n\0\udc00' }));
  expect(await lines()).toEqual([
    ['visitor', 'ab\ufffdc'],
    ['visitor', 'label of x'],
    ['visitor', '[file: n\ufffd]'],
  ]);
});

test('a turn that fails three times is applied as failed under its key, with the words kept', async () => {
  const { receive, states, committed, log } = open({ level: 'info' });
  expect(await receive(text(1, 'break it'))).toBe('applied');
  expect(states).toHaveLength(4);
  expect(committed).toEqual([[{ type: 'say', message: say('failed') }]]);
  expect(await events()).toEqual([{ id: eventId('test:ann:1'), at: at + 1, type: 'failed' }]);
  expect(await lines()).toEqual([['visitor', 'break it']]);
  const [{ place, time: _, ...line } = {}] = log;
  expect(line).toEqual({
    level: 'error',
    key: 'test:ann:1',
    conversation: 'test:ann',
    kind: 'RangeError',
    msg: 'a turn failed three times and was not applied',
  });
  expect(String(place)).toMatch(/^at Object\.turn .*echo\.ts/);
  expect(JSON.stringify(log)).not.toContain('break it');
  expect(await receive(text(1, 'break it'))).toBe('seen');
});

test('a state of another version is set aside and logged: the conversation begins anew', async () => {
  const old = { ...newState('zh'), version: 99, language: 'zh' };
  await store.transact({ key: 'test:ann:0', conversation: 'test:ann', at }, () => ({
    state: JSON.parse(JSON.stringify(old)),
    event: {},
    effects: [],
  }));
  const { receive, states, log } = open();
  await receive(text(1, 'hello'));
  expect(states).toEqual([newState('en')]);
  expect(log.map(({ level, msg }) => [level, msg])).toEqual([
    ['warn', 'state of another version set aside: the conversation begins anew'],
  ]);
});

test('when nothing could be stored it rejects, and the same event is applied when it comes again', async () => {
  let broken = true;
  const transact: Store['transact'] = async (event, work) => {
    if (broken) throw new Error('The disk is full.');
    return store.transact(event, work);
  };
  const { receive, committed } = open({ store: { transact } });
  await expect(receive(text(1, 'hello'))).rejects.toThrow('The disk is full.');
  expect(committed).toEqual([]);
  broken = false;
  expect(await receive(text(1, 'hello'))).toBe('applied');
});

test('messages are counted by channel and by what was made of them', async () => {
  const { receive, metrics } = open();
  await receive(incoming(1, { kind: 'arrival' }));
  await receive(text(2, 'hello'));
  await receive(text(2, 'hello'));
  await receive(text(3, 'break'));
  await receive(incoming(4, { kind: 'choice', ids: ['a'] }));
  await receive(incoming(5, { kind: 'attachment', media: 'image' }));
  const counted = (await metrics.text())
    .split('\n')
    .filter((line) => line.startsWith('wenda_messages_received_total{'));
  expect(counted).toEqual([
    'wenda_messages_received_total{channel="test",verdict="arrival"} 1',
    'wenda_messages_received_total{channel="test",verdict="none"} 1',
    'wenda_messages_received_total{channel="test",verdict="repeated"} 1',
    'wenda_messages_received_total{channel="test",verdict="failed"} 1',
    'wenda_messages_received_total{channel="test",verdict="choice"} 1',
    'wenda_messages_received_total{channel="test",verdict="attachment"} 1',
  ]);
});
