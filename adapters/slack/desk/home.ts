import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Case } from '../../../src/ports.ts';
import { cut, escaped, limits, plainText } from '../encode/text.ts';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';
import type { Cards } from './cards.ts';
import type { Members } from './members.ts';
import type { DeskOptions } from './options.ts';
import { shared, states } from './words.ts';

/** Cases that are listed, and characters of a question. */
const most = 10;
const longestQuestion = 200;

/** What the App Home shows of the desk: open cases with the way to their cards, to consultants only. */
export type DeskHome = (user: string) => Promise<readonly KnownBlock[]>;

/** Creates it. What cannot be looked up now is left out. */
export function createDeskHome(options: {
  readonly client: WebClient;
  readonly desk: Pick<DeskOptions['desk'], 'find'>;
  readonly members: Members;
  readonly cards: Cards;
  readonly log: Log;
}): DeskHome {
  const { client, desk, members, cards, log } = options;

  async function wayTo(id: string): Promise<string | undefined> {
    const card = await cards.find(id);
    if (!card) return undefined;
    const { permalink } = await client.chat.getPermalink({ channel: card.channel, message_ts: card.ts });
    return permalink;
  }

  async function listed(one: Case): Promise<KnownBlock> {
    const who = cut(one.facts.name ?? '', 80) || shared.anonymous;
    const holder = one.consultant && one.status === 'claimed' ? ` (${one.consultant.name})` : '';
    const question = cut(one.question, longestQuestion) || shared.noQuestion;
    const url = await wayTo(one.id);
    const text = plainText(`${states[one.status]}${holder} — ${who}\n${question}`, limits.context);
    const link = { type: 'mrkdwn' as const, text: `<${escaped(url ?? '')}|${shared.card}>`, verbatim: true };
    return { type: 'context', elements: url === undefined ? [text] : [text, link] };
  }

  return async (user) => {
    try {
      if (!(await members.consultant(user))) return [];
      const open = await desk.find({ show: 'open', limit: most });
      const header: KnownBlock = { type: 'header', text: plainText(shared.openCases, limits.header) };
      return open.length === 0 ? [] : [{ type: 'divider' }, header, ...(await Promise.all(open.map(listed)))];
    } catch (error) {
      log.debug({ error: failureOf(error).error }, 'slack: the App Home shows no cases');
      return [];
    }
  };
}
