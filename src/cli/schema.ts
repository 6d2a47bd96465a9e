import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editorSchemas } from '../knowledge/schema.ts';

const folder = join('knowledge', 'schema');

/** Writes the JSON Schemas of the knowledge for editors. */
export async function run(): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(editorSchemas())) {
    await writeFile(join(folder, name), text);
    console.log(join(folder, name));
  }
  return 0;
}
