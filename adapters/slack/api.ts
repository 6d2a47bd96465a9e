import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Log } from './options.ts';

/** Slack's own address of the Web API. */
const slack = 'https://slack.com/api/';

/** How long one call may take, ms; shorter than a delivery may take in all. */
const timeout = 4_000;

/**
 * A client of the Web API that makes each call once: what to do after a failure is decided here, since a repeated
 * call may post twice, and one that waits for a rate limit would hold up every other channel.
 */
export function createClient(token: string, apiUrl: string | undefined, log: Log): WebClient {
  // Custom headers would be shared between clients, and with them the token; there are none.
  return new WebClient(token, {
    slackApiUrl: (apiUrl ?? slack).replace(/\/*$/, '/'),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 256,
    timeout,
    logger: quiet(log),
  });
}

/** Slack's libraries log through ours; what they say is for debugging only. */
export function quiet(log: Log): Logger {
  const say = (...words: unknown[]) => log.debug({}, `slack: ${words.map(String).join(' ')}`);
  return {
    debug: () => {},
    info: say,
    warn: say,
    error: say,
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
