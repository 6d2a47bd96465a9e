import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editorSchemas } from '../../src/knowledge/schema.ts';

test.each(Object.entries(editorSchemas()))('%s is current (otherwise: npm run wenda -- schema)', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, '../../knowledge/schema', name), 'utf8')).toBe(text);
});
