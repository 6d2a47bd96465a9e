import { jsonArgument, textArgument } from '../arguments.ts';
import { emit } from '../event.ts';
import type { Json } from '../index.ts';
import { post } from '../messages.ts';
import { channelOf, type Method, messageOf } from '../method.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { StoredFile, World } from '../world.ts';

/** A file as events and calls show it. */
export function shownFile(world: World, file: StoredFile): Json {
  const url = `${world.origin}/files-pri/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    size: file.size,
    user: file.user,
    mode: 'hosted',
    is_external: false,
    url_private: url,
    url_private_download: url,
    ...(file.alt ? { alt_txt: file.alt } : {}),
  };
}

/** Keeps a new file. */
export function storeFile(world: World, file: Omit<StoredFile, 'id' | 'shared'>): StoredFile {
  const stored = { ...file, id: world.id('F'), shared: false };
  world.files.set(stored.id, stored);
  return stored;
}

const getUploadURL: Method = (world, args) => {
  const size = Number(textArgument(args, 'length'));
  if (!Number.isInteger(size) || size < 1) throw refuse('invalid_arguments', ['length must be a positive integer']);
  const file = storeFile(world, {
    name: textArgument(args, 'filename') ?? '',
    size,
    mimetype: 'application/octet-stream',
    user: world.botUserId,
    alt: textArgument(args, 'alt_text') ?? textArgument(args, 'alt_txt'),
    bytes: undefined,
  });
  return { upload_url: `${world.origin}/upload/${file.id}`, file_id: file.id };
};

const complete: Method = (world, args) => {
  const listed = jsonArgument(args, 'files');
  if (!Array.isArray(listed) || listed.length === 0) throw refuse('invalid_arguments', ['files: at least one']);
  const files = listed.map((one: Json) => {
    const file = world.files.get(String(one['id']));
    if (!file || file.user !== world.botUserId) throw new Refusal('file_not_found');
    if (!file.bytes) throw new Refusal('file_not_uploaded');
    return file;
  });
  const id = textArgument(args, 'channel_id');
  if (id !== undefined) {
    const channel = channelOf(world, args, 'channel_id');
    if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
    if (channel.archived) throw new Refusal('is_archived');
    const thread = textArgument(args, 'thread_ts');
    if (thread !== undefined) messageOf(channel, thread, 'thread_not_found');
    const bot = world.users.get(world.botUserId);
    const text = textArgument(args, 'initial_comment') ?? '';
    const shared = files.map((file) => shownFile(world, file));
    if (bot) post(world, channel, bot, { text, thread, subtype: 'file_share', files: shared });
    for (const file of files) {
      file.shared = true;
      emit(world, 'file_shared', {
        type: 'file_shared',
        file_id: file.id,
        user_id: file.user,
        file: { id: file.id },
        channel_id: id,
      });
    }
  }
  return { files: files.map((file) => shownFile(world, file)) };
};

/** files.* */
export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadURL,
  'files.completeUploadExternal': complete,
  'files.delete': (world, args) => {
    const file = world.files.get(textArgument(args, 'file') ?? '');
    if (!file) throw new Refusal('file_not_found');
    if (file.user !== world.botUserId) throw new Refusal('cant_delete_file');
    world.files.delete(file.id);
    return {};
  },
  'files.info': (world, args) => {
    const file = world.files.get(textArgument(args, 'file') ?? '');
    if (!file) throw new Refusal('file_not_found');
    return { file: shownFile(world, file) };
  },
};
