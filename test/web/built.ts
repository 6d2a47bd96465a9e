import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

/** Builds the pages as they are now into a folder of their own, as `npm run build` does, and gives the folder. */
export async function buildPages(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'wenda-web-'));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'adapters/web/vite.config.ts');
  await promisify(execFile)(process.execPath, [vite, 'build', '--config', config, '--outDir', outDir], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return outDir;
}
