import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Callback, mostBytes, type Request } from './callback.ts';
import type { Log } from './options.ts';

/** A request that comes from Tencent and can be read. */
export type Opened = Extract<Request, { readonly fields: unknown }>;

/** What is answered: XML, or `done`, or `again` when Tencent is to call again. */
export type Answer = { readonly xml: string } | 'done' | 'again';

/**
 * Serves one address that Tencent calls: its check (GET), then messages (POST). `sealed`: the text of the check is
 * encrypted; `name`: of the way in, for the log.
 */
export function createWebhook(options: {
  readonly path: string;
  readonly name: string;
  readonly sealed: boolean;
  readonly callback: Callback;
  answer(request: Opened): Promise<Answer>;
  readonly log: Log;
}): Hono {
  const { path, name, sealed, callback, answer, log } = options;
  const routes = new Hono();
  routes.use(path, bodyLimit({ maxSize: mostBytes, onError: (c) => c.text('too large', 413) }));
  routes.get(path, (c) => {
    const echo = callback.echo(c.req.query(), sealed);
    return echo === undefined ? c.text('refused', 403) : c.text(echo);
  });
  routes.post(path, async (c) => {
    const request = callback.open(c.req.query(), new Uint8Array(await c.req.arrayBuffer()));
    if ('refused' in request) {
      log.warn({ reason: request.refused }, `wechat: a request to ${name} was refused`);
      return request.signed ? c.text('success') : c.text('refused', 403);
    }
    const answered = await answer(request);
    if (answered === 'again') return c.text('unavailable', 503);
    if (answered === 'done') return c.text('success');
    return c.body(answered.xml, 200, { 'Content-Type': 'text/xml; charset=utf-8' });
  });
  return routes;
}
