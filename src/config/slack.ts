import { z } from 'zod';
import type { Setting } from '../config.ts';
import { webAddress } from './web-address.ts';

/** How to reach Slack: through Socket Mode when there is an app token, otherwise over signed HTTP. */
export interface SlackConfig {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly questionChannels: readonly string[];
  readonly deskChannel?: string;
  readonly apiUrl: string;
}

/** The settings of Slack. */
export const slackSettings: readonly Setting[] = [
  { name: 'SLACK_BOT_TOKEN', fallback: undefined, meaning: 'turns Slack on: the bot token, xoxb-…' },
  {
    name: 'SLACK_APP_TOKEN',
    fallback: undefined,
    meaning: 'Slack through Socket Mode, no public address needed: the app-level token, xapp-…',
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    fallback: undefined,
    meaning: 'Slack over HTTP instead: events, commands and clicks come to /slack/events',
  },
  {
    name: 'SLACK_QUESTION_CHANNELS',
    fallback: undefined,
    meaning: 'ids of Slack channels where questions are answered without a mention, separated by commas',
  },
  {
    name: 'SLACK_DESK_CHANNEL',
    fallback: undefined,
    meaning: 'id of the Slack channel of the consultants, such as C0123456789',
  },
  {
    name: 'SLACK_API_URL',
    fallback: 'https://slack.com/api/',
    meaning: 'another address of the Web API, for tests and gateways',
  },
];

const slackChannel = z
  .string()
  .regex(
    /^[CG][A-Z0-9]{2,}$/,
    'give the id of a channel, such as C0123456789: it stands at the end of "View channel details"',
  );

const slackChannels = z.string().transform((list, context) =>
  list.split(/[\s,]+/).flatMap((id) => {
    if (id === '') return [];
    const read = slackChannel.safeParse(id);
    if (read.success) return [read.data];
    context.addIssue({ code: 'custom', message: `"${id}" is no channel; ${read.error.issues[0]?.message}` });
    return [];
  }),
);

/** How the settings must look. */
export const slackSchema = {
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', 'give the bot token: it begins with xoxb- and stands under "OAuth & Permissions"')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'give the app-level token: it begins with xapp- and stands under "Basic Information"')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_QUESTION_CHANNELS: slackChannels.default([]),
  SLACK_DESK_CHANNEL: slackChannel.optional(),
  SLACK_API_URL: webAddress('https://chat.example.com').default('https://slack.com/api/'),
};

type Given = z.output<z.ZodObject<typeof slackSchema>>;

/** What does not fit together, by setting. */
export function slackProblems(given: Given): readonly { readonly name: string; readonly message: string }[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = given;
  if (bot !== undefined && app === undefined && secret === undefined) {
    const message = 'is missing: set it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP (docs/slack.md)';
    return [{ name: 'SLACK_APP_TOKEN', message }];
  }
  if (bot === undefined && (app !== undefined || secret !== undefined)) {
    return [{ name: 'SLACK_BOT_TOKEN', message: 'is missing: Slack needs it beside the other token (docs/slack.md)' }];
  }
  const { SLACK_DESK_CHANNEL: desk, SLACK_QUESTION_CHANNELS: questions } = given;
  if (desk !== undefined && questions.includes(desk)) {
    const message = 'leave the channel of SLACK_DESK_CHANNEL out: consultants talk there, not visitors';
    return [{ name: 'SLACK_QUESTION_CHANNELS', message }];
  }
  return [];
}

/** The settings as the channel takes them. */
export function slackOf(given: Given, botToken: string): SlackConfig {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_DESK_CHANNEL: deskChannel } = given;
  return {
    botToken,
    ...(appToken !== undefined && { appToken }),
    ...(signingSecret !== undefined && { signingSecret }),
    questionChannels: given.SLACK_QUESTION_CHANNELS,
    ...(deskChannel !== undefined && { deskChannel }),
    apiUrl: given.SLACK_API_URL,
  };
}
