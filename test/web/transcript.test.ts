import { describe, expect, test } from 'vitest';
import { readEvents, type ServerEvent } from '../../adapters/web/browser/events.ts';
import { addLine, empty, type Pending, picksOf, positionOf } from '../../adapters/web/browser/transcript.ts';
import type { WireLine } from '../../adapters/web/wire.ts';

const bot = (position: number, message: Partial<Extract<WireLine, { author: 'bot' }>['message']> = {}): WireLine => ({
  position,
  at: 0,
  id: '',
  author: 'bot',
  message: { blocks: [], language: 'en', ...message },
});
const visitor = (position: number, text: string, id = `id-${position}`): WireLine => ({
  position,
  at: 0,
  author: 'visitor',
  text,
  id,
});
const pending = (id: string, ids: readonly string[], status: Pending['status'] = 'waiting'): Pending => ({
  id,
  at: 0,
  text: '',
  status,
  body: { kind: 'choice', id, ids },
});
const lines = (...all: WireLine[]) => ({ lines: all, pending: [] });
const picks = (transcript: Parameters<typeof picksOf>[0]) => {
  const { choices, feedback, picked } = picksOf(transcript);
  return { choices, feedback, picked: [...picked].map(([position, ids]) => [position, [...ids]]) };
};

describe('The transcript in the browser', () => {
  test('takes each line once, in order', () => {
    const all = [visitor(1, 'a'), bot(2), bot(2), visitor(1, 'a'), bot(3)];
    expect(all.reduce(addLine, empty).lines.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(positionOf(empty)).toBe(0);
  });

  test('replaces the bubble of a message by its line', () => {
    const waiting = { lines: [], pending: [pending('one', []), pending('two', [])] };
    expect(addLine(waiting, visitor(1, 'a', 'one'))).toEqual({
      lines: [visitor(1, 'a', 'one')],
      pending: [pending('two', [])],
    });
  });

  test('forgets what was erased, with the message that asked for it', () => {
    const last = { ...bot(3, { erased: true }), id: 'two' };
    const waiting = { ...lines(visitor(1, 'a'), bot(2)), pending: [pending('two', []), pending('three', [])] };
    expect(addLine(waiting, last)).toEqual({ lines: [last], pending: [pending('three', [])] });
  });
});

describe('Choices', () => {
  const choices = [
    { id: 'a', label: 'Film, TV' },
    { id: 'b', label: 'News' },
    { id: 'c', label: 'None' },
  ];
  const feedback = { ask: '?', yes: { id: 'y', label: 'Yes' }, no: { id: 'n', label: 'No' } };

  test('of the latest message are active', () => {
    expect(picks(lines(bot(1, { choices }), bot(2), bot(3, { choices })))).toEqual({
      choices: 3,
      feedback: undefined,
      picked: [],
    });
  });

  test('stay active when something else was written', () => {
    expect(picks(lines(bot(1, { choices }), visitor(2, 'hm'), bot(3))).choices).toBe(1);
  });

  test('are over once one was picked, which is marked', () => {
    expect(picks(lines(bot(1, { choices }), visitor(2, 'News')))).toEqual({
      choices: undefined,
      feedback: undefined,
      picked: [[1, ['b']]],
    });
  });

  test('are over as soon as one is picked here, before the server has it', () => {
    expect(picks({ lines: [bot(1, { choices })], pending: [pending('p', ['c'])] }).picked).toEqual([[1, ['c']]]);
  });

  test('are active again when the pick was refused', () => {
    expect(picks({ lines: [bot(1, { choices })], pending: [pending('p', ['c'], 'refused')] }).choices).toBe(1);
  });

  test.each(['Film, TV, None', 'Film, TV、None'])('picked together are found again in %s', (text) => {
    expect(picks(lines(bot(1, { choices, multiple: true }), visitor(2, text))).picked).toEqual([[1, ['a', 'c']]]);
  });

  test('are found again by their id where the transcript has no label', () => {
    expect(picks(lines(bot(1, { choices }), visitor(2, 'b'))).picked).toEqual([[1, ['b']]]);
  });

  test('are not taken for picked by a sentence that holds a label', () => {
    expect(picks(lines(bot(1, { choices }), visitor(2, 'News about None'))).choices).toBe(1);
  });

  test('and the question for feedback are picked apart', () => {
    expect(picks(lines(bot(1, { choices, feedback }), visitor(2, 'Yes'), bot(3)))).toEqual({
      choices: 1,
      feedback: undefined,
      picked: [[1, ['y']]],
    });
  });
});

describe('The reader of server-sent events', () => {
  const read = async (pieces: readonly Uint8Array[]) => {
    const events: ServerEvent[] = [];
    let signs = 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    await readEvents(
      body,
      (event) => events.push(event),
      () => {
        signs += 1;
      },
    );
    return { events, signs };
  };
  const whole = new TextEncoder().encode(
    'event: line\ndata: {"a":"备案: b"}\nid: 1\n\n: \n\nevent: ready\ndata: {}\n\n',
  );
  const events = [
    { event: 'line', data: '{"a":"备案: b"}' },
    { event: 'ready', data: '{}' },
  ];

  test('reads whole events', async () => {
    expect(await read([whole])).toEqual({ events, signs: 1 });
  });

  test('reads events that were cut anywhere, even inside a character', async () => {
    for (let cut = 1; cut < whole.length; cut += 1) {
      expect(await read([whole.slice(0, cut), whole.slice(cut)])).toEqual({ events, signs: 2 });
    }
  });

  test('leaves out an event that was not finished', async () => {
    expect(await read([whole.slice(0, whole.length - 1)])).toEqual({ events: events.slice(0, 1), signs: 1 });
  });
});
