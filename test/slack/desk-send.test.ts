import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../adapters/slack/api.ts';
import { createSlackDesk } from '../../adapters/slack/desk/desk.ts';
import { createFetchFile } from '../../adapters/slack/file/fetch.ts';
import { createShareFile } from '../../adapters/slack/file/share.ts';
import { createPace } from '../../adapters/slack/send/pace.ts';
import { createPoster } from '../../adapters/slack/send/post.ts';
import type { DeskItem } from '../../src/core/conversation/desk-item.ts';
import type { CaseView, Delivery, StoredFile } from '../../src/ports.ts';
import { manifest } from './bot.ts';
import { cards } from './consultants.ts';
import { viewOf } from './desk-view.ts';
import { type Person, type Place, type Slack, startSlack } from './stand-in/index.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const file: StoredFile = {
  id: 'f1',
  name: 'plan.pdf',
  type: 'application/pdf',
  size: 3,
  conversation: 'web:v1',
  content: new Uint8Array([1, 2, 3]),
};

let slack: Slack;
let place: Place;
let mei: Person;
let notes: Map<string, string>;
let view: CaseView | undefined;
let number: number;

beforeEach(async () => {
  slack = await startSlack({ manifest, limits: false });
  mei = slack.user({ name: 'Mei' });
  place = slack.channel({ name: 'desk', members: [mei] });
  notes = new Map();
  view = viewOf();
  number = 0;
});
afterEach(() => slack.stop());

/** The desk as a process has it; what it has noted outlives it. */
function start(keep?: (key: string) => void) {
  const client = createClient(slack.botToken, slack.apiUrl, log);
  let now = 0;
  const store = {
    recall: async (key: string) => notes.get(key),
    async keep(key: string, note: string) {
      keep?.(key);
      notes.set(key, note);
    },
  };
  const desk = {
    act: async () => ({ as: 'done' as const }),
    view: async () => view,
    find: async () => [],
    keepFile: async () => {},
    file: async () => file,
  };
  const made = createSlackDesk({
    client,
    poster: createPoster({ client, pace: createPace(() => (now += 10_000)), log, noticed: () => {} }),
    store,
    desk: { channel: place.id, desk, tomorrow: (at) => at },
    share: createShareFile({ client, store, file: desk.file }),
    fetchFile: createFetchFile(client, slack.botToken, slack.apiUrl),
    clock: Date.now,
    log,
    signal: new AbortController().signal,
    health: () => ({ ready: true, detail: '' }),
  });
  made.listen({ user: slack.botUserId, bot: slack.botId, team: slack.teamId });
  return made.channel;
}

const deliveryOf = (item: DeskItem, attempts = 0): Delivery => ({
  id: ++number,
  conversation: 'slack-desk:web:v1',
  author: 'bot',
  message: { text: '', language: 'en', refs: [] },
  desk: { conversation: 'web:v1', case: 'case1', item },
  attempts,
  key: `k#${number}`,
});

describe('a case on its way to the desk in Slack', () => {
  it('has one card, also when the program ends between posting it and remembering it', async () => {
    const dying = start(() => {
      throw new Error('killed');
    });
    const paged = deliveryOf({ kind: 'paged' });
    await expect(dying.send(paged)).rejects.toThrow();
    expect(cards(slack, place)).toHaveLength(1);
    const next = start();
    await next.send({ ...paged, attempts: 1 });
    await next.send(deliveryOf({ kind: 'visitor', text: 'hello' }));
    expect(cards(slack, place)).toHaveLength(1);
    const [card] = cards(slack, place);
    expect(mei.sees(place, card?.ts)).toContain('Ana · visitor · 访客\nhello');
  });

  it('has a card before anything else is shown, although nobody said that it was paged', async () => {
    await start().send(deliveryOf({ kind: 'visitor', text: 'hello' }));
    expect(cards(slack, place)).toHaveLength(1);
  });

  it('has its card changed only when something on it changed, in every process', async () => {
    const updates = () => slack.calls.filter(({ method }) => method === 'chat.update').length;
    await start().send(deliveryOf({ kind: 'paged' }));
    for (const text of ['one', 'two', 'three']) await start().send(deliveryOf({ kind: 'visitor', text }));
    expect(updates()).toBe(0);
    const consultant = { id: 'web:mei', name: 'Mei' };
    view = viewOf({ status: 'claimed', consultant });
    await start().send(deliveryOf({ kind: 'claimed', consultant }));
    view = viewOf();
    await start().send(deliveryOf({ kind: 'released', consultant }));
    expect(updates()).toBe(2);
    expect(mei.sees(place)).toContain('[Claim · 认领]');
  });

  it('shows a burst in order, nothing twice, while Slack loses answers', async () => {
    const desk = start();
    slack.faults.dropResponse({ method: 'chat.postMessage' }, 5);
    for (let at = 0; at < 20; at++) {
      const delivery = deliveryOf({ kind: 'visitor', text: `line ${at}.` });
      for (let attempts = 0; attempts < 10; attempts++) {
        const failed = await desk.send({ ...delivery, attempts }).catch((error: unknown) => error);
        if (failed === undefined) break;
        expect(failed).toMatchObject({ action: 'retry' });
      }
    }
    const [card] = cards(slack, place);
    const lines = mei.sees(place, card?.ts).match(/line \d+\./g);
    expect(lines).toEqual(Array.from({ length: 20 }, (_, at) => `line ${at}.`));
    expect(cards(slack, place)).toHaveLength(1);
  });

  it('waits while the bot is not in the channel, and health says so', async () => {
    const desk = start();
    slack.removeBot(place);
    await expect(desk.send(deliveryOf({ kind: 'paged' }))).rejects.toMatchObject({ action: 'retry' });
    expect(desk.health()).toMatchObject({ ready: false, detail: expect.stringContaining('SLACK_DESK_CHANNEL') });
    slack.inviteBot(place);
    await desk.send(deliveryOf({ kind: 'paged' }, 1));
    expect(desk.health()).toMatchObject({ ready: true });
  });
});

