import { createHash } from 'node:crypto';
import type { AttachedFile } from '../../src/core/message.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import type { Fetched } from './api/request.ts';
import type { Log } from './options.ts';

/** Files of visitors are kept up to this size, bytes. */
export const largestFile = 20 * 1024 * 1024;

/** Endings of names by type, where the platform gives no name. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'audio/amr': '.amr',
  'audio/mpeg': '.mp3',
  'video/mp4': '.mp4',
};

/**
 * What a visitor sent, together with its content while a case is open: a consultant will want to see it. What cannot be
 * fetched is named only. The same key gives the same file.
 */
export type Attach = (
  said: Pick<Incoming, 'key' | 'conversation' | 'body'>,
  fetch: () => Promise<Fetched>,
) => Promise<Incoming['body']>;

/** Creates the keeping of files. */
export function createAttach(options: {
  readonly store: Pick<Store, 'load' | 'file' | 'keepFile'>;
  readonly log: Log;
  /** How long a file may take, ms. */
  readonly time: number;
}): Attach {
  const { store, log, time } = options;

  async function isOpen(conversation: string): Promise<boolean> {
    const at = (await store.load(conversation))?.activity.at;
    return at === 'waiting' || at === 'with-consultant';
  }

  return async ({ key, conversation, body }, fetch) => {
    if (body.kind !== 'attachment') return body;
    try {
      if (!(await isOpen(conversation))) return body;
      const id = `wechat-${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
      const known = await store.file(id);
      if (known) return withFile(body, known);
      const { name, type, content } = await within(time, fetch());
      if (content.length === 0) return body;
      const file = { id, name: nameOf(name, body.media, type), type, size: content.length };
      await store.keepFile({ ...file, conversation, content });
      return withFile(body, file);
    } catch (error) {
      log.warn({ err: error, conversation }, 'wechat: a file of a visitor could not be fetched and is named only');
      return body;
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took more than ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

type Attachment = Incoming['body'] & { readonly kind: 'attachment' };

function withFile(body: Attachment, { id, name, type, size }: AttachedFile): Attachment {
  // Pictures and voices have no names of their own.
  const named = body.media === 'file' ? { name } : {};
  return { ...body, ...named, file: { id, name, type, size } };
}

function nameOf(name: string | undefined, media: string, type: string): string {
  const clean = name?.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(-120);
  return media === 'file' && clean ? clean : `${media}${endings[type] ?? ''}`;
}
