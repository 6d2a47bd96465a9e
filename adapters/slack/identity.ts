import type { WebClient } from '@slack/web-api';
import type { Self } from './decode/message.ts';
import { failureOf } from './failure.ts';
import type { Log } from './options.ts';
import { rest } from './rest.ts';

/** Asks Slack who the bot is; rejects when it does not say. */
export async function askIdentity(client: WebClient): Promise<Self> {
  const { user_id: user, bot_id: bot, team_id: team, enterprise_id: enterprise } = await client.auth.test();
  if (!user || !bot || !team) throw new Error('SLACK_BOT_TOKEN is not the token of a bot: it begins with xoxb-');
  return { user, bot, team, ...(enterprise && { enterprise }) };
}

/**
 * Asks until Slack says who the bot is. `trouble` hears each time why it does not, in a sentence. Undefined when
 * `signal` ended it.
 */
export async function findIdentity(
  client: WebClient,
  signal: AbortSignal,
  log: Log,
  trouble: (sentence: string) => void,
): Promise<Self | undefined> {
  let said = '';
  for (let failed = 1; !signal.aborted; failed++) {
    try {
      return await askIdentity(client);
    } catch (error) {
      const { means, detail, error: name, after = 0 } = failureOf(error);
      const wrong = means === 'operator' || means === 'refused';
      const sentence = wrong
        ? `SLACK_BOT_TOKEN: ${detail} (${name})`
        : `Slack cannot be reached (${name}); it is tried again and again.`;
      trouble(sentence);
      if (sentence !== said) log[wrong ? 'error' : 'warn']({}, `slack: ${sentence}`);
      said = sentence;
      await rest(failed, after, signal);
    }
  }
  return undefined;
}
