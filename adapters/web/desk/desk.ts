import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createWakes } from '../wakes.ts';
import { createApi } from './api.ts';
import type { DeskOptions } from './options.ts';
import { createDeskPage } from './page.ts';

/** The web desk: what it serves over HTTP (mount it at `/`), and the hook to call after each commit. */
export interface WebDesk {
  readonly routes: Hono;
  /** Tells the open pages that something has changed. */
  wake(): void;
  /** The address of the desk below that of the program; it signs in by itself where no password was set. */
  link(address: string): string;
  /** Ends what is open. */
  stop(): void;
}

const builtPages = join(import.meta.dirname, '../../../dist/web');
const everybody = 'desk';

/** Makes the web desk. */
export function createWebDesk(options: DeskOptions): WebDesk {
  const { assets = builtPages, publicUrl } = options;
  const key = options.password === undefined ? randomBytes(18).toString('base64url') : undefined;
  const wakes = createWakes();
  const routes = createDeskPage(assets);
  routes.route(
    '/desk/api',
    createApi({
      ...options,
      password: options.password ?? key ?? '',
      trustProxy: options.trustProxy ?? false,
      pollEvery: options.pollEvery ?? 2_000,
      heartbeatEvery: options.heartbeatEvery ?? 15_000,
      listen: () => wakes.listen(everybody),
    }),
  );
  return {
    routes,
    wake: () => wakes.ring(everybody),
    link: (address) => `${(publicUrl ?? address).replace(/\/+$/, '')}/desk${key === undefined ? '' : `?key=${key}`}`,
    stop: wakes.end,
  };
}
