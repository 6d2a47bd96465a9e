import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { AttachedFile } from '../../../src/core/message.ts';
import { SendError, type Store, type StoredFile } from '../../../src/ports.ts';

/** How long an upload may take, ms. */
const patience = 8_000;

/** Puts a stored file into a channel or thread, once for its key. Throws like the Web API. */
export type ShareFile = (
  key: string,
  attached: AttachedFile,
  place: { readonly channel: string; readonly thread?: string | undefined },
) => Promise<void>;

const withFiles = z.object({ files: z.array(z.object({ id: z.string() })) });

/**
 * Creates it. What was uploaded is noted before it is shared, and after a doubt the place is looked through for it, so
 * that it is not shared twice.
 */
export function createShareFile(options: {
  readonly client: WebClient;
  readonly store: Pick<Store, 'recall' | 'keep'>;
  file(id: string): Promise<StoredFile | undefined>;
}): ShareFile {
  const { client, store, file } = options;

  async function upload({ content }: StoredFile, name: string): Promise<string> {
    const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal({
      filename: name,
      length: content.length,
      alt_text: name,
    });
    if (!address || !id) throw new SendError('retry', 'Slack gave no address for a file.');
    const body = new Uint8Array(content);
    const sent = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(patience) });
    if (!sent.ok) throw new SendError('retry', `Slack did not take a file (status ${sent.status}).`);
    return id;
  }

  async function isThere(id: string, { channel, thread }: Parameters<ShareFile>[2]): Promise<boolean> {
    const range = { channel, limit: 200 };
    const { messages = [] } =
      thread === undefined
        ? await client.conversations.history(range)
        : await client.conversations.replies({ ...range, ts: thread });
    return messages.some((message) => withFiles.safeParse(message).data?.files.some((one) => one.id === id));
  }

  return async (key, attached, place) => {
    const note = `slack-file:${key}`;
    const known = await store.recall(note);
    if (known !== undefined && (await isThere(known, place))) return;
    const stored = known === undefined ? await file(attached.id) : undefined;
    // Erased meanwhile.
    if (known === undefined && !stored) return;
    const id = known ?? (stored && (await upload(stored, attached.name))) ?? '';
    if (known === undefined) await store.keep(note, id);
    const { channel, thread } = place;
    await client.files.completeUploadExternal({
      files: [{ id, title: attached.name }],
      channel_id: channel,
      ...(thread !== undefined && { thread_ts: thread }),
    } as Parameters<typeof client.files.completeUploadExternal>[0]);
  };
}
