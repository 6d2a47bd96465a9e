import { WebAPIHTTPError } from '@slack/web-api';

const timeout = 4_000;

/** Sends a body to a `response_url` (five times within half an hour); rejects when Slack does not take it. */
export async function respond(url: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  if (!answer.ok) throw new WebAPIHTTPError(answer.status, answer.statusText, {});
}
