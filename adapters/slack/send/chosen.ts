import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { createRecent } from '../../../src/recent.ts';
import type { Clicked } from '../decode/interaction.ts';
import { actions } from '../encode/choices.ts';
import { escaped, limits, plainText } from '../encode/text.ts';
import type { Log } from '../options.ts';
import { type Tongue, words } from '../words.ts';
import { respond } from './respond.ts';

/** Used choices: once the answer to a click is there, the buttons give way to what was chosen. */
export interface Chosen {
  /** A click that is being answered by this event. */
  remember(event: string, clicked: Clicked): void;
  forget(event: string): void;
  /** The event was answered. */
  settle(event: string, tongue: Tongue): void;
}

/** Creates the memory of clicks. When one is lost the buttons stay, and do no harm. */
export function createChosen(client: WebClient, log: Log): Chosen {
  const clicks = createRecent<Clicked>(2_000);

  async function replace({ message, respond: url, action, label }: Clicked, tongue: Tongue): Promise<void> {
    if (!message) return;
    if (message.ephemeral) {
      if (url !== undefined) await respond(url, { delete_original: true });
      return;
    }
    const note = words[tongue].chosen.replace('{label}', () => label);
    // The blocks are our own, as Slack gave them back with the click.
    const blocks = without(message.blocks as unknown as readonly KnownBlock[], action, note);
    const text = message.text || escaped(note);
    await client.chat.update({ channel: message.channel, ts: message.ts, text, blocks });
  }

  return {
    remember: (event, clicked) => clicks.set(event, clicked),
    forget: (event) => clicks.delete(event),
    settle(event, tongue) {
      const clicked = clicks.get(event);
      if (!clicked) return;
      clicks.delete(event);
      replace(clicked, tongue).catch((error: unknown) => log.debug({ err: error }, 'slack: used buttons stay'));
    },
  };
}

/** The blocks of a message without the controls that were used, and with a line that says what was chosen. */
export function without(blocks: readonly KnownBlock[], action: string, note: string): KnownBlock[] {
  const used = action === actions.feedback ? 'context_actions' : 'actions';
  const at = blocks.findIndex(({ type }) => type === used);
  const kept = blocks.map((block) => (block.type === used ? undefined : block));
  const line: KnownBlock = { type: 'context', elements: [plainText(note, limits.context)] };
  return [...kept.slice(0, Math.max(at, 0)), line, ...kept.slice(Math.max(at, 0))].flatMap((block) => block ?? []);
}
