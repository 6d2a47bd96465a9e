import type { Clock } from '../../../src/ports.ts';
import { type Api, createApi } from './api.ts';
import { request } from './request.ts';
import { createTokens, type Issued } from './token.ts';

/** The API of a service account. Its stable token is shared by everybody who asks for it. */
export function openAccountApi(options: {
  readonly apiUrl: string;
  readonly appId: string;
  readonly secret: string;
  readonly clock: Clock;
}): Api {
  const { apiUrl, appId, secret, clock } = options;
  const ask = async (force: boolean): Promise<Issued> =>
    issued(
      await request(new URL(`${apiUrl}/cgi-bin/stable_token`), {
        grant_type: 'client_credential',
        appid: appId,
        secret,
        force_refresh: force,
      }),
    );
  const tokens = createTokens(clock, async (rejected) => {
    const normal = await ask(false);
    // A token that was ended from outside is given again until it is refreshed by force, which is allowed seldom.
    return normal.token === rejected ? ask(true) : normal;
  });
  return createApi(apiUrl, tokens);
}

/** The API of WeCom, as an app that may call 微信客服. */
export function openCorpApi(options: {
  readonly apiUrl: string;
  readonly corpId: string;
  readonly secret: string;
  readonly clock: Clock;
}): Api {
  const { apiUrl, corpId, secret, clock } = options;
  const tokens = createTokens(clock, async () => {
    const url = new URL(`${apiUrl}/cgi-bin/gettoken`);
    url.searchParams.set('corpid', corpId);
    url.searchParams.set('corpsecret', secret);
    return issued(await request(url));
  });
  return createApi(apiUrl, tokens);
}

function issued(answer: Record<string, unknown>): Issued {
  return { token: String(answer['access_token']), seconds: Number(answer['expires_in']) };
}
