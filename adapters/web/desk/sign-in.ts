import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Clock } from '../../../src/ports.ts';
import { addressOf } from '../address.ts';
import { createLimiter } from '../limiter.ts';
import { type Colleagues, consultantOf } from './consultant.ts';
import { refuse } from './refusal.ts';
import type { Sessions } from './session.ts';

/** Attempts a minute of one address, and of all together. */
const ofAddress = 6;
const ofAll = 60;

const largest = 4_096;

const body = z.strictObject({ password: z.string().max(500), name: z.string().max(200) });

/** `POST /session {password, name}` signs in, `DELETE /session` out, `GET /session` tells who is signed in. */
export function createSignIn(options: {
  readonly sessions: Sessions;
  readonly colleagues: Colleagues;
  readonly clock: Clock;
  readonly trustProxy: boolean;
}): Hono {
  const { sessions, colleagues, clock, trustProxy } = options;
  const addresses = createLimiter(clock, ofAddress);
  const all = createLimiter(clock, ofAll);
  const routes = new Hono();

  routes.get('/session', async (c) => {
    const session = await sessions.of(c);
    return session ? c.json({ consultant: session.consultant }) : refuse(c, 'signed-out');
  });

  routes.post(
    '/session',
    bodyLimit({ maxSize: largest, onError: (c) => refuse(c, 'bad-body', { detail: 'it is too long' }) }),
    async (c) => {
      const seconds = addresses(addressOf(c, trustProxy)) || all('');
      if (seconds > 0) return refuse(c, 'too-many-attempts', { seconds });
      const { data } = body.safeParse(await c.req.json().catch(() => undefined));
      if (!data) return refuse(c, 'bad-body', { detail: 'give password and name' });
      if (!sessions.accepts(data.password)) return refuse(c, 'wrong-password');
      const consultant = consultantOf(data.name);
      if (!consultant) return refuse(c, 'bad-body', { detail: 'the name needs 1 to 40 characters, one a letter' });
      await sessions.begin(c, consultant);
      colleagues.saw(consultant);
      return c.json({ consultant });
    },
  );

  routes.delete('/session', async (c) => {
    await sessions.end(c);
    return c.body(null, 204);
  });
  return routes;
}
