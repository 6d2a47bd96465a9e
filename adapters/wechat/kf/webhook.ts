import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Callback, mostBytes } from '../callback.ts';
import type { Log } from '../options.ts';

/** Where WeCom calls back. */
export const callbackPath = '/wechat/kf';

/** Serves the callback. `notified` resolves when it is stored that there is something to fetch. */
export function createWebhook(options: {
  readonly callback: Callback;
  notified(account: string, token: string): Promise<void>;
  readonly log: Log;
}): Hono {
  const { callback, notified, log } = options;
  const routes = new Hono();
  routes.use(callbackPath, bodyLimit({ maxSize: mostBytes, onError: (c) => c.text('too large', 413) }));
  routes.get(callbackPath, (c) => {
    const echo = callback.echo(c.req.query(), true);
    return echo === undefined ? c.text('refused', 403) : c.text(echo);
  });
  routes.post(callbackPath, async (c) => {
    const request = callback.open(c.req.query(), new Uint8Array(await c.req.arrayBuffer()));
    if ('refused' in request) {
      log.warn({ reason: request.refused }, 'wechat: a callback of 微信客服 was refused');
      return request.signed ? c.text('success') : c.text('refused', 403);
    }
    const { fields } = request;
    const account = fields.get('OpenKfId');
    if (fields.get('Event') !== 'kf_msg_or_event' || !account) return c.text('success');
    try {
      await notified(account, fields.get('Token') ?? '');
      return c.text('success');
    } catch (error) {
      log.error({ err: error }, 'wechat: a callback of 微信客服 could not be stored; WeCom calls again');
      return c.text('unavailable', 503);
    }
  });
  return routes;
}
