import type { Readable } from 'node:stream';
import type { FileBoxInterface } from 'file-box';
import { type Fetched, TooLarge } from '../api/request.ts';

/** What puppets call a type that they do not know. */
const unknown = new Set(['', 'application/unknown', 'application/octet-stream']);

/** Reads a file of the puppet, at most `most` bytes. `usual`: its type where the puppet does not know it. */
export async function contentOf(box: FileBoxInterface, most: number, usual: string): Promise<Fetched> {
  if (box.size > most) throw new TooLarge(`more than ${most} bytes`);
  const stream: Readable = await box.toStream();
  const pieces: Buffer[] = [];
  let size = 0;
  // Leaving the loop ends the stream.
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > most) throw new TooLarge(`more than ${most} bytes`);
    pieces.push(bytes);
  }
  const type = box.mediaType.toLowerCase();
  return { name: box.name, type: unknown.has(type) ? usual : type, content: new Uint8Array(Buffer.concat(pieces)) };
}
