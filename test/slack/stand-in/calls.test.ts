import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type Place, type Slack, startSlack } from './index.ts';
import { client, manifest, refusal } from './sample.ts';

let slack: Slack;
let ana: Person;
let channel: Place;

beforeEach(async () => {
  slack = await startSlack({ manifest });
  ana = slack.user({ name: 'ana', locale: 'zh-CN' });
  channel = slack.channel({ name: 'general', members: [ana] });
});
afterEach(() => slack.stop());

describe('tokens and scopes', () => {
  test('auth.test tells who the bot is and which scopes it has', async () => {
    const answer = await client(slack).auth.test();
    expect(answer).toMatchObject({ ok: true, user_id: slack.botUserId, bot_id: slack.botId, team_id: slack.teamId });
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  test('a wrong, a revoked and an app-level token are refused', async () => {
    expect(await refusal(client(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await refusal(client(slack, slack.appToken).auth.test())).toBe('not_allowed_token_type');
    expect(await refusal(client(slack).apps.connections.open())).toBe('not_allowed_token_type');
    slack.faults.revoke('token_revoked');
    expect(await refusal(client(slack).auth.test())).toBe('token_revoked');
    slack.faults.clear();
    expect((await client(slack).auth.test()).ok).toBe(true);
  });

  test('a missing scope is named', async () => {
    slack.faults.withdrawScope('users:read');
    const error = await client(slack)
      .users.info({ user: ana.id })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ data: { error: 'missing_scope', needed: 'users:read' } });
    expect(await refusal(client(slack).conversations.info({ channel: slack.direct(ana).id }))).toBe('missing_scope');
  });

  test('unknown methods and arguments are refused', async () => {
    expect(await refusal(client(slack).apiCall('chat.shout'))).toBe('unknown_method');
    const call = { channel: channel.id, text: 'hi', client_msg_id: '1' };
    expect(await refusal(client(slack).chat.postMessage(call))).toBe('invalid_arguments');
    expect(await refusal(client(slack).chat.update({ channel: channel.id, text: 'x' } as never))).toBe(
      'invalid_arguments',
    );
  });
});

describe('posting', () => {
  test('where the bot may not post it is told why', async () => {
    const to = (id: string, rest = {}) => refusal(client(slack).chat.postMessage({ channel: id, text: 'hi', ...rest }));
    expect(await to('C0')).toBe('channel_not_found');
    expect(await to(slack.channel({ bot: false }).id)).toBe('not_in_channel');
    expect(await to(slack.channel({ bot: false, private: true }).id)).toBe('channel_not_found');
    expect(await to(slack.channel({ archived: true }).id)).toBe('is_archived');
    expect(await to(slack.channel({ rule: 'thread_only_channel' }).id)).toBe('restricted_action_thread_only_channel');
    expect(await to(channel.id, { thread_ts: '1.000001' })).toBe('thread_not_found');
    expect(await to(channel.id, { text: '' })).toBe('no_text');
  });

  test('a message is kept with its metadata and comes back in the history', async () => {
    const metadata = { event_type: 'wenda', event_payload: { key: 'k1' } };
    const root = ana.post(channel, 'question');
    const posted = await client(slack).chat.postMessage({
      channel: channel.id,
      text: 'answer',
      thread_ts: root,
      metadata,
    });
    const plain = await client(slack).conversations.replies({ channel: channel.id, ts: root });
    const full = await client(slack).conversations.replies({
      channel: channel.id,
      ts: root,
      include_all_metadata: true,
    });
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    expect(full.messages?.[1]).toMatchObject({ ts: posted.ts, bot_id: slack.botId, metadata });
    const history = await client(slack).conversations.history({ channel: channel.id });
    expect(history.messages).toMatchObject([{ ts: root, reply_count: 1 }]);
  });

  test('pages of the history hang together, newest first', async () => {
    const sent = ['a', 'b', 'c'].map((text) => ana.post(channel, text));
    const first = await client(slack).conversations.history({ channel: channel.id, limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client(slack).conversations.history({ channel: channel.id, limit: 2, cursor });
    expect([...(first.messages ?? []), ...(second.messages ?? [])].map(({ ts }) => ts)).toEqual(sent.toReversed());
    const later = await client(slack).conversations.history({ channel: channel.id, oldest: sent[1] ?? '' });
    expect(later.messages?.map(({ text }) => text)).toEqual(['c']);
  });

  test('own messages can be changed and deleted, those of others not', async () => {
    const own = await client(slack).chat.postMessage({ channel: channel.id, text: 'one' });
    const other = ana.post(channel, 'mine');
    await client(slack).chat.update({ channel: channel.id, ts: String(own.ts), text: 'two' });
    expect(ana.sees(channel)).toContain('sample: two (edited)');
    expect(await refusal(client(slack).chat.update({ channel: channel.id, ts: other, text: 'x' }))).toBe(
      'cant_update_message',
    );
    await client(slack).chat.delete({ channel: channel.id, ts: String(own.ts) });
    expect(ana.sees(channel)).toBe('ana: mine');
    const gone = client(slack).chat.update({ channel: channel.id, ts: String(own.ts), text: 'x' });
    expect(await refusal(gone)).toBe('message_not_found');
  });

  test('an ephemeral message is for its reader only and cannot be changed', async () => {
    const ben = slack.user({ name: 'ben' });
    const call = { channel: channel.id, text: 'psst' };
    expect(await refusal(client(slack).chat.postEphemeral({ ...call, user: ben.id }))).toBe('user_not_in_channel');
    ben.join(channel);
    const sent = await client(slack).chat.postEphemeral({ ...call, user: ana.id });
    expect(ana.sees(channel)).toContain('(only you) sample: psst');
    expect(ben.sees(channel)).not.toContain('psst');
    const change = client(slack).chat.update({ channel: channel.id, ts: String(sent.message_ts), text: 'x' });
    expect(await refusal(change)).toBe('message_not_found');
  });

  test('mentions, links and previews are found as Slack would find them', async () => {
    const post = (text: string, rest = {}) => client(slack).chat.postMessage({ channel: channel.id, text, ...rest });
    const quiet = { unfurl_links: false, unfurl_media: false };
    const loud = await post(`<!here> <@${ana.id}> <https://evil.example|bank>`);
    const inert = await post('&lt;!here&gt; @here', quiet);
    const parsed = await post('@here', { ...quiet, link_names: true });
    const seen = (sent: { ts?: string }) => slack.message(channel, String(sent.ts));
    expect(seen(loud)).toMatchObject({
      notified: [ana.id],
      links: ['https://evil.example'],
      unfurled: ['https://evil.example'],
    });
    expect(seen(inert)).toMatchObject({ notified: [], links: [], unfurled: [] });
    expect(seen(parsed).notified).toEqual([ana.id]);
    expect(ana.notifications()).toHaveLength(2);
    const words = '<!here> https://evil.example';
    const plain = { type: 'section', text: { type: 'plain_text', text: words } } as const;
    const run = { type: 'rich_text_section', elements: [{ type: 'text', text: words }] } as const;
    const boxed = await post('safe', { ...quiet, blocks: [plain, { type: 'rich_text', elements: [run] }] });
    expect(seen(boxed)).toMatchObject({ notified: [], links: [] });
    const verbatim = {
      type: 'section',
      text: { type: 'mrkdwn', text: 'https://evil.example', verbatim: true },
    } as const;
    expect(seen(await post('safe', { ...quiet, blocks: [verbatim] })).links).toEqual([]);
  });
});

test('the pace of one channel is about a message a second after a burst; others go on', async () => {
  const other = slack.channel();
  const post = (id: string) => client(slack).chat.postMessage({ channel: id, text: 'hi' });
  for (let n = 0; n < 5; n += 1) await post(channel.id);
  await expect(post(channel.id)).rejects.toMatchObject({ retryAfter: 1 });
  expect((await post(other.id)).ok).toBe(true);
  slack.clock.advance(1000);
  expect((await post(channel.id)).ok).toBe(true);
});

test('a method is limited by its tier', async () => {
  for (let n = 0; n < 50; n += 1) await client(slack).conversations.info({ channel: channel.id });
  await expect(client(slack).conversations.info({ channel: channel.id })).rejects.toThrow(/rate/);
  slack.clock.advance(60_000);
  expect((await client(slack).conversations.info({ channel: channel.id })).ok).toBe(true);
});

test('users, reactions, status, prompts and files', async () => {
  const web = client(slack);
  const info = await web.users.info({ user: ana.id, include_locale: true });
  expect(info.user).toMatchObject({ locale: 'zh-CN', team_id: slack.teamId });
  const stranger = slack.user({ name: 'eve', team: slack.otherTeamId, locale: 'fr-FR' });
  const little = await web.users.info({ user: stranger.id, include_locale: true });
  expect(little.user).toMatchObject({ is_stranger: true });
  expect(little.user).not.toHaveProperty('locale');

  const dm = slack.direct(ana);
  const root = ana.post(dm, 'hello');
  await web.reactions.add({ channel: dm.id, timestamp: root, name: 'eyes' });
  expect(await refusal(web.reactions.add({ channel: dm.id, timestamp: root, name: 'eyes' }))).toBe('already_reacted');
  await web.assistant.threads.setStatus({ channel_id: dm.id, thread_ts: root, status: 'thinking' });
  expect(slack.status(dm, root)).toBe('thinking');
  await web.chat.postMessage({ channel: dm.id, thread_ts: root, text: 'hi' });
  expect(slack.status(dm, root)).toBe('');
  const prompts = [{ title: 'Cost', message: 'How much?' }];
  await web.apiCall('assistant.threads.setSuggestedPrompts', { channel_id: dm.id, prompts });
  expect(slack.prompts(dm)).toEqual(prompts);

  await web.filesUploadV2({ channel_id: dm.id, thread_ts: root, filename: 'a.txt', content: 'some text', title: 'A' });
  expect(ana.sees(dm, root)).toContain('(file: a.txt)');
});

test('every call is recorded with its arguments and result', async () => {
  await client(slack).chat.postMessage({ channel: channel.id, text: 'hi' });
  expect(slack.calls.at(-1)).toMatchObject({
    method: 'chat.postMessage',
    arguments: { text: 'hi' },
    result: { ok: true },
    answered: true,
  });
});
