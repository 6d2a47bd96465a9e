import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { contentPolicy } from './policy.ts';

/** The built pages of the chat, each under its address. */
const files = { '/': 'index.html', '/chat': 'chat.html', '/widget.js': 'widget.js' };

/** Where the API of the chat is. */
export const apiPath = '/api/chat';

/** Where suggestions are asked for. */
export const suggestPath = '/api/suggest';

/** True when the pages have been built. */
export function isBuilt(assets: string): boolean {
  return Object.values(files).every((file) => existsSync(join(assets, file)));
}

/** Serves the built pages, with headers that let them load from here only and be framed by these origins only. */
export function createPages(assets: string, allowedOrigins: readonly string[]): Hono {
  const pages = new Hono();
  const headers = secureHeaders({
    contentSecurityPolicy: contentPolicy({ fonts: true, frameAncestors: ["'self'", ...allowedOrigins] }),
    referrerPolicy: 'no-referrer',
    // Other sites load widget.js and frame /chat; whether http is allowed is the operator's proxy's affair.
    crossOriginResourcePolicy: false,
    xFrameOptions: false,
    strictTransportSecurity: false,
  });

  for (const path of [...Object.keys(files), '/assets/*', `${apiPath}/*`, suggestPath]) pages.use(path, headers);
  for (const [path, file] of Object.entries(files)) {
    pages.use(path, cached(path === '/widget.js' ? 'public, max-age=600' : 'no-cache'), etag());
    pages.get(path, serveStatic({ path: join(assets, file), precompressed: true }), (c) =>
      c.text('The pages of the chat are not built. Run: npm run build', 503),
    );
  }
  // Vite puts a hash of the content into the names of these.
  pages.use('/assets/*', cached('public, max-age=31536000, immutable'));
  pages.get('/assets/*', serveStatic({ root: assets, precompressed: true }));
  return pages;
}

function cached(rule: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.status < 400) c.header('Cache-Control', rule);
  };
}