describe('marks on a consultant’s message', () => {
  it('follow one another, and whoever wrote it is told why it did not arrive', async () => {
    const desk = start();
    await desk.send(deliveryOf({ kind: 'paged' }));
    const [card] = cards(slack, place);
    const ts = mei.post(place, 'Hello', { thread: card?.ts ?? '' });
    const origin = `slack:${place.id}:${ts}:${mei.id}`;
    const marks = () => slack.message(place, ts).reactions.map(({ name }) => name);
    const steps = [
      ['waiting', 'hourglass_flowing_sand'],
      ['delivered', 'white_check_mark'],
      ['failed', 'x'],
      ['uncertain', 'grey_question'],
    ] as const;
    await desk.send(deliveryOf({ kind: 'visitor', text: 'hi' }));
    for (const [mark, name] of steps) {
      await start().send(deliveryOf({ kind: 'mark', origin, mark, reason: 'The window is closed.' }));
      expect(marks()).toEqual([name]);
      // Sent again after a crash.
      await start().send(deliveryOf({ kind: 'mark', origin, mark, reason: 'The window is closed.' }, 1));
      expect(marks()).toEqual([name]);
    }
    expect(mei.sees(place, card?.ts)).toContain('(only you) Wenda: Not delivered: The window is closed.');
    await desk.send(deliveryOf({ kind: 'mark', origin: 'web:1', mark: 'failed' }));
    mei.delete(place, ts);
    await desk.send(deliveryOf({ kind: 'mark', origin, mark: 'delivered' }));
  });
});

describe('files and erasing', () => {
  it('shares a file once, also when the answer of Slack was lost', async () => {
    const desk = start();
    slack.faults.dropResponse({ method: 'files.completeUploadExternal' });
    const delivery = deliveryOf({ kind: 'visitor', text: 'a file', file });
    await expect(desk.send(delivery)).rejects.toMatchObject({ action: 'retry' });
    await start().send({ ...delivery, attempts: 1 });
    const [card] = cards(slack, place);
    expect(mei.sees(place, card?.ts).match(/\(file: plan\.pdf\)/g)).toHaveLength(1);
    expect(mei.sees(place, card?.ts).match(/a file/g)).toHaveLength(1);
  });

  it('takes away what the bot has shown, and leaves what consultants wrote', async () => {
    const desk = start();
    await desk.send(deliveryOf({ kind: 'visitor', text: 'my secret', file }));
    const [card] = cards(slack, place);
    mei.post(place, 'mine', { thread: card?.ts ?? '' });
    view = undefined;
    slack.faults.dropRequest({ method: 'chat.delete' });
    await expect(desk.send(deliveryOf({ kind: 'erased' }))).rejects.toMatchObject({ action: 'retry' });
    await desk.send(deliveryOf({ kind: 'erased' }, 1));
    expect(mei.sees(place, card?.ts)).toBe(
      'Wenda: The visitor had everything erased. · 访客已要求删除全部数据。 (edited)\nMei: mine',
    );
    const ids = slack.calls.flatMap(({ method, arguments: { file: id } }) => (method === 'files.delete' ? [id] : []));
    expect(ids).toHaveLength(1);
  });
});
