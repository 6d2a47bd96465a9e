import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type Place, type Slack, startSlack } from './index.ts';
import { client, manifest } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;
let stops: (() => Promise<unknown>)[];

beforeEach(async () => {
  stops = [];
  slack = await startSlack({ manifest, retryAfter: [50, 100], deadline: 400 });
  ana = slack.user({ name: 'ana' });
  channel = slack.channel({ members: [ana] });
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await slack.stop();
});

interface Heard {
  readonly type: string;
  readonly event: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

function listen(app: App): Heard[] {
  const heard: Heard[] = [];
  app.use(async ({ body, next }) => {
    const envelope = body as unknown as Record<string, unknown>;
    const event = (envelope['event'] ?? {}) as Record<string, unknown>;
    heard.push({ type: String(event['type'] ?? envelope['type'] ?? envelope['command']), event, body: envelope });
    await next();
  });
  return heard;
}

function options() {
  return {
    token: slack.botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    ignoreSelf: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  };
}

/** The real Bolt over Socket Mode. */
async function socketApp() {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } } },
  });
  const app = new App({ ...options(), receiver });
  const heard = listen(app);
  await app.start();
  stops.push(() => receiver.client.disconnect());
  return { app, heard, receiver };
}

/** The real Bolt over signed HTTP. */
async function httpApp() {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...options(), receiver });
  const heard = listen(app);
  const server = await receiver.start(0);
  stops.push(() => receiver.stop());
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  slack.sendTo(`http://127.0.0.1:${at.port}/slack/events`);
  return { app, heard };
}

