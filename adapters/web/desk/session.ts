import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Consultant } from '../../../src/core/conversation/event.ts';
import type { Clock } from '../../../src/ports.ts';
import { sessionTime } from './options.ts';

/** A signed-in consultant. `until`: ms since 1970. */
export interface Session {
  readonly id: string;
  readonly consultant: Consultant;
  readonly until: number;
}

/** The sessions of the desk. They live in signed cookies; another password ends them all. */
export interface Sessions {
  /** True for the password, compared in constant time. */
  accepts(password: string): boolean;
  begin(c: Context, consultant: Consultant): Promise<void>;
  /** The session of a request, which goes on for as long again; undefined when there is none. */
  of(c: Context): Promise<Session | undefined>;
  /** False once the session was ended or ran out. */
  isOpen(session: Session): boolean;
  end(c: Context): Promise<void>;
}

const cookie = 'wenda-desk';
const path = '/desk';
/** A cookie is written anew when it is older than this, ms. */
const renewAfter = 600_000;
/** How many ended sessions are remembered. */
const mostEnded = 1_000;

const stored = z.object({
  id: z.string(),
  consultant: z.object({ id: z.string(), name: z.string() }),
  until: z.number(),
});

/** `secure`: the cookie goes over https only. */
export function createSessions(options: {
  readonly password: string;
  readonly secure: boolean;
  readonly clock: Clock;
}): Sessions {
  const { password, secure, clock } = options;
  const secret = new Uint8Array(hkdfSync('sha256', password, '', 'wenda desk session', 32));
  const ended = new Set<string>();

  async function write(c: Context, id: string, consultant: Consultant): Promise<Session> {
    const session = { id, consultant, until: clock() + sessionTime };
    const value = Buffer.from(JSON.stringify(session)).toString('base64url');
    const maxAge = sessionTime / 1000;
    await setSignedCookie(c, cookie, value, secret, { path, httpOnly: true, sameSite: 'Strict', secure, maxAge });
    return session;
  }

  async function read(c: Context): Promise<Session | undefined> {
    const value = await getSignedCookie(c, secret, cookie);
    if (!value) return undefined;
    const session = stored.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
    return isOpen(session) ? session : undefined;
  }

  function isOpen({ id, until }: Session): boolean {
    return clock() < until && !ended.has(id);
  }

  return {
    accepts: (given) => timingSafeEqual(digest(given), digest(password)),
    begin: async (c, consultant) => {
      await write(c, randomBytes(16).toString('base64url'), consultant);
    },
    of: async (c) => {
      const session = await read(c);
      if (!session || session.until - clock() > sessionTime - renewAfter) return session;
      return write(c, session.id, session.consultant);
    },
    isOpen,
    end: async (c) => {
      const session = await read(c);
      if (session) ended.add(session.id);
      const [oldest] = ended;
      if (ended.size > mostEnded && oldest !== undefined) ended.delete(oldest);
      deleteCookie(c, cookie, { path, secure });
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
