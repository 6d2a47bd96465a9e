import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clock of a request may be off, in either direction, seconds. */
const tolerance = 300;

/** True when Slack signed this body a moment ago; https://docs.slack.dev/authentication/verifying-requests-from-slack. */
export function isSigned(
  request: { readonly body: string; readonly timestamp: string | undefined; readonly signature: string | undefined },
  secret: string,
  now: number,
): boolean {
  const { body, timestamp, signature } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > tolerance) return false;
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
