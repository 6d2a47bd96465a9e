import type { WebClient } from '@slack/web-api';
import type { DeskItem } from '../../../src/core/conversation/desk-item.ts';
import { type CaseView, type Delivery, type DeskPost, SendError } from '../../../src/ports.ts';
import type { Self } from '../decode/message.ts';
import type { ShareFile } from '../file/share.ts';
import type { Log } from '../options.ts';
import type { Found } from '../send/find.ts';
import { type Poster, Refused } from '../send/post.ts';
import type { Cards } from './cards.ts';
import { erase } from './erase.ts';
import { sendErrorOf } from './failing.ts';
import { encodeItem, isOurs } from './item.ts';
import type { createMarks } from './marks.ts';
import type { DeskOptions } from './options.ts';

/** What showing things at the desk is made from. */
interface Parts {
  readonly client: WebClient;
  readonly poster: Poster;
  readonly cards: Cards;
  readonly mark: ReturnType<typeof createMarks>;
  readonly share: ShareFile;
  readonly desk: Pick<DeskOptions['desk'], 'view'>;
  /** Who the bot is; undefined while that is not known. */
  self(): Self | undefined;
  readonly log: Log;
}

/**
 * Creates what shows the journal of a case in Slack: the card first, in its present state, then the item in its thread.
 * Each item is shown once and in order, since the outbox hands the next one over only when this one is settled.
 */
export function createDeskSend(parts: Parts): (delivery: Delivery) => Promise<void> {
  const { client, poster, cards, mark, share, desk, self, log } = parts;

  async function send(delivery: Delivery): Promise<void> {
    const post = delivery.desk;
    if (!post) throw new SendError('refused', 'Nothing but the journal of a case is shown at the desk.');
    try {
      await show(delivery, post);
    } catch (error) {
      const failure = sendErrorOf(error);
      if (failure.action === 'refused')
        log.error({ err: error }, `slack: something is missing at the desk: ${failure.message}`);
      throw failure;
    }
  }

  async function show(delivery: Delivery, { case: id, item }: DeskPost): Promise<void> {
    if (item.kind === 'erased') {
      const own = self();
      if (!own) throw new SendError('retry', 'Slack is being connected.');
      return erase({ client, cards, self: own, log }, id);
    }
    const view = await desk.view(id);
    // Erased meanwhile.
    if (!view) return;
    const card = await cards.show(view, item.kind === 'paged' && delivery.attempts === 0);
    if (item.kind === 'mark') return mark(item, card.ts);
    await write(delivery, item, view, card);
  }

  async function write(delivery: Delivery, item: DeskItem, view: CaseView, card: Found): Promise<void> {
    const { key, attempts } = delivery;
    const shown = encodeItem(item, view);
    if (!shown) return;
    const place = { channel: card.channel, thread: card.ts };
    const parcel = { key, event: key, attempts, place, ...(shown.broadcast && { broadcast: true }) };
    try {
      await poster.post({ ...parcel, posts: shown.posts });
    } catch (error) {
      if (!(error instanceof Refused) || error.failure.means !== 'plainer') throw error;
      const plain = shown.posts.map(({ text }) => ({ text, blocks: [] }));
      await poster.post({ ...parcel, key: `${key}:plain`, posts: plain });
    }
    const file = 'file' in item && !('origin' in item && isOurs(item.origin)) ? item.file : undefined;
    if (file) await share(key, file, place);
  }

  return send;
}
