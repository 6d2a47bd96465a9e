import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Deserializer, Serializer } from 'node:v8';
import { crc32 } from 'node:zlib';

/** Length of the checksum before the content, bytes. */
const checksumLength = 4;

/** What a file keeps under this key; undefined when it keeps something else, or cannot be read for whatever reason. */
export async function readCache<T>(file: string, key: string): Promise<T | undefined> {
  try {
    const bytes = await readFile(file);
    const content = bytes.subarray(checksumLength);
    if (bytes.readUInt32LE() !== crc32(content)) return undefined;
    // Not `deserialize`, whose arrays are views of the whole file and keep it in memory.
    const reader = new Deserializer(content);
    reader.readHeader();
    const kept: { readonly key: string; readonly value: T } = reader.readValue();
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
  const writer = new Serializer();
  writer.writeHeader();
  writer.writeValue({ key, value });
  const content = writer.releaseBuffer();
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
