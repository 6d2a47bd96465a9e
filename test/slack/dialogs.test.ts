import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSlackChannel } from '../../adapters/slack/channel.ts';
import { encode } from '../../adapters/slack/encode/encode.ts';
import { type Apply, createApply } from '../../src/app/apply.ts';
import { createCore } from '../../src/app/core.ts';
import { createDelivery, type DeliveryLoop } from '../../src/app/deliver.ts';
import { createLog } from '../../src/app/log.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { createReceive } from '../../src/app/receive.ts';
import { createReminder } from '../../src/app/remind.ts';
import type { Effect } from '../../src/core/conversation/effect.ts';
import type { Event, Media } from '../../src/core/conversation/event.ts';
import { newState } from '../../src/core/conversation/state.ts';
import { differences, differenceText } from '../../src/knowledge/dialog/compare.ts';
import type { Action, Dialog } from '../../src/knowledge/dialog/dialog.ts';
import { caseChoice, createDesk } from '../../src/knowledge/dialog/happening.ts';
import { outcomeLines } from '../../src/knowledge/dialog/lines.ts';
import { loadDialogs } from '../../src/knowledge/dialog/load.ts';
import { prepareKnowledge } from '../../src/knowledge/prepare.ts';
import type { Channel, Receive, Store } from '../../src/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { botMessages, manifest } from './bot.ts';
import { type Message, type Person, type Place, type Slack, startSlack } from './stand-in/index.ts';

const dir = join(import.meta.dirname, '../../knowledge');
const prepared = await prepareKnowledge('knowledge');
if (!prepared.knowledge) throw new Error('the knowledge has errors');
const { knowledge, index } = prepared;
const core = createCore(knowledge, index);
const { files: all } = await loadDialogs(dir);
// What needs a time of day, or a page that the visitor can leave, is not Slack's.
const files = all.filter(({ file }) => !/desk-(?:time|web)/.test(file));
const log = createLog({ level: 'silent', output: process.stderr });

let slack: Slack;
let store: Store;
let channel: Channel;
let delivery: DeliveryLoop;
let apply: Apply;
let receive: Receive;
let playing: Visitor | undefined;
let effects: Effect[] = [];
let number = 0;

beforeAll(async () => {
  slack = await startSlack({ manifest, limits: false });
  store = await openStore({ dataDir: ':memory:' });
  const clock = slack.clock.now;
  const metrics = createMetrics({ version: 'test', counts: store.counts });
  ({ channel } = createSlackChannel({
    botToken: slack.botToken,
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    store,
    verdict: core.verdict,
    overview: async () => ({ language: 'en', greeting: core.overview(newState('en')) }),
    clock,
    log,
  }));
  delivery = createDelivery({ store, channels: [channel], clock, log, metrics, settled: () => {} });
  const applied = createApply({ store, core, log, committed: () => delivery.wake() });
  apply = async (step) => {
    const outcome = await applied(step);
    // Time that passes in one dialog passes in those before it too.
    if (outcome.as === 'applied' && step.conversation === playing?.conversation) effects.push(...outcome.effects);
    return outcome;
  };
  receive = createReceive({ apply, core, metrics, channels: [channel] });
  delivery.start();
  await channel.start(receive);
  while (!channel.health().ready) await new Promise((resolve) => setTimeout(resolve, 20));
});
afterAll(async () => {
  await channel.stop();
  await delivery.stop();
  await store.close();
  await slack.stop();
});

/** Someone who goes through a dialog, in direct messages or in a thread of a channel. */
interface Visitor {
  readonly person: Person;
  readonly place: Place;
  /** In a channel: the thread, once there is one. */
  thread: string | undefined;
  readonly direct: boolean;
  conversation: string;
}

function visitorOf({ exchanges }: Dialog): Visitor {
  const first = exchanges[0]?.action;
  const locale =
    first?.type === 'arrives' && first.language
      ? { locale: first.script === 'traditional' ? 'zh-TW' : first.language === 'zh' ? 'zh-CN' : 'en-US' }
      : {};
  const person = slack.user({ name: `visitor${++number}`, ...locale });
  const direct = first?.type !== 'arrives';
  const place = direct ? slack.direct(person) : slack.channel({ members: [person] });
  return { person, place, thread: undefined, direct, conversation: `slack:${person.team}:${person.id}` };
}

const written = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function post(visitor: Visitor, text: string): void {
  const { person, place, direct, thread } = visitor;
  const ts = person.post(place, text, !direct && thread !== undefined ? { thread } : {});
  if (direct || thread !== undefined) return;
  visitor.thread = ts;
  visitor.conversation = `slack:${place.id}:${ts}`;
}

const types: Partial<Record<Media, string>> = {
  image: 'image/png',
  voice: 'audio/mp4',
  video: 'video/mp4',
  file: 'application/pdf',
};

let desk = createDesk();

/** A change of an earlier message, or a turn that failed. */
function other(action: Action): { readonly type: 'edited'; readonly text?: string } | { readonly type: 'failed' } {
  if (action.type !== 'edits') return { type: 'failed' };
  return { type: 'edited', ...(action.text !== undefined && { text: action.text }) };
}

