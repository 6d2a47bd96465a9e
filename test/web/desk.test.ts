import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WireItem } from '../../adapters/web/desk/wire.ts';
import { SendError } from '../../src/ports.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { type Hand, openCase, signIn, write } from './consultant.ts';

let bureau: Bureau;
let mei: Hand;
let tom: Hand;
let fails: SendError | undefined;

beforeEach(async () => {
  fails = undefined;
  bureau = await openBureau({
    test: {
      send: async ({ message }) => {
        if (fails) throw fails;
        bureau.sent.push(message.text);
      },
    },
  });
  [mei, tom] = [await signIn(bureau, 'Mei'), await signIn(bureau, 'Tom')];
});
afterEach(() => bureau.close());

/** The thread as `kind: words`. */
const story = (thread: readonly WireItem[]) =>
  thread.map((item) => {
    if (item.kind === 'event') return `event: ${item.item.kind}`;
    if (item.kind === 'bot' || item.kind === 'notice') return item.kind;
    return `${item.kind}: ${item.text}`;
  });

const threadOf = async (hand: Hand, id: string) => story((await hand.look(id)).thread);

test('a case goes through the queue: unclaimed, mine, closed', async () => {
  const id = await openCase(bureau, 'test:1', 'how much does an ICP filing cost?', 'Ana');
  expect((await mei.queue('unclaimed')).cases.map((one) => [one.id, one.facts.name])).toEqual([[id, 'Ana']]);
  expect(await mei.act(id, { does: 'claim' })).toEqual({ as: 'done' });
  expect((await mei.queue('mine')).cases.map((one) => one.id)).toEqual([id]);
  expect((await tom.queue('mine')).cases).toEqual([]);
  expect((await tom.queue('open')).counts).toEqual({ unclaimed: 0, mine: 0, open: 1 });
  await mei.act(id, { does: 'say', text: 'Good morning, this is Mei.' });
  await write(bureau, 'test:1', 'Thank you, that is clear.');
  await mei.act(id, { does: 'note', text: 'wants a quote' });
  await mei.act(id, { does: 'resolve' });
  await bureau.idle();
  expect((await mei.queue('closed')).cases.map((one) => one.id)).toEqual([id]);
  const thread = await threadOf(mei, id);
  expect(thread.slice(thread.indexOf('event: claimed')).filter((line) => !/^(bot|notice)$/.test(line))).toEqual([
    'event: claimed',
    'reply: Good morning, this is Mei.',
    'visitor: Thank you, that is clear.',
    'note: wants a quote',
    'event: resolved',
  ]);
  expect(bureau.sent.join('\n')).not.toContain('wants a quote');
});

test('of two who claim at once exactly one wins, and the other is told who', async () => {
  for (let round = 0; round < 20; round += 1) {
    const id = await openCase(bureau, `test:${round}`, 'is my shop allowed?');
    const outcomes = await Promise.all([mei.act(id, { does: 'claim' }), tom.act(id, { does: 'claim' })]);
    const won = outcomes.findIndex(({ as }) => as === 'done');
    const holder = { id: won === 0 ? 'web:mei' : 'web:tom', name: won === 0 ? 'Mei' : 'Tom' };
    expect(outcomes[1 - won]).toEqual({ as: 'refused', why: 'held', holder });
    expect((await tom.look(id)).case.consultant).toEqual(holder);
  }
});

test('an act that is sent again is done once', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  await mei.act(id, { does: 'claim' });
  for (let times = 0; times < 3; times += 1)
    expect(await mei.act(id, { does: 'say', text: 'Only once.' }, 'the-same-id')).toEqual({ as: 'done' });
  await bureau.idle();
  expect(bureau.sent.filter((text) => text === 'Only once.')).toHaveLength(1);
  expect((await threadOf(mei, id)).filter((line) => line === 'reply: Only once.')).toHaveLength(1);
});

test('nobody but the holder speaks; what others write stays internal', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  await mei.act(id, { does: 'claim' });
  expect(await tom.act(id, { does: 'say', text: 'Tom was here' })).toMatchObject({ as: 'refused', why: 'not-held' });
  await mei.act(id, { does: 'say', text: '// between us' });
  await bureau.idle();
  expect(await threadOf(mei, id)).toEqual(expect.arrayContaining(['note: Tom was here', 'note: between us']));
  expect(bureau.sent.join('\n')).not.toMatch(/Tom was here|between us/);
});

