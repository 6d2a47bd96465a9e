import { WebClient } from '@slack/web-api';
import type { Slack } from './index.ts';

/** A manifest that uses everything the stand-in can do. */
export const manifest = {
  _metadata: { major_version: 2 },
  display_information: { name: 'Sample' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'sample' },
    agent_view: { agent_description: 'Answers questions' },
    slash_commands: [{ command: '/ask', description: 'Asks' }],
    shortcuts: [
      { name: 'Check', type: 'global', callback_id: 'check', description: 'Checks' },
      { name: 'Answer', type: 'message', callback_id: 'answer', description: 'Answers' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'assistant:write',
        'channels:history',
        'channels:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'im:history',
        'im:write',
        'reactions:write',
        'users:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'agent_session_stopped',
        'app_context_changed',
        'app_home_opened',
        'app_mention',
        'member_joined_channel',
        'message.channels',
        'message.groups',
        'message.im',
      ],
    },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

/** The real client, pointed at the stand-in, without retries. */
export function client(slack: Slack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** The error code of a refused call; throws when it was taken. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const code = (error as { data?: { error?: string } }).data?.error;
    return code ?? (error as Error).name;
  }
  throw new Error('the call was not refused');
}
