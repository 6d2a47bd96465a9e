import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type AttachedFile, largestFile } from '../../../src/core/message.ts';
import type { Desk } from '../../../src/ports.ts';
import type { Log } from '../options.ts';
import { fileHeaders, safeName, sendableType } from './files.ts';
import type { Guarded } from './guard.ts';
import { refuse } from './refusal.ts';

/** `POST /cases/:id/files?name=` keeps a file (the body) for a case, `GET /files/:id` gives a kept file. */
export function createUploads({ desk, log }: { readonly desk: Desk; readonly log: Log }): Hono<Guarded> {
  const routes = new Hono<Guarded>();

  routes.post(
    '/cases/:id/files',
    bodyLimit({ maxSize: largestFile, onError: (c) => refuse(c, 'file-too-large') }),
    async (c) => {
      const type = sendableType(c.req.header('content-type'));
      if (type === undefined) return refuse(c, 'file-type');
      const view = await desk.view(c.req.param('id'));
      if (!view) return refuse(c, 'no-case');
      const content = new Uint8Array(await c.req.arrayBuffer());
      if (content.length === 0) return refuse(c, 'bad-body', { detail: 'the file is empty' });
      const name = safeName(c.req.query('name') ?? '', type);
      const file: AttachedFile = { id: randomUUID(), name, type, size: content.length };
      try {
        await desk.keepFile({ ...file, conversation: view.conversation, content });
      } catch (error) {
        log.error({ err: error }, 'desk: a file could not be kept');
        return refuse(c, 'unavailable', { seconds: 2 });
      }
      return c.json({ file }, 201);
    },
  );

  routes.get('/files/:id', async (c) => {
    const file = await desk.file(c.req.param('id'));
    if (!file) return refuse(c, 'no-file');
    for (const [header, value] of Object.entries(fileHeaders(file))) c.header(header, value);
    return c.body(new Uint8Array(file.content));
  });
  return routes;
}