/** What Slack cannot send, and what happens at the desk, comes in by another way. */
async function otherwise(visitor: Visitor, action: Action): Promise<void> {
  const { conversation, place, person, thread } = visitor;
  const at = slack.clock.now();
  const key = `slack:dialog:${++number}`;
  const spot = JSON.stringify({ channel: place.id, user: person.id, ...(thread !== undefined && { thread }) });
  const incoming = { key, conversation, at, place: spot };
  if (action.type === 'picks') await receive({ ...incoming, body: { kind: 'choice', ids: action.ids } });
  else if (action.type === 'sends') await receive({ ...incoming, body: { kind: 'attachment', media: action.media } });
  else if (action.type === 'says') await receive({ ...incoming, body: { kind: 'text', text: action.text } });
  else {
    const moment = { id: `e${number}`, at };
    const event: Event =
      action.type === 'desk' ? { ...moment, ...desk(action, moment) } : { ...moment, ...other(action) };
    await apply({ ...incoming, begin: () => newState('en'), event: () => event, failed: 'nothing' });
  }
}

async function wait(ms: number): Promise<void> {
  slack.clock.advance(ms);
  const reminder = createReminder({ store, apply, clock: slack.clock.now, log });
  reminder.start();
  while ((await store.dueTimers(slack.clock.now(), 1)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await reminder.stop();
}

async function act(visitor: Visitor, action: Action): Promise<void> {
  const { person, place } = visitor;
  switch (action.type) {
    case 'waits':
      return wait(action.ms);
    case 'arrives':
      post(visitor, `<@${slack.botUserId}>`);
      break;
    case 'says':
      if (action.text.trim() === '') await otherwise(visitor, action);
      else post(visitor, written(action.text));
      break;
    case 'sends': {
      const mimetype = types[action.media];
      if (mimetype === undefined) await otherwise(visitor, action);
      else
        person.upload(
          place,
          { name: action.name ?? 'file', mimetype, bytes: new Uint8Array([1]) },
          visitor.thread === undefined ? {} : { thread: visitor.thread },
        );
      break;
    }
    case 'picks':
      await picks(visitor, action.ids);
      break;
    case 'edits':
    case 'fails':
    case 'desk':
      await otherwise(visitor, action);
  }
  await slack.settled();
  await delivery.idle();
}

async function picks(visitor: Visitor, written: readonly string[]): Promise<void> {
  const state = await store.load(visitor.conversation);
  const ids = written.map((id) => (state ? caseChoice(state, id) : id));
  if (!(await pick(visitor, ids))) await otherwise(visitor, { type: 'picks', ids });
}

/** Clicks what is meant where it is shown last; false when it is shown nowhere any more. */
async function pick({ person, place, thread }: Visitor, ids: readonly string[]): Promise<boolean> {
  const shown = slack.messages(place, thread).toReversed();
  const value = (message: Message, id: string) =>
    [...JSON.stringify(message.blocks ?? []).matchAll(/"value":"([^"]+)"/g)]
      .map(([, one]) => one ?? '')
      .find((one) => one === id || one.endsWith(`:${id}`));
  const message = shown.find((one) => ids.every((id) => value(one, id) !== undefined));
  if (!message) return false;
  const values = ids.map((id) => value(message, id) ?? '');
  if (JSON.stringify(message.blocks).includes('"checkboxes"') && values[0]?.startsWith('option:')) {
    await person.select(place, message.ts, 'multiple', values);
    await person.click(place, message.ts, 'confirm');
  } else await person.click(place, message.ts, values[0] ?? '');
  return true;
}

/** Everything that was said must stand in Slack as it is encoded. */
function spoken(done: readonly Effect[]): readonly string[] {
  return done.flatMap((effect) => {
    if (effect.type === 'say' || effect.type === 'relay') return encode(effect.message).map(({ text }) => text);
    // The reply has gone out by then.
    return effect.type === 'amend' ? encode(effect.notice).map(({ text }) => text) : [];
  });
}

describe.each(files)('$file in Slack', ({ file, dialogs }) => {
  test.each(dialogs.map((dialog) => [dialog.title, dialog] as const))('%s', { timeout: 60_000 }, async (_, dialog) => {
    const visitor = visitorOf(dialog);
    desk = createDesk();
    playing = visitor;
    const transcript: string[][] = [];
    const said: string[] = [];
    for (const { action } of dialog.exchanges) {
      if (action.type !== 'waits') await wait(10_000);
      effects = [];
      await act(visitor, action);
      transcript.push([...outcomeLines(effects)]);
      said.push(...spoken(effects));
    }
    expect(
      differences(dialog, transcript)
        .map((one) => differenceText(file, one))
        .join('\n'),
    ).toBe('');
    const seen = botMessages(slack, visitor.place).map(({ text }) => text);
    expect(seen.toSorted()).toEqual(said.toSorted());
  });
});
