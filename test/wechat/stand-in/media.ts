import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type File, type Input, type Method, Refusal } from './server.ts';

/** Temporary media (临时素材): kept for three days. */
export interface Media {
  /** Keeps a file and returns its media id. */
  keep(type: string, file: Omit<File, 'name'> & { readonly name?: string }): string;
  /** The file, unless it is older than three days, or of another type where one is given. */
  find(mediaId: string, type?: string): File | undefined;
  readonly upload: Method;
  readonly get: Method;
}

const megabyte = 1024 * 1024;
const keptFor = 3 * 24 * 3_600_000;

/** What an upload of one type may be: most bytes, names, and how the content begins. */
export type Rules = Readonly<
  Record<string, { readonly bytes: number; readonly names: RegExp; readonly begins?: readonly string[] }>
>;

const [jpg, png, gif, bmp] = ['ffd8ff', '89504e470d0a1a0a', '47494638', '424d'];

/** Of a service account. */
export const accountRules: Rules = {
  image: { bytes: 10 * megabyte, names: /\.(bmp|png|jpe?g|gif)$/i, begins: [jpg, png, gif, bmp] },
  voice: { bytes: 2 * megabyte, names: /\.(amr|mp3)$/i },
  video: { bytes: 10 * megabyte, names: /\.mp4$/i },
  thumb: { bytes: 64 * 1024, names: /\.jpe?g$/i, begins: [jpg] },
};

/** Of WeCom, where a file has more than five bytes. */
export const corpRules: Rules = {
  image: { bytes: 10 * megabyte, names: /\.(png|jpe?g)$/i, begins: [jpg, png] },
  voice: { bytes: 2 * megabyte, names: /\.amr$/i },
  video: { bytes: 10 * megabyte, names: /\.mp4$/i },
  file: { bytes: 20 * megabyte, names: /./ },
};

/** The media of one platform with its rules. */
export function createMedia(clock: Clock, rules: Rules, leastBytes: number): Media {
  const kept = new Map<string, { readonly type: string; readonly at: number; readonly file: File }>();

  const media: Media = {
    keep(type, file) {
      const id = randomBytes(32).toString('base64url');
      kept.set(id, { type, at: clock.now(), file: { name: `${id}.${type === 'voice' ? 'amr' : 'jpg'}`, ...file } });
      return id;
    },
    find(mediaId, type) {
      const found = kept.get(mediaId);
      if (!found || clock.now() - found.at > keptFor) return undefined;
      return type === undefined || found.type === type ? found.file : undefined;
    },
    upload: { verb: 'POST', takes: 'form', run: upload },
    get: {
      verb: 'GET',
      run({ query }) {
        const id = query['media_id'];
        if (!id) throw new Refusal(41006, 'media_id missing');
        const file = media.find(id);
        if (!file) throw new Refusal(40007, 'invalid media_id');
        return file;
      },
    },
  };
  return media;

  async function upload({ query, form }: Input) {
    const type = query['type'] ?? '';
    const rule = rules[type];
    if (!rule) throw new Refusal(40004, 'invalid media type');
    const file = (await form()).get('media');
    if (file === null || typeof file === 'string' || file.size < leastBytes)
      throw new Refusal(41005, 'media data missing');
    if (!rule.names.test(file.name)) throw new Refusal(40005, 'invalid file type');
    if (file.size > rule.bytes) throw new Refusal(45001, 'media size out of limit');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
    if (rule.begins && !rule.begins.some((sign) => start.startsWith(sign)))
      throw new Refusal(40005, 'invalid file type');
    const id = media.keep(type, { bytes, contentType: file.type || 'application/octet-stream', name: file.name });
    return { errcode: 0, errmsg: 'ok', type, media_id: id, created_at: Math.floor(clock.now() / 1000) };
  }
}
