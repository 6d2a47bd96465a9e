import { type Body, type Fetched, Refused, request, requestFile } from './request.ts';
import type { Tokens } from './token.ts';

/** Codes that mean: this token is not valid (any more). */
const badToken = new Set([40001, 40014, 42001]);

/** A file that is handed to the platform. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** An API of Tencent with its access token. Every call throws `Refused` or `Unanswered`. */
export interface Api {
  /** Calls a method, such as `message/custom/send` (GET without a body). */
  call(method: string, body?: object): Promise<Record<string, unknown>>;
  /** Hands a file over as temporary media, kept for three days; resolves to its media id. */
  upload(kind: 'image' | 'file', file: Upload): Promise<string>;
  /** Fetches temporary media of at most `most` bytes within `time` ms; throws `TooLarge` too. */
  fetch(media: string, most: number, time: number): Promise<Fetched>;
}

/** Creates an API. A call that is refused for its token is made once more with a new one. */
export function createApi(base: string, tokens: Tokens): Api {
  async function withToken<T>(method: string, query: object, attempt: (url: URL) => Promise<T>): Promise<T> {
    const urlFor = (token: string) => {
      const url = new URL(`${base}/cgi-bin/${method}`);
      for (const [name, value] of Object.entries({ access_token: token, ...query })) url.searchParams.set(name, value);
      return url;
    };
    const token = await tokens.get();
    try {
      return await attempt(urlFor(token));
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      tokens.reject(token);
      return attempt(urlFor(await tokens.get()));
    }
  }

  const call = (method: string, query: object, body: Body) => withToken(method, query, (url) => request(url, body));

  return {
    call: (method, body) => call(method, {}, body),
    async upload(kind, { name, type, content }) {
      const form = new FormData();
      form.set('media', new Blob([new Uint8Array(content)], { type }), name);
      return String((await call('media/upload', { type: kind }, form))['media_id']);
    },
    fetch: (media, most, time) => withToken('media/get', { media_id: media }, (url) => requestFile(url, most, time)),
  };
}

function isTokenRefusal(error: unknown): error is Refused {
  return error instanceof Refused && badToken.has(error.code);
}
