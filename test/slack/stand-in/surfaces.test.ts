import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Person, type Place, type Setup, type Slack, startSlack } from './index.ts';
import { client, manifest } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;
let stops: (() => Promise<unknown>)[];

beforeEach(() => {
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await slack.stop();
});

/** A workspace and the real Bolt in it; every event's body is collected. */
async function start(setup: Partial<Setup> = {}) {
  slack = await startSlack({ manifest, limits: false, ...setup });
  ana = slack.user({ name: 'ana' });
  channel = slack.channel({ members: [ana] });
  const web = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { ...web, retryConfig: { retries: 0 } } },
  });
  const identity = { token: slack.botToken, botId: slack.botId, botUserId: slack.botUserId };
  const app = new App({ ...identity, receiver, ignoreSelf: false, logLevel: LogLevel.ERROR, clientOptions: web });
  const bodies: Record<string, unknown>[] = [];
  app.use(async ({ body, next }) => {
    bodies.push(body as unknown as Record<string, unknown>);
    await next();
  });
  await app.start();
  stops.push(() => receiver.client.disconnect());
  return { app, bodies, receiver };
}

test('menus, external menus and a closing modal', async () => {
  const { app } = await start();
  const closed: string[] = [];
  const text = (value: string) => ({ type: 'plain_text' as const, text: value });
  const options = [
    { text: text('Yes'), value: 'y' },
    { text: text('No'), value: 'n' },
  ];
  app.shortcut('check', async ({ ack, client: web, shortcut }) => {
    await ack();
    await web.views.open({
      trigger_id: shortcut.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        notify_on_close: true,
        title: text('Check'),
        submit: text('Send'),
        blocks: [
          {
            type: 'input',
            block_id: 'sure',
            dispatch_action: true,
            label: text('Sure?'),
            element: { type: 'radio_buttons', action_id: 'pick', options },
          },
          {
            type: 'input',
            optional: true,
            label: text('City'),
            element: { type: 'external_select', action_id: 'city', min_query_length: 1 },
          },
        ],
      },
    });
  });
  const picked: unknown[] = [];
  app.action('pick', async ({ ack, action }) => {
    picked.push(action);
    await ack();
  });
  app.options('city', async ({ ack, options: asked }) =>
    ack({ options: [{ text: text(`${asked.value}!`), value: 'c' }] }),
  );
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
    closed.push(view.callback_id);
    await ack();
  });
  await ana.shortcut('check');
  await expect.poll(() => ana.modal()).toContain('Sure?: (Yes | No)');
  await ana.selectModal('pick', 'No');
  expect(picked).toMatchObject([{ type: 'radio_buttons', selected_option: { value: 'n' } }]);
  expect(await ana.suggest('city', 'Bei')).toMatchObject([{ text: { text: 'Bei!' } }]);
  await ana.close();
  expect(closed).toEqual(['form']);
  expect(ana.modal()).toBe('');
});

test('a file of a user can be fetched with the token only; a hidden one must be asked for', async () => {
  const { bodies } = await start();
  const bytes = new TextEncoder().encode('contents');
  ana.upload(slack.direct(ana), { name: 'a.txt', mimetype: 'text/plain', bytes });
  ana.upload(slack.direct(ana), { name: 'b.txt', bytes, hidden: true });
  await expect.poll(() => bodies.length).toBe(2);
  const [first, second] = bodies.map(({ event }) => (event as { files: Record<string, string>[] }).files[0]);
  const get = async (token: string) => {
    const answer = await fetch(String(first?.['url_private']), { headers: { authorization: `Bearer ${token}` } });
    return answer.text();
  };
  expect(await get(slack.botToken)).toBe('contents');
  expect(await get('wrong')).toContain('Sign in');
  expect(second).toMatchObject({ file_access: 'check_file_info' });
  expect(second).not.toHaveProperty('name');
  const asked = await client(slack).files.info({ file: String(second?.['id']) });
  expect(asked.file?.name).toBe('b.txt');
});

