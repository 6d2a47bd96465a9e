import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createClient } from './api.ts';
import { failureOf } from './failure.ts';
import { askIdentity } from './identity.ts';

/** One thing that was looked at. `remedy`: what to do when it is not well. */
export interface Finding {
  readonly level: 'good' | 'warning' | 'bad';
  readonly text: string;
  readonly remedy?: string;
}

/** What is to be examined. */
export interface Patient {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly apiUrl?: string;
  /** Channels by the setting that names them. */
  readonly channels: readonly { readonly setting: string; readonly id: string }[];
  /** The consultants' channel. */
  readonly deskChannel?: string;
  /** Address under which Slack reaches the program, for HTTP. */
  readonly publicUrl?: string;
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** The scopes of the manifest that people install the app with. */
export function neededScopes(): readonly string[] {
  const text = readFileSync(new URL('manifest.json', import.meta.url), 'utf8');
  return manifest.parse(JSON.parse(text)).oauth_config.scopes.bot;
}

/** Examines everything that Slack needs: tokens, scopes, channels, the way events come in. Never rejects. */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const client = createClient(patient.botToken, patient.apiUrl, silent);
  const scopes = await botFindings(client);
  const events = await eventFindings(patient);
  const usable = scopes.every(({ level }) => level !== 'bad');
  const channels = usable ? await Promise.all(patient.channels.map((channel) => channelFinding(client, channel))) : [];
  const desk = usable && patient.deskChannel !== undefined ? await deskFindings(client, patient.deskChannel) : [];
  return [...scopes, ...events, ...channels, ...desk];
}

type Client = ReturnType<typeof createClient>;

async function botFindings(client: Client): Promise<readonly Finding[]> {
  try {
    const self = await askIdentity(client);
    const { response_metadata: about, team, user } = await client.auth.test();
    const granted = about?.scopes;
    const known: Finding = {
      level: 'good',
      text: `SLACK_BOT_TOKEN works: ${user ?? self.user} in ${team ?? self.team}.`,
    };
    if (!granted) return [known];
    const missing = neededScopes().filter((scope) => !granted.includes(scope));
    if (missing.length === 0) return [known, { level: 'good', text: 'All permissions (scopes) are there.' }];
    const remedy =
      'Add them under "OAuth & Permissions" (or paste adapters/slack/manifest.json under "App Manifest"), then "Reinstall to Workspace".';
    return [known, { level: 'bad', text: `Permissions (scopes) are missing: ${missing.join(', ')}.`, remedy }];
  } catch (error) {
    return [
      badToken('SLACK_BOT_TOKEN', error, 'Copy the "Bot User OAuth Token" (xoxb-…) again from "OAuth & Permissions".'),
    ];
  }
}

async function eventFindings({ appToken, signingSecret, apiUrl, publicUrl }: Patient): Promise<readonly Finding[]> {
  if (appToken === undefined) {
    if (signingSecret === undefined) return [];
    const address = `${publicUrl ?? 'https://<your address>'}/slack/events`;
    return [
      {
        level: publicUrl === undefined ? 'warning' : 'good',
        text: `Events come over HTTP; the request URL in the settings of the app must be ${address}.`,
        ...(publicUrl === undefined && {
          remedy: 'Set PUBLIC_URL to the address under which Slack reaches this program.',
        }),
      },
    ];
  }
  try {
    await createClient(appToken, apiUrl, silent).apps.connections.open({});
    return [{ level: 'good', text: 'SLACK_APP_TOKEN works: events come through Socket Mode.' }];
  } catch (error) {
    const remedy =
      'Create an app-level token (xapp-…) with the scope connections:write under "Basic Information", and switch Socket Mode on.';
    return [badToken('SLACK_APP_TOKEN', error, remedy)];
  }
}

function badToken(setting: string, error: unknown, remedy: string): Finding {
  const { means, error: name, detail } = failureOf(error);
  if (means === 'unsent' || means === 'doubt')
    return {
      level: 'bad',
      text: `Slack cannot be reached (${name}).`,
      remedy: 'Check the network, and SLACK_API_URL if it is set.',
    };
  const reason = name === 'Error' && error instanceof Error ? error.message : `${detail} (${name})`;
  return { level: 'bad', text: `${setting} does not work: ${reason}`, remedy };
}

/** A channel that the bot can read is one that it is a member of; no further scope is needed to find out. */
async function channelFinding(
  client: Client,
  { setting, id }: { readonly setting: string; readonly id: string },
): Promise<Finding> {
  try {
    await client.conversations.history({ channel: id, limit: 1 });
    return { level: 'good', text: `${setting}: the bot is in channel ${id}.` };
  } catch (error) {
    const { error: name, detail } = failureOf(error);
    const remedy = 'In the channel write /invite @Wenda, and check that the id is that of the channel.';
    return { level: 'bad', text: `${setting}: channel ${id} cannot be used: ${detail} (${name})`, remedy };
  }
}

/** The consultants' channel must let the bot see who is in it, and should be theirs alone. */
async function deskFindings(client: Client, channel: string): Promise<readonly Finding[]> {
  const setting = 'SLACK_DESK_CHANNEL';
  const found = await channelFinding(client, { setting, id: channel });
  if (found.level === 'bad') return [found];
  try {
    const { channel: about } = await client.conversations.info({ channel });
    const { members = [] } = await client.conversations.members({ channel, limit: 200 });
    const text = `${setting}: members of the channel, the bot among them: ${members.length}.`;
    const alone = members.length < 2;
    return [
      found,
      alone
        ? { level: 'warning', text, remedy: 'Invite the consultants: only members of the channel can claim cases.' }
        : { level: 'good', text },
      ...(about?.is_ext_shared
        ? [
            {
              level: 'warning' as const,
              text: `${setting}: the channel is shared with another company, which can read every case.`,
              remedy: 'Use a private channel of your own workspace.',
            },
          ]
        : []),
    ];
  } catch (error) {
    const { error: name, detail } = failureOf(error);
    const text = `${setting}: nobody can claim cases, since the members of the channel cannot be read: ${detail} (${name})`;
    return [{ level: 'bad', text, remedy: 'Paste adapters/slack/manifest.json under "App Manifest" and reinstall.' }];
  }
}
