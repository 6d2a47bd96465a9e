import { App, type Receiver } from '@slack/bolt';
import { z } from 'zod';
import { quiet } from '../api.ts';
import { decodeClick } from '../decode/interaction.ts';
import type { Self } from '../decode/message.ts';
import { isDeskAction } from '../desk/clicks.ts';
import type { DeskIntake } from '../desk/desk.ts';
import type { Log } from '../options.ts';
import type { Handle } from '../receive/link.ts';
import type { Clicks } from './clicks.ts';
import type { Commands } from './commands.ts';
import type { Home } from './home.ts';
import type { Messages } from './messages.ts';

/** What hears of everything that Slack sends. */
export interface Listeners {
  readonly messages: Messages;
  readonly clicks: Clicks;
  readonly commands: Commands;
  readonly home: Home;
  /** The consultants' channel: nobody there is a visitor. */
  readonly desk?: DeskIntake;
  /** The app was removed, or its token taken back. */
  removed(): void;
}

const envelope = z.object({
  type: z.string().optional(),
  authorizations: z.array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() })).optional(),
});

/**
 * Bolt sorts what comes in and calls the listeners; carrying is done by our own receivers, so that `handle` resolves
 * only when every listener is done, and the acknowledgement follows the commit. It rejects when a listener failed.
 */
export function createBolt(self: Self, listeners: Listeners, log: Log): Handle {
  const { messages, clicks, commands, home, desk, removed } = listeners;
  const receiver: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
  const bolt = new App({
    receiver,
    // Who we are is known; Bolt must not ask for it, since it remembers a failure for ever.
    authorize: async () => ({ botId: self.bot, botUserId: self.user }),
    ignoreSelf: false,
    convoStore: false,
    logger: quiet(log),
    attachFunctionToken: false,
  });
  const isAtDesk = (channel: string | undefined) => desk !== undefined && channel === desk.channel;
  bolt.event('message', async ({ event }) => {
    if (isAtDesk(event.channel)) await desk?.messages.take(event);
    else await messages.take(event);
  });
  // What mentions the bot comes as a message too.
  bolt.event('app_mention', async ({ event }) => {
    if (!isAtDesk(event.channel)) await messages.take(event);
  });
  bolt.event('app_home_opened', ({ event }) => home.opened(event));
  bolt.event('app_uninstalled', async () => removed());
  bolt.event('tokens_revoked', async () => removed());
  bolt.action(/.*/, async ({ body }) => {
    const clicked = decodeClick(body);
    if (clicked && isDeskAction(clicked.action)) await desk?.clicks.take(clicked);
    else await clicks.take(body);
  });
  bolt.command(/.*/, ({ command }) => commands.slash(command));
  bolt.shortcut({ type: 'message_action' }, ({ shortcut }) => commands.message(shortcut));
  bolt.shortcut({ type: 'shortcut' }, ({ shortcut }) => commands.global(shortcut));

  return async (payload) => {
    const { type, authorizations } = envelope.parse(payload);
    if (type === 'app_rate_limited') {
      log.warn({}, 'slack: more events than Slack delivers to one app; some were not sent');
      return undefined;
    }
    if (authorizations && !authorizations.some((one) => isOurs(one, self))) return undefined;
    let answer: unknown;
    await bolt.processEvent({
      body: { ...payload },
      ack: async (response) => {
        answer = response;
      },
    });
    return answer;
  };
}

/** An event for another workspace than that of the token cannot be answered with it. */
function isOurs(
  one: { readonly team_id?: string | null | undefined; readonly enterprise_id?: string | null | undefined },
  self: Self,
): boolean {
  if (one.team_id != null && one.team_id === self.team) return true;
  return self.enterprise !== undefined && one.enterprise_id === self.enterprise;
}
