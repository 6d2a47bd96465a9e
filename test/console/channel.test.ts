import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createConsoleChannel } from '../../adapters/console/channel.ts';
import type { Outgoing } from '../../src/core/message.ts';
import type { Incoming } from '../../src/ports.ts';

const feedback = {
  ask: 'Did this help?',
  yes: { id: 'feedback:yes:tea', label: 'Yes' },
  no: { id: 'feedback:no:tea', label: 'No' },
};

const say = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({ text, language: 'en', refs: [], ...more });

/** A console with a bot behind it that says what it heard. `answer` may refuse by throwing. */
function sit(options: { readonly isTTY?: boolean; answer?(incoming: Incoming): readonly Outgoing[] } = {}) {
  const { answer = ({ body }) => [say(body.kind === 'text' ? `heard: ${body.text}` : body.kind)] } = options;
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: options.isTTY === true });
  const heard: Incoming[] = [];
  const order: string[] = [];
  const said: Outgoing[] = [];
  let id = 0;
  const deliver = async (message: Outgoing, key = `#${++id}`) => {
    await channel.send({ id, conversation: heard[0]?.conversation ?? '', author: 'bot', message, attempts: 0, key });
    order.push(`said ${message.text}`);
  };
  const { channel, ended } = createConsoleChannel({
    input,
    output,
    clock: () => 1_800_000_000_000,
    locale: 'en-GB',
    async idle() {
      // The bot takes its time: the next line has to wait.
      await new Promise((resolve) => setImmediate(resolve));
      for (const message of said.splice(0)) await deliver(message);
    },
  });
  const started = channel.start(async (incoming) => {
    heard.push(incoming);
    order.push(`heard ${incoming.body.kind === 'text' ? incoming.body.text : incoming.body.kind}`);
    said.push(...answer(incoming));
    return 'applied';
  });
  return { input, output, heard, order, channel, ended, started, deliver, printed: () => String(output.read() ?? '') };
}

test('in a pipe each line is read after the reply to the one before, and the end of the input ends it', async () => {
  const desk = sit();
  desk.input.end('one\n\n  two \nthree');
  await desk.ended;
  expect(desk.order).toEqual([
    'heard arrival',
    'said arrival',
    'heard one',
    'said heard: one',
    'heard two',
    'said heard: two',
    'heard three',
    'said heard: three',
  ]);
  expect(desk.printed()).toBe('arrival\n\nheard: one\n\nheard: two\n\nheard: three\n\n');
});

test('what is taken in belongs to one conversation, each with a key of its own', async () => {
  const desk = sit();
  desk.input.end('one\n');
  await desk.ended;
  const conversation = desk.heard[0]?.conversation ?? '';
  expect(conversation).toMatch(/^console:[\w-]{36}$/);
  const common = { conversation, at: 1_800_000_000_000, locale: 'en-GB' };
  expect(desk.heard).toEqual([
    { ...common, key: `${conversation}:1`, body: { kind: 'arrival' } },
    { ...common, key: `${conversation}:2`, body: { kind: 'text', text: 'one' } },
  ]);
});

test('/quit ends it, and what follows is not read', async () => {
  const desk = sit();
  desk.input.end('one\n/quit\ntwo\n');
  await desk.ended;
  expect(desk.order.at(-1)).toBe('said heard: one');
});

test('the words below an answer say whether it helped; without such an answer they are a message', async () => {
  const desk = sit({
    answer: ({ body }) => (body.kind === 'text' && body.text === 'tea?' ? [say('green', { feedback })] : [say('ok')]),
  });
  desk.input.end('Yes\ntea?\nＮＯ\nno\n');
  await desk.ended;
  expect(desk.heard.map(({ body }) => body)).toEqual([
    { kind: 'arrival' },
    { kind: 'text', text: 'Yes' },
    { kind: 'text', text: 'tea?' },
    { kind: 'choice', ids: ['feedback:no:tea'] },
    { kind: 'text', text: 'no' },
  ]);
});

test('a message that could not be stored is told, and the conversation goes on', async () => {
  const desk = sit({
    answer: ({ body }) => {
      if (body.kind === 'text' && body.text === 'one') throw new Error('The disk is full.');
      return [say('ok')];
    },
  });
  desk.input.end('one\ntwo\n');
  await desk.ended;
  expect(desk.printed()).toBe('ok\n\nThe disk is full.\n\nok\n\n');
});

test('a message that is delivered again is not shown again', async () => {
  const desk = sit({ answer: () => [] });
  await desk.deliver(say('once'), 'same');
  await desk.deliver(say('once'), 'same');
  expect(desk.printed()).toBe('once\n\n');
  await desk.channel.stop();
});

test('on a terminal what the bot says by itself stands above what is being typed', async () => {
  const desk = sit({ isTTY: true });
  const shown: string[] = [];
  const prompted = new Promise<void>((resolve) => {
    desk.output.on('data', (chunk) => {
      shown.push(String(chunk));
      if (shown.join('').includes('> half')) resolve();
    });
  });
  desk.input.write('half');
  await prompted;
  shown.length = 0;
  await desk.deliver(say('by the way'));
  expect(shown.join('')).toMatch(/by the way\n\n[^\n]*> [^\n]*half/);
  await desk.channel.stop();
  await desk.ended;
});

test('a channel that is stopped has ended', async () => {
  const desk = sit();
  await desk.started;
  await desk.channel.stop();
  await desk.ended;
  expect(desk.channel.health()).toEqual({ ready: true, detail: 'The terminal is open.' });
});