describe.each([
  ['Socket Mode', socketApp],
  ['signed HTTP', httpApp],
])('%s', (_, start) => {
  test('a mention brings two events with the same ts, a reply in a thread comes back as own message', async () => {
    const { app, heard } = await start();
    app.event('app_mention', async ({ event, client: web }) => {
      await web.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'yes?' });
    });
    const ts = ana.post(channel, `<@${slack.botUserId}> hello`);
    await expect.poll(() => heard.length).toBe(3);
    const [first, second, echo] = heard;
    expect([first?.type, second?.type].sort()).toEqual(['app_mention', 'message']);
    expect([first?.event['ts'], second?.event['ts']]).toEqual([ts, ts]);
    expect(first?.body['event_id']).not.toBe(second?.body['event_id']);
    expect(echo?.event).toMatchObject({ bot_id: slack.botId, app_id: slack.appId, thread_ts: ts });
    expect(ana.sees(channel, ts)).toBe(`ana: <@${slack.botUserId}> hello\nsample: yes?`);
    await slack.settled();
  });

  test('edits and deletions are hidden and have no user of their own', async () => {
    const { heard } = await start();
    const ts = ana.post(channel, 'one');
    ana.edit(channel, ts, 'two');
    ana.delete(channel, ts);
    await expect.poll(() => heard.length).toBe(3);
    const changed = heard.find(({ event }) => event['subtype'] === 'message_changed')?.event;
    const deleted = heard.find(({ event }) => event['subtype'] === 'message_deleted')?.event;
    expect(changed).toMatchObject({
      hidden: true,
      message: { text: 'two', user: ana.id },
      previous_message: { text: 'one' },
    });
    expect(deleted).toMatchObject({ hidden: true, deleted_ts: ts });
    expect(changed).not.toHaveProperty('user');
    expect(deleted).not.toHaveProperty('user');
  });

  test('a click, a command and a shortcut reach the app and show its answers', async () => {
    const { app } = await start();
    const button = { type: 'button', action_id: 'go', value: '7', text: { type: 'plain_text', text: 'Go' } };
    app.action('go', async ({ ack, respond, action }) => {
      await ack();
      const value = 'value' in action ? action.value : '';
      await respond({ text: `chose ${value}`, replace_original: true });
    });
    app.command('/ask', async ({ ack, command }) => ack({ text: `asked ${command.text}` }));
    app.shortcut('answer', async ({ ack }) => ack());
    const posted = await client(slack).apiCall('chat.postMessage', {
      channel: channel.id,
      text: 'pick',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    const ts = String((posted as { ts?: string }).ts);
    expect(ana.sees(channel)).toBe('sample: [Go]');
    expect((await ana.click(channel, ts, 'Go')).acknowledged).toBe(true);
    await expect.poll(() => slack.message(channel, ts).text).toBe('chose 7');
    expect((await ana.command(channel, '/ask', 'why')).acknowledged).toBe(true);
    expect(ana.sees(channel)).toContain('(only you) sample: asked why');
    expect((await ana.messageShortcut('answer', channel, ts)).acknowledged).toBe(true);
  });

  test('a modal opens with a fresh trigger, shows errors, and closes', async () => {
    const { app } = await start();
    const input = { type: 'plain_text_input' as const, action_id: 'name' };
    app.shortcut('check', async ({ ack, client: web, shortcut }) => {
      await ack();
      await web.views.open({
        trigger_id: shortcut.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'Check' },
          submit: { type: 'plain_text', text: 'Send' },
          blocks: [{ type: 'input', block_id: 'who', label: { type: 'plain_text', text: 'Name' }, element: input }],
        },
      });
    });
    app.view('form', async ({ ack, view }) => {
      const value = view.state.values['who']?.['name']?.value;
      if (value === 'nobody') await ack({ response_action: 'errors', errors: { who: 'Your own name, please.' } });
      else await ack();
    });
    await ana.shortcut('check');
    await expect.poll(() => ana.modal()).toBe('# Check\nName: (______)\n[Send]');
    await expect(ana.submit()).rejects.toThrow('the modal asks for "Name"');
    await ana.submit({ Name: 'nobody' });
    expect(ana.modal()).toContain('! Your own name, please.');
    await ana.submit({ Name: 'ana' });
    expect(ana.modal()).toBe('');
  });

  test('the Home and the agent pane tell what was opened', async () => {
    const { app, heard } = await start();
    app.event('app_home_opened', async ({ event, client: web }) => {
      if (event.tab !== 'home') return;
      await web.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    });
    ana.openHome();
    await expect.poll(() => ana.home()).toBe('---');
    ana.openAgent(channel);
    ana.lookAt();
    await expect.poll(() => heard.length).toBe(3);
    expect(heard.find(({ event }) => event['tab'] === 'messages')?.event).toMatchObject({
      context: { entities: [{ type: 'slack#/types/channel_id', value: channel.id }] },
    });
    expect(heard.find(({ type }) => type === 'app_context_changed')?.event).toMatchObject({ context: {} });
  });
});

test('events that the manifest does not name, and channels without the bot, stay silent', async () => {
  const { heard } = await socketApp();
  const elsewhere = slack.channel({ members: [ana], bot: false });
  ana.post(elsewhere, `<@${slack.botUserId}> hi`);
  const ts = ana.post(channel, 'hi');
  ana.react(channel, ts, 'eyes');
  await slack.settled();
  expect(heard.map(({ type }) => type)).toEqual(['message']);
});

test('both orders of the two events of a mention occur', async () => {
  const { heard } = await socketApp();
  const orders = new Set<string>();
  for (let n = 0; n < 12; n += 1) {
    heard.length = 0;
    ana.post(channel, `<@${slack.botUserId}> ${n}`);
    await slack.settled();
    orders.add(heard.map(({ type }) => type).join());
  }
  expect([...orders].sort()).toEqual(['app_mention,message', 'message,app_mention']);
});

test('in a shared channel the outer team is the author’s', async () => {
  const { heard } = await socketApp();
  const eve = slack.user({ name: 'eve', team: slack.otherTeamId });
  const shared = slack.channel({ members: [ana, eve], sharedWith: slack.otherTeamId });
  eve.post(shared, 'hi');
  await expect.poll(() => heard.length).toBe(1);
  expect(heard[0]?.body).toMatchObject({
    team_id: slack.otherTeamId,
    context_team_id: slack.teamId,
    authorizations: [{ team_id: slack.teamId }],
    is_ext_shared_channel: true,
  });
});
