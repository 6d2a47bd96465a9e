import type { SlackChannel } from '../adapters/slack/channel.ts';
import type { Core } from './app/core.ts';
import { readLocale } from './app/locale.ts';
import type { Log } from './app/log.ts';
import type { Config } from './config.ts';
import { newState } from './core/conversation/state.ts';
import type { Knowledge } from './core/knowledge/knowledge.ts';
import { alwaysOpen, openingTomorrow } from './core/knowledge/opening.ts';
import type { Desk, Store } from './ports.ts';

/** The channel through which consultants in Slack are told of cases. */
export const slackDesk = 'slack-desk';

/** The Slack channel, when it is configured. Its code is loaded only then: Bolt takes time and memory. */
export async function slackOf(
  { slack, publicUrl }: Config,
  { core, store, desk, knowledge, log }: { core: Core; store: Store; desk: Desk; knowledge: Knowledge; log: Log },
): Promise<SlackChannel | undefined> {
  if (!slack) return undefined;
  const { createSlackChannel } = await import('../adapters/slack/channel.ts');
  const [questionnaire] = knowledge.questionnaires.keys();
  const { deskChannel, ...settings } = slack;
  const tomorrow = (at: number) => openingTomorrow(knowledge.hours ?? alwaysOpen, at);
  return createSlackChannel({
    ...settings,
    store,
    ...(deskChannel !== undefined && {
      desk: { channel: deskChannel, desk, tomorrow, ...(publicUrl !== undefined && { publicUrl }) },
    }),
    verdict: core.verdict,
    async overview(conversation, locale) {
      const { language = 'en', script } = readLocale(locale);
      const greeting = core.overview((await store.load(conversation)) ?? newState(language, script));
      return { language: greeting.language, greeting };
    },
    ...(questionnaire !== undefined && { questionnaire }),
    clock: Date.now,
    log,
  });
}

/** What the operator is told at the start about consultants in Slack. */
export function slackDeskLine({ slack }: Config): string {
  if (slack?.deskChannel !== undefined) return `Slack desk: on, channel ${slack.deskChannel}`;
  return `Slack desk: off (SLACK_DESK_CHANNEL turns it on${slack ? '' : ', with Slack'})`;
}

/** What the operator is told about Slack at the start. */
export function slackLine({ slack, publicUrl }: Config): string {
  if (!slack) return 'Slack: off (SLACK_BOT_TOKEN and SLACK_APP_TOKEN turn it on; docs/slack.md)';
  if (slack.appToken !== undefined) return 'Slack: on, through Socket Mode';
  return `Slack: on, over HTTP: the request URL is ${publicUrl ?? 'https://<your address>'}/slack/events`;
}
