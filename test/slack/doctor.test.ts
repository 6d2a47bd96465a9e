import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../adapters/slack/doctor.ts';
import { manifest } from './bot.ts';
import { type Slack, startSlack } from './stand-in/index.ts';

let slack: Slack;

beforeEach(async () => {
  slack = await startSlack({ manifest });
});
afterEach(() => slack.stop());

const patient = () => ({ botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl, channels: [] });
const bad = async (...given: Parameters<typeof examine>) =>
  (await examine(...given)).filter(({ level }) => level !== 'good');

describe('the doctor', () => {
  it('finds nothing to mend where everything is right, and says nothing to anybody', async () => {
    const general = slack.channel({});
    const found = await examine({ ...patient(), channels: [{ setting: 'SLACK_QUESTION_CHANNELS', id: general.id }] });
    expect(found.map(({ level }) => level)).toEqual(found.map(() => 'good'));
    expect(found.map(({ text }) => text).join('\n')).toMatch(
      /SLACK_BOT_TOKEN works[\s\S]*scopes[\s\S]*Socket Mode[\s\S]*the bot is in channel/,
    );
    expect(slack.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
  });

  it('names a token that is refused, with the remedy', async () => {
    slack.faults.revoke('token_revoked', 'bot');
    slack.faults.revoke('invalid_auth', 'app');
    const found = await bad(patient());
    expect(found.map(({ text }) => text)).toEqual([
      'SLACK_BOT_TOKEN does not work: The app is no longer installed in the workspace: install it again (docs/slack.md). (token_revoked)',
      'SLACK_APP_TOKEN does not work: Slack refuses the token: copy it again from the settings of the app (docs/slack.md). (invalid_auth)',
    ]);
    for (const { remedy } of found) expect(remedy).toBeTruthy();
  });

  it('names tokens that were swapped', async () => {
    const found = await bad({ ...patient(), appToken: slack.botToken });
    expect(found.map(({ text }) => text).join()).toMatch(/SLACK_APP_TOKEN does not work/);
  });

  it('names the permissions that are missing', async () => {
    slack.faults.withdrawScope('users:read');
    slack.faults.withdrawScope('assistant:write');
    expect(await bad(patient())).toMatchObject([
      { text: 'Permissions (scopes) are missing: assistant:write, users:read.' },
    ]);
  });

  it('names the channel that the bot is not in', async () => {
    const elsewhere = slack.channel({ bot: false });
    expect(await bad({ ...patient(), deskChannel: elsewhere.id })).toMatchObject([
      { text: expect.stringContaining(`SLACK_DESK_CHANNEL: channel ${elsewhere.id}`) },
    ]);
  });

  it('looks at the consultants’ channel: who is in it, and that it is theirs alone', async () => {
    const mei = slack.user({ name: 'Mei' });
    const desk = slack.channel({ members: [mei] });
    expect(await bad({ ...patient(), deskChannel: desk.id })).toEqual([]);
    expect(await bad({ ...patient(), deskChannel: slack.channel({}).id })).toMatchObject([
      { level: 'warning', text: expect.stringContaining('the bot among them: 1') },
    ]);
    const shared = slack.channel({ members: [mei], sharedWith: slack.otherTeamId });
    expect(await bad({ ...patient(), deskChannel: shared.id })).toMatchObject([
      { level: 'warning', text: expect.stringContaining('shared with another company') },
    ]);
  });

  it('says that Slack cannot be reached', async () => {
    const found = await bad({ ...patient(), apiUrl: 'http://127.0.0.1:59999/' });
    expect(found[0]?.text).toBe('Slack cannot be reached (ECONNREFUSED).');
  });

  it('tells the request URL for HTTP', async () => {
    const { appToken: _, ...http } = patient();
    const found = await examine({ ...http, signingSecret: 'x', publicUrl: 'https://chat.example.com' });
    expect(found.map(({ text }) => text).join()).toContain('https://chat.example.com/slack/events');
  });
});
