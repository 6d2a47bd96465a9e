import { Refused, request } from './request.ts';
import type { Tokens } from './token.ts';

/** Codes that mean: this token is not valid (any more). */
const badToken = new Set([40001, 40014, 42001]);

/** An API of Tencent with its access token. */
export interface Api {
  /** Calls a method, such as `message/custom/send` (GET without a body); throws `Refused` or `Unanswered`. */
  call(method: string, body?: object): Promise<Record<string, unknown>>;
}

/** Creates an API. A call that is refused for its token is made once more with a new one. */
export function createApi(base: string, tokens: Tokens): Api {
  async function attempt(method: string, body: object | undefined, token: string) {
    const url = new URL(`${base}/cgi-bin/${method}`);
    url.searchParams.set('access_token', token);
    return request(url, body);
  }
  return {
    async call(method, body) {
      const token = await tokens.get();
      try {
        return await attempt(method, body, token);
      } catch (error) {
        if (!isTokenRefusal(error)) throw error;
        tokens.reject(token);
        return attempt(method, body, await tokens.get());
      }
    },
  };
}

function isTokenRefusal(error: unknown): error is Refused {
  return error instanceof Refused && badToken.has(error.code);
}
