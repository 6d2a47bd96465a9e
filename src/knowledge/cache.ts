import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

/** Length of the checksum before the content, bytes. */
const checksumLength = 4;

/** What a file keeps under this key; undefined when it keeps something else, or cannot be read for whatever reason. */
export async function readCache<T>(file: string, key: string): Promise<T | undefined> {
  try {
    const bytes = await readFile(file);
    const content = bytes.subarray(checksumLength);
    if (bytes.readUInt32LE() !== crc32(content)) return undefined;
    const kept: { readonly key: string; readonly value: T } = deserialize(content);
    return kept.key === key ? kept.value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a value in a file under this key, in place of what was there. Readers see the old or the new content, never a
 * part. Without the right to write nothing is kept: the next start takes longer, that is all.
 */
export async function writeCache<T>(file: string, key: string, value: T): Promise<void> {
  const content = serialize({ key, value });
  const checksum = Buffer.alloc(checksumLength);
  checksum.writeUInt32LE(crc32(content));
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, Buffer.concat([checksum, content]), { mode: 0o600 });
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
