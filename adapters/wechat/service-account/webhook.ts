import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '../../../src/ports.ts';
import { type Callback, mostBytes } from '../callback.ts';
import type { Log } from '../options.ts';
import { decode, type Heard } from './decode.ts';
import { type Reply, replyXml } from './reply.ts';

/** Where Tencent pushes to. */
export const webhookPath = '/wechat/service-account';

/** Serves the webhook. `answer` never takes longer than Tencent waits, and never rejects. */
export function createWebhook(options: {
  readonly callback: Callback;
  answer(heard: Heard): Promise<Reply>;
  readonly clock: Clock;
  readonly log: Log;
}): Hono {
  const { callback, answer, clock, log } = options;
  const routes = new Hono();
  routes.use(webhookPath, bodyLimit({ maxSize: mostBytes, onError: (c) => c.text('too large', 413) }));
  routes.get(webhookPath, (c) => {
    const echo = callback.echo(c.req.query(), false);
    return echo === undefined ? c.text('refused', 403) : c.text(echo);
  });
  routes.post(webhookPath, async (c) => {
    const request = callback.open(c.req.query(), new Uint8Array(await c.req.arrayBuffer()));
    if ('refused' in request) {
      log.warn({ reason: request.refused }, 'wechat: a request to the service account was refused');
      return request.signed ? c.text('success') : c.text('refused', 403);
    }
    const heard = decode(request.fields);
    const reply = heard && (await answer(heard));
    if (!heard || !reply) return c.text('success');
    return c.body(request.seal(replyXml(reply, heard, clock())), 200, { 'Content-Type': 'text/xml; charset=utf-8' });
  });
  return routes;
}
