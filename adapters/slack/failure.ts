import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { z } from 'zod';

/**
 * What a failed call of the Web API means:
 * `limited`: later, and not before `after` ms; `unsent`: nothing was done, try again; `doubt`: it may have been done;
 * `operator`: nothing works until somebody changes a setting; `elsewhere`: not in this place;
 * `plainer`: not in this form; `gone`: what it was about no longer exists; `refused`: never.
 */
export interface Failure {
  readonly means: 'limited' | 'unsent' | 'doubt' | 'operator' | 'elsewhere' | 'plainer' | 'gone' | 'refused';
  /** Slack's word for it, or that of the network. */
  readonly error: string;
  readonly after?: number;
  /** A sentence for the operator. */
  readonly detail: string;
}

const token = 'Slack refuses the token: copy it again from the settings of the app (docs/slack.md).';
const installed = 'The app is no longer installed in the workspace: install it again (docs/slack.md).';
const invite = 'The bot is not in the channel: invite it with /invite.';
const rule = 'A rule of the channel keeps the bot from writing there.';
const large = 'Slack finds the message too large or malformed.';
const own = 'Slack had a fault of its own.';
const gone = 'What the message belongs to no longer exists.';

const meanings: Readonly<Record<string, readonly [Failure['means'], string]>> = {
  invalid_auth: ['operator', token],
  not_authed: ['operator', token],
  token_revoked: ['operator', installed],
  token_expired: ['operator', token],
  account_inactive: ['operator', installed],
  not_allowed_token_type: ['operator', token],
  missing_scope: ['operator', 'The app lacks a permission: add the scope and install it again (docs/slack.md).'],
  no_permission: ['operator', 'The app may not do this: install it again (docs/slack.md).'],
  messages_tab_disabled: [
    'operator',
    'The Messages tab of the app is off: switch it on under App Home (docs/slack.md).',
  ],
  org_login_required: ['operator', 'The workspace is being moved into an organisation.'],
  team_access_not_granted: ['operator', 'The app has no access to this workspace: an administrator must grant it.'],
  channel_not_found: ['elsewhere', invite],
  not_in_channel: ['elsewhere', invite],
  is_archived: ['elsewhere', 'The channel is archived.'],
  restricted_action: ['elsewhere', rule],
  restricted_action_read_only_channel: ['elsewhere', rule],
  restricted_action_thread_only_channel: ['elsewhere', rule],
  restricted_action_non_threadable_channel: ['elsewhere', rule],
  restricted_action_thread_locked: ['elsewhere', rule],
  cannot_reply_to_message: ['elsewhere', 'This message cannot be replied to.'],
  thread_not_found: ['elsewhere', gone],
  user_not_in_channel: ['elsewhere', 'The person has left the channel.'],
  msg_too_long: ['plainer', large],
  msg_blocks_too_long: ['plainer', large],
  invalid_blocks: ['plainer', large],
  invalid_blocks_format: ['plainer', large],
  message_not_found: ['gone', gone],
  cant_update_message: ['gone', gone],
  edit_window_closed: ['gone', gone],
  not_found: ['gone', gone],
  view_not_found: ['gone', gone],
  ratelimited: ['limited', 'Slack asks to wait.'],
  rate_limited: ['limited', 'Slack asks to wait.'],
  message_limit_exceeded: ['limited', 'The workspace has reached its limit of messages.'],
  fatal_error: ['doubt', own],
  internal_error: ['doubt', own],
  service_unavailable: ['doubt', own],
  request_timeout: ['doubt', own],
};

/** How long to wait when Slack does not say, ms. */
const pause = 30_000;

/** Errors of the network after which the request cannot have arrived. */
const neverArrived = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads what a failed call means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { means: 'limited', error: 'ratelimited', after: error.retryAfter * 1_000, detail: 'Slack asks to wait.' };
  }
  if (error instanceof WebAPIPlatformError) return ofSlack(error.data.error, error.data);
  if (error instanceof WebAPIHTTPError) {
    const means = error.statusCode >= 500 ? 'doubt' : 'refused';
    return { means, error: `http_${error.statusCode}`, detail: `Slack answers with status ${error.statusCode}.` };
  }
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  const code = codeOf(cause);
  return {
    means: neverArrived.has(code) ? 'unsent' : 'doubt',
    error: code,
    detail: 'Slack cannot be reached.',
  };
}

function ofSlack(error: string, data: unknown): Failure {
  const [means, words] = meanings[error] ?? ['refused', `Slack answers ${error}.`];
  const needed = z.object({ needed: z.string() }).safeParse(data).data?.needed;
  const detail = needed === undefined ? words : `${words} Needed: ${needed}.`;
  return { means, error, detail, ...(means === 'limited' && { after: pause }) };
}

/** The code of a network error, or of what caused it. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && !at.code.startsWith('slack_')) return at.code;
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'timeout';
  }
  return error instanceof Error ? error.name : 'unknown';
}
