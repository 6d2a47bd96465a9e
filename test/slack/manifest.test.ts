import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkManifest, methodsIn } from './manifest.ts';

const ADAPTER = 'adapters/slack';

test('the app’s manifest is what Slack takes, with every scope that its calls and events need and none besides', () => {
  const manifest: unknown = JSON.parse(readFileSync(`${ADAPTER}/manifest.json`, 'utf8'));
  const sources = globSync(`${ADAPTER}/**/*.ts`).map((file) => readFileSync(file, 'utf8'));
  const methods = methodsIn(sources.join('\n'));
  expect(methods).toContain('chat.postMessage');
  expect(checkManifest(manifest, methods)).toEqual([]);
});
