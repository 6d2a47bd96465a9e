import { openAccountApi } from '../../adapters/wechat/api/open.ts';
import { createMenu, menuOf } from '../../adapters/wechat/service-account/menu.ts';
import { readConfig } from '../config.ts';
import { knowledgeOf, logOf } from '../main.ts';
import type { Given } from './commands.ts';

/** Creates the menu of the service account from the topics of the knowledge, or shows it. */
export async function run({ options }: Given): Promise<number> {
  const config = readConfig(process.env);
  const { knowledge } = await knowledgeOf(config, logOf(config, 'silent'));
  if (options['show']) {
    console.log(JSON.stringify(menuOf(knowledge), null, 2));
    return 0;
  }
  const { serviceAccount } = config.wechat;
  if (serviceAccount?.secret === undefined) {
    console.error('The menu needs WECHAT_APP_ID, WECHAT_TOKEN and WECHAT_APP_SECRET (docs/wechat.md).');
    return 1;
  }
  const { apiUrl, appId, secret } = serviceAccount;
  try {
    await createMenu(openAccountApi({ apiUrl, appId, secret, clock: Date.now }), knowledge);
  } catch (error) {
    console.error(`WeChat did not take the menu: ${error instanceof Error ? error.message : String(error)}.`);
    console.error('40164: add the address of this computer to the IP whitelist; 48001: the account is not certified.');
    return 1;
  }
  console.log('The menu is created; phones show it within five minutes, or when the account is followed anew.');
  return 0;
}
