import type { Context, MiddlewareHandler } from 'hono';
import type { Colleagues } from './consultant.ts';
import { refuse } from './refusal.ts';
import type { Session, Sessions } from './session.ts';

/** What the routes behind the guard find in their context. */
export interface Guarded {
  readonly Variables: { readonly session: Session };
}

/** The header that only a page of the same origin can set without asking first. */
const header = 'x-wenda-desk';

/** Refuses what changes something unless it comes from the page of the desk itself. */
export function ownPageOnly(publicUrl: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (/^(GET|HEAD)$/.test(c.req.method) || isOwn(c, publicUrl)) return next();
    return refuse(c, 'foreign-page');
  };
}

function isOwn(c: Context, publicUrl: string | undefined): boolean {
  if (c.req.header(header) === undefined) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = URL.parse(c.req.header('origin') ?? '');
  // No origin at all is no browser, and then no cookie of somebody else either.
  if (c.req.header('origin') === undefined) return true;
  return origin !== null && (origin.host === c.req.header('host') || origin.origin === originOf(publicUrl));
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.origin;
}

/** Lets signed-in consultants pass only. */
export function signedInOnly(sessions: Sessions, colleagues: Colleagues): MiddlewareHandler<Guarded> {
  return async (c, next) => {
    const session = await sessions.of(c);
    if (!session) return refuse(c, 'signed-out');
    colleagues.saw(session.consultant);
    c.set('session', session);
    return next();
  };
}
