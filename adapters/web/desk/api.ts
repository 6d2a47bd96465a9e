import { Hono } from 'hono';
import { createSeats } from '../limiter.ts';
import type { Bell } from '../wakes.ts';
import { createCaseRoutes } from './case.ts';
import { createColleagues } from './consultant.ts';
import { type Guarded, ownPageOnly, signedInOnly } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { createQueue } from './queue.ts';
import { refuse } from './refusal.ts';
import { createSessions } from './session.ts';
import { createSignIn } from './sign-in.ts';
import { followDesk } from './stream.ts';
import { createUploads } from './upload.ts';
import type { WireKit } from './wire.ts';

/** What the API of the desk is made from. */
export type ApiOptions = Required<Omit<DeskOptions, 'publicUrl' | 'assets'>> &
  Pick<DeskOptions, 'publicUrl'> & {
    /** The ear of one open page. */
    listen(): Bell;
  };

/** Pages that one consultant may have open. */
const mostStreams = 20;

/** The API behind the desk's page. Every refusal is `{error, message}`. */
export function createApi(options: ApiOptions): Hono<Guarded> {
  const { desk, password, publicUrl, clock, log, listen } = options;
  const secure = publicUrl?.startsWith('https:') ?? false;
  const sessions = createSessions({ password, secure, clock });
  const colleagues = createColleagues(desk, clock);
  const seats = createSeats(mostStreams);
  const api = new Hono<Guarded>();

  api.use(ownPageOnly(publicUrl));
  api.route('/', createSignIn({ ...options, sessions, colleagues }));
  api.use(signedInOnly(sessions, colleagues));
  api.route('/', createQueue(desk));
  api.route('/', createCaseRoutes({ desk, colleagues, clock, log }));
  api.route('/', createUploads({ desk, log }));
  api.get('/kit', (c) => {
    const { replies, insertable } = desk;
    return c.json({ replies, insertable } satisfies WireKit);
  });
  api.get('/stream', (c) => {
    const session = c.get('session');
    const leave = seats(session.consultant.id);
    if (!leave) return refuse(c, 'too-many-attempts', { seconds: 30 });
    return followDesk(c, { ...options, bell: listen(), isOpen: () => sessions.isOpen(session), onEnd: leave });
  });
  api.all('*', (c) => refuse(c, 'not-found'));
  api.onError((error, c) => {
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'desk: a request failed');
    return refuse(c, 'internal');
  });
  return api;
}