test('each reply shows where it stands, with the reason', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  await mei.act(id, { does: 'claim' });
  const stateOf = async (text: string) => {
    const item = (await mei.look(id)).thread.find((one) => one.kind === 'reply' && one.text === text);
    return item?.kind === 'reply' ? [item.state, item.reason] : undefined;
  };
  await mei.act(id, { does: 'say', text: 'arrives' });
  await expect.poll(() => stateOf('arrives')).toEqual(['delivered', undefined]);
  fails = new SendError('refused', 'blocked by the visitor');
  await mei.act(id, { does: 'say', text: 'does not' });
  await expect.poll(() => stateOf('does not')).toEqual(['failed', 'blocked by the visitor']);
  fails = new SendError('uncertain', 'no answer came');
  await mei.act(id, { does: 'say', text: 'perhaps' });
  await expect.poll(() => stateOf('perhaps')).toEqual(['uncertain', 'no answer came']);
  fails = new SendError('retry', 'busy', { retryAfter: 600_000 });
  await mei.act(id, { does: 'say', text: 'later' });
  await expect.poll(() => stateOf('later')).toEqual(['waiting', 'busy']);
});

test('a reply can be changed and taken back; a note as well', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  await mei.act(id, { does: 'claim' });
  await mei.act(id, { does: 'say', text: 'first words' }, 'reply-0001');
  await bureau.idle();
  await mei.act(id, { does: 'edit', origin: 'web:reply-0001', text: 'better words' });
  await mei.act(id, { does: 'note', text: 'a note' }, 'note-00001');
  await mei.act(id, { does: 'edit', origin: 'web:note-00001' });
  // Only one's own: this one changes nothing.
  await tom.act(id, { does: 'edit', origin: 'web:reply-0001', text: 'words of Tom' });
  await bureau.idle();
  const items = (await mei.look(id)).thread.filter((one) => one.kind === 'reply' || one.kind === 'note');
  expect(items).toMatchObject([
    { kind: 'reply', text: 'better words', edited: true },
    { kind: 'note', text: 'a note', gone: true },
  ]);
  expect(bureau.sent.at(-1)).toContain('better words');
});

test('a reply that confuses filing and licence is stopped once', async () => {
  const id = await openCase(bureau, 'test:1', '备案要多少钱？');
  await mei.act(id, { does: 'claim' });
  const say = () => mei.act(id, { does: 'say', text: '许可证要一百万注册资本。' });
  expect(await say()).toEqual({ as: 'refused', why: 'confusing' });
  expect(await say()).toEqual({ as: 'done' });
});

test('a case goes to a colleague and is put off', async () => {
  const id = await openCase(bureau, 'test:1', 'question');
  await mei.act(id, { does: 'claim' });
  expect((await mei.look(id)).colleagues).toEqual([
    { id: 'web:mei', name: 'Mei' },
    { id: 'web:tom', name: 'Tom' },
  ]);
  await mei.act(id, { does: 'transfer', to: 'web:tom' });
  expect((await mei.look(id)).case.consultant?.name).toBe('Tom');
  const until = Date.now() + 3_600_000;
  expect(await tom.act(id, { does: 'snooze', until })).toEqual({ as: 'done' });
  expect((await tom.look(id)).case.snoozedUntil).toBe(until);
  await expect(tom.act(id, { does: 'snooze', until: 1 })).rejects.toThrow('422');
  await expect(tom.act(id, { does: 'transfer', to: 'web:nobody' })).rejects.toThrow('nobody of this id');
});

test('what the bot made of a message is told: verdict and candidates', async () => {
  const id = await openCase(bureau, 'test:1', 'how much does an ICP filing cost?');
  const [first] = (await mei.look(id)).thread;
  expect(first).toMatchObject({
    kind: 'visitor',
    matches: [
      { verdict: 'answer', candidates: expect.arrayContaining([expect.objectContaining({ entry: 'icp-cost' })]) },
    ],
  });
});

test('cases are found by words of the transcript, and the kit holds replies and answers of both languages', async () => {
  const id = await openCase(bureau, 'test:1', 'my shop sells 100% cotton_shirts');
  await openCase(bureau, 'test:2', 'something else');
  for (const search of ['cotton_shirts', '100%', 'SELLS shop'])
    expect((await mei.queue('open', search)).cases.map((one) => one.id)).toEqual([id]);
  expect((await mei.queue('open', 'cottonXshirts')).cases).toEqual([]);
  const { replies, insertable } = await mei.kit();
  expect(replies.find((reply) => reply.id === 'greeting')?.text.zh).toContain('您好');
  expect(insertable.find((entry) => entry.id === 'icp-cost')?.text.en).toBeTruthy();
});