test('the Stop button shows only while the session is processing', async () => {
  const { bodies } = await start();
  const dm = slack.direct(ana);
  const root = ana.post(dm, 'hi');
  expect(() => ana.stopAgent(root)).toThrow('only while');
  const session = { channel_id: dm.id, thread_ts: root };
  await client(slack).apiCall('agents.sessions.setStatus', { ...session, status: 'processing', title: 'Hi' });
  ana.stopAgent(root);
  await expect.poll(() => bodies.length).toBe(2);
  expect(bodies[1]?.['event']).toMatchObject({ type: 'agent_session_stopped', channel: dm.id, thread_ts: root });
  expect(slack.title(dm, root)).toBe('Hi');
});

test('joins and previews reach the app as what they are', async () => {
  const { bodies } = await start();
  const ben = slack.user({ name: 'ben' });
  ben.join(channel);
  await slack.settled();
  ben.post(channel, 'see <https://example.com>');
  await slack.settled();
  const events = bodies.map(({ event }) => event as Record<string, unknown>);
  expect(events.map(({ type, subtype }) => subtype ?? type)).toEqual([
    expect.stringMatching(/join/),
    expect.stringMatching(/join/),
    'message',
    'message_changed',
  ]);
});

test('the root of a thread leaves a tombstone until its last reply is gone', async () => {
  const { bodies } = await start();
  const root = ana.post(channel, 'question');
  const reply = await client(slack).chat.postMessage({ channel: channel.id, thread_ts: root, text: 'answer' });
  await slack.settled();
  ana.delete(channel, root);
  await slack.settled();
  expect(ana.sees(channel, root)).toBe('USLACKBOT: This message was deleted.\nsample: answer');
  expect(bodies.at(-1)?.['event']).toMatchObject({
    subtype: 'message_changed',
    hidden: true,
    message: { subtype: 'tombstone', user: 'USLACKBOT', ts: root },
    previous_message: { text: 'question', user: ana.id },
  });
  await client(slack).chat.delete({ channel: channel.id, ts: String(reply.ts) });
  await slack.settled();
  expect(slack.messages(channel)).toEqual([]);
  expect(
    bodies
      .slice(-2)
      .map(({ event }) => (event as { deleted_ts?: string }).deleted_ts)
      .sort(),
  ).toEqual([root, reply.ts]);
});

test('an organisation-wide install names the organisation', async () => {
  const { bodies } = await start({ enterprise: true });
  ana.post(channel, 'hi');
  await expect.poll(() => bodies.length).toBe(1);
  expect(bodies[0]).toMatchObject({ authorizations: [{ team_id: null, is_enterprise_install: true }] });
  expect(bodies[0]?.['enterprise_id']).toBeTruthy();
});

test('an outage ends the sockets and holds events back; they come when it is over', async () => {
  const { bodies } = await start({ retryAfter: [0, 60_000] });
  slack.faults.outage(30_000);
  await expect.poll(() => slack.sockets).toBe(0);
  ana.post(channel, 'hi');
  await expect.poll(() => slack.attempts.length).toBe(2);
  expect(slack.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'lost']);
  slack.faults.clear();
  await expect.poll(() => slack.sockets).toBe(1);
  slack.clock.advance(60_000);
  await expect.poll(() => bodies.length).toBe(1);
});

test('sockets that stay silent are not used', async () => {
  await start();
  slack.faults.silentSockets(true);
  slack.faults.cutSockets();
  await expect.poll(() => slack.sockets).toBe(0);
  ana.post(channel, 'hi');
  await expect.poll(() => slack.attempts[0]?.outcome).toBe('lost');
});

test('ten thousand events at once arrive once each', async () => {
  const { bodies } = await start({ deadline: 60_000 });
  for (let n = 0; n < 10_000; n += 1) ana.post(channel, `m${n}`);
  await slack.settled(60_000);
  expect(new Set(bodies.map(({ event_id }) => event_id)).size).toBe(10_000);
  expect(bodies).toHaveLength(10_000);
});
