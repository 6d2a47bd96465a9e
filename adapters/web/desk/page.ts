import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { contentPolicy } from '../policy.ts';

/** Serves the built page of the desk at `/desk`, with headers for it and for everything below. */
export function createDeskPage(assets: string): Hono {
  const routes = new Hono();
  const headers = secureHeaders({
    contentSecurityPolicy: contentPolicy({ fonts: false, frameAncestors: ["'none'"] }),
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    // Whether http is allowed is the affair of the operator's proxy.
    strictTransportSecurity: false,
  });
  for (const path of ['/desk', '/desk/*']) {
    routes.use(path, headers, async (c, next) => {
      await next();
      c.header('Cache-Control', 'no-store, no-transform');
    });
  }
  routes.get('/desk', serveStatic({ path: join(assets, 'desk.html'), precompressed: true }), (c) =>
    c.text('The page of the desk is not built. Run: npm run build', 503),
  );
  routes.get('/desk/', (c) => c.redirect('/desk'));
  return routes;
}
