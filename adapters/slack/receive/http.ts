import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '../../../src/ports.ts';
import type { Log } from '../options.ts';
import { type Handle, notTaken } from './link.ts';
import { isSigned } from './signature.ts';

/** The largest body that is read, bytes; Slack's are a few kilobytes. */
const largest = 1024 * 1024;

/**
 * `POST /slack/events`: events, commands and interactions, signed by Slack. The answer is sent after the commit; when
 * nothing was committed it is 503, and Slack delivers again.
 */
export function createHttp(options: {
  readonly secret: string;
  readonly handle: Handle;
  readonly clock: Clock;
  readonly log: Log;
}): Hono {
  const { secret, handle, clock, log } = options;
  const routes = new Hono();
  let complainedAt = Number.NEGATIVE_INFINITY;

  /** Anybody can send such requests; once a minute is enough to hear of it. */
  function complain(): void {
    if (clock() - complainedAt < 60_000) return;
    complainedAt = clock();
    log.warn({}, 'slack: requests without a valid signature are turned away; check SLACK_SIGNING_SECRET and the clock');
  }

  routes.use(
    '/slack/events',
    bodyLimit({
      maxSize: largest,
      onError: (c) => c.json({ error: 'too-large', message: 'The body is too large.' }, 413),
    }),
  );
  routes.post('/slack/events', async (c) => {
    const body = await c.req.text();
    const timestamp = c.req.header('x-slack-request-timestamp');
    const signature = c.req.header('x-slack-signature');
    if (!isSigned({ body, timestamp, signature }, secret, clock())) {
      complain();
      return c.json({ error: 'bad-signature', message: 'This request is not signed by Slack.' }, 401);
    }
    const payload = read(body, c.req.header('content-type') ?? '');
    if (!payload) return c.json({ error: 'bad-body', message: 'The body cannot be read.' }, 400);
    if (payload['ssl_check'] !== undefined) return c.body(null, 200);
    if (payload['type'] === 'url_verification') return c.json({ challenge: payload['challenge'] });
    try {
      const answer = await handle(payload);
      if (answer === undefined) return c.body(null, 200);
      return typeof answer === 'string' ? c.text(answer) : c.json(answer as object);
    } catch (error) {
      notTaken(log, error);
      return c.json({ error: 'unavailable', message: 'Please try again.' }, 503);
    }
  });
  return routes;
}

/** Events are JSON; commands are forms; interactions are JSON in the field `payload` of a form. */
function read(body: string, type: string): Readonly<Record<string, unknown>> | undefined {
  try {
    if (!type.startsWith('application/x-www-form-urlencoded')) return object(JSON.parse(body));
    const form = Object.fromEntries(new URLSearchParams(body));
    return form['payload'] === undefined ? form : object(JSON.parse(form['payload']));
  } catch {
    return undefined;
  }
}

function object(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
