import { createHash } from 'node:crypto';
import { openCaseOf } from '../../src/core/conversation/case.ts';
import type { AttachedFile } from '../../src/core/message.ts';
import type { Incoming, Store } from '../../src/ports.ts';
import type { Fetched } from './api/request.ts';
import type { Log } from './options.ts';
import { soon } from './soon.ts';

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
    const state = await store.load(conversation);
    return state !== undefined && openCaseOf(state) !== undefined;
  }

  return async ({ key, conversation, body }, fetch) => {
    if (body.kind !== 'attachment') return body;
    try {
      if (!(await isOpen(conversation))) return body;
      const id = `wechat-${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
      const known = await store.file(id);
      if (known) return withFile(body, known);
      const fetched = await soon(time, fetch());
      if (!fetched) throw new Error(`it took more than ${time} ms`);
      const { name, type, content } = fetched;
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
