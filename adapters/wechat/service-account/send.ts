import { type Allowance, type Delivery, SendError, type Settlement } from '../../../src/ports.ts';
import type { Api } from '../api/api.ts';
import { encode, type Style } from '../encode/encode.ts';
import { commonMeanings, explainFailure, type Meaning, sendError } from '../failure.ts';
import { type Grant, grants, type Permissions, type Place, readPlace, spend, spendAll } from '../ledger.ts';
import type { CommonOptions } from '../options.ts';
import { readTray, type Tray, written } from '../tray.ts';
import { channelName } from './decode.ts';

/** How long what stands behind a message is held while it is sent, ms. */
const lease = 15_000;

/** What custom/send allows; a little less time than WeChat gives. [developers.weixin.qq.com, api_sendcustommessage] */
const permissions: Permissions = {
  message: { count: 5, time: 48 * 3_600_000 - 60_000 },
  action: { count: 3, time: 58_000 },
};

/** After which time a message that waits for its visitor is looked at again at the latest, ms. */
const keptFor = 24 * 3_600_000;

const onReply = 'It is given as the answer when the visitor writes again; to reach them sooner, use another way.';

const meanings: Readonly<Record<number, Meaning>> = {
  ...commonMeanings,
  45015: {
    action: 'kept',
    reason: `The 48 hours after the visitor’s last message are over, or they no longer follow. ${onReply}`,
    over: true,
  },
  45047: { action: 'kept', reason: `The five messages that WeChat allows are used up. ${onReply}`, over: true },
  48001: { action: 'kept', reason: `The account is not certified for customer service messages. ${onReply}` },
  45002: { action: 'refused', reason: 'The text is too long for WeChat: send it in parts.' },
  40003: { action: 'refused', reason: 'WeChat does not know this visitor any more.' },
};

/** Carries messages out without a question to answer: by custom/send where that is allowed, otherwise not yet. */
export interface Sender {
  send(delivery: Delivery): Promise<void>;
  allowance(conversation: string): Promise<Allowance>;
}

/** Creates the sender. Without `api` nothing can be sent on our own accord. */
export function createSender(
  options: CommonOptions & { readonly api: Api | undefined; readonly style: Style },
): Sender {
  const { api, store, style, clock, settled } = options;

  async function look(conversation: string) {
    const [place, tray] = await Promise.all([store.placeOf(conversation), readTray(store, conversation)]);
    const known = readPlace(place);
    return { place: known, tray, held: grants(permissions, known, tray, clock()) };
  }

  async function say(
    conversation: string,
    batch: readonly Delivery[],
    tray: Tray,
    held: readonly Grant[],
    through: Api,
  ) {
    const [grant] = held;
    if (!grant) return;
    const [text = '', ...rest] = encode(
      batch.map(({ message }) => message),
      style,
    );
    const keys = batch.map(({ key }) => key);
    const sending = { ...spend(tray, grant), sending: keys };
    await store.keep(conversation, written(sending));
    const touser = conversation.slice(channelName.length + 1);
    try {
      await through.call('message/custom/send', { touser, msgtype: 'text', text: { content: text } });
      const [, ...behind] = batch.map(({ id }) => id);
      await store.hand(conversation, behind, written({ ...sending, sending: [], rest }));
      for (const _ of behind) settled(conversation, 'sent');
    } catch (error) {
      const meaning = explainFailure(error, meanings, false);
      if (meaning.action !== 'uncertain') {
        const left = meaning.over ? spendAll(tray, held) : tray;
        await store.keep(conversation, written({ ...left, sending: [] }));
      }
      throw sendError(meaning, error);
    }
  }

  async function send(delivery: Delivery): Promise<void> {
    const { conversation, key } = delivery;
    const { place, tray, held } = await look(conversation);
    if (place.gone) throw new SendError('refused', 'The visitor no longer follows the account: nothing can be sent.');
    if (tray.sending.includes(key)) throw sendError(explainFailureOfDeath());
    if (!api) throw new SendError('kept', `WeChat gives it as the answer when the visitor writes again.`);
    const behind = (await store.fetch(conversation, clock(), lease, delivery.id)) ?? [];
    const batch = [delivery, ...behind];
    try {
      // The last unit is the consultant's.
      const spared = batch.some(({ author }) => author === 'consultant') ? 0 : 1;
      const left = held.reduce((sum, grant) => sum + grant.left, 0);
      if (left <= spared) throw new SendError('kept', reasonWithout(place, left));
      await say(conversation, batch, tray, held, api);
    } catch (error) {
      for (const one of behind) await store.settle(one, settlementOf(error, clock()), clock());
      throw error;
    }
  }

  return {
    send,
    async allowance(conversation) {
      const { place, held } = await look(conversation);
      if (place.gone) return { left: 0, until: null, detail: 'The visitor no longer follows the account.' };
      if (!api) return { left: 0, until: null, detail: onReply };
      const left = held.reduce((sum, grant) => sum + grant.left, 0);
      const until = held.at(-1)?.until ?? null;
      if (until === null) return { left, until, detail: reasonWithout(place, left) };
      return {
        left,
        until,
        detail: 'Longer texts are cut; what does not fit is given when the visitor asks for more.',
      };
    },
  };
}

function reasonWithout({ message, action }: Place, left: number): string {
  if (left > 0) return 'The last message that WeChat allows is kept for a consultant.';
  if (message === undefined && action === undefined) return `The visitor has not written yet. ${onReply}`;
  return `WeChat allows no further message: five within 48 hours after the visitor’s last one. ${onReply}`;
}

/** What becomes of the messages behind one that could not be sent: they were part of the same text. */
function settlementOf(error: unknown, now: number): Settlement {
  const reason = error instanceof Error ? error.message : String(error);
  const action = error instanceof SendError ? error.action : 'retry';
  if (action === 'uncertain') return { as: 'uncertain', reason };
  if (action === 'refused') return { as: 'failed', reason };
  return { as: 'later', at: now + (action === 'kept' ? keptFor : 0), reason };
}

function explainFailureOfDeath(): Meaning {
  return {
    action: 'uncertain',
    reason: 'The program ended while it was being sent: it may or may not have arrived. Ask the visitor.',
  };
}
