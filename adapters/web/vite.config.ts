import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { build, defineConfig, type Plugin } from 'vite';

const browser = join(import.meta.dirname, 'browser');
// Browsers inside WeChat lag some years behind.
const target = ['chrome87', 'safari14', 'firefox88'];

/** Builds the loader as one plain script without globals, for pages of others. */
function widget(): Plugin {
  let outDir = '';
  return {
    name: 'widget',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir;
    },
    closeBundle: async () => {
      await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          target,
          outDir,
          emptyOutDir: false,
          lib: {
            entry: fileURLToPath(import.meta.resolve('./browser/widget.ts')),
            formats: ['iife'],
            name: 'wenda',
            fileName: () => 'widget.js',
          },
        },
      });
      await compress(outDir);
    },
  };
}

async function compress(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!/\.(js|css|html)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const content = await readFile(file);
    await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
    await writeFile(`${file}.br`, brotliCompressSync(content));
  }
}

export default defineConfig({
  root: browser,
  base: './',
  plugins: [preact(), widget()],
  build: {
    target,
    outDir: join(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'chat.html', 'desk.html'].map((page) => join(browser, page)) },
  },
});
