import { call } from './api.ts';
import type { Bot } from './bot.ts';
import { type AccountSetup, type Json, startTencent } from './index.ts';

/** A service account in plain mode with a bot behind it and a token; for the stand-in's own tests. */
export async function openAccount(bot: Bot, setup: AccountSetup = {}) {
  const tencent = await startTencent({ account: { mode: 'plain', ...setup } });
  const { account } = tencent;
  account.sendTo(bot.url);
  const { appId: appid, appSecret: secret } = account;
  const stable = (rest: Json = {}) =>
    call(account, 'cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret, ...rest });
  let access_token = '';
  const signIn = async () => {
    access_token = String((await stable())['access_token']);
    return access_token;
  };
  await signIn();
  const post = (path: string, body: Json) => call(account, `cgi-bin/${path}`, body, { access_token });
  const get = (path: string, query: Record<string, string> = {}) =>
    call(account, path, undefined, { access_token, ...query });
  const say = (touser: string, content = '好') =>
    post('message/custom/send', { touser, msgtype: 'text', text: { content } });
  return { tencent, account, stable, signIn, post, get, say };
}
