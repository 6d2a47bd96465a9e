import type { Hono } from 'hono';
import { largestFile } from '../../../src/core/message.ts';
import { type Channel, type Incoming, lineOfKey, type Receive } from '../../../src/ports.ts';
import { openCorpApi } from '../api/open.ts';
import { createAttach } from '../attachments.ts';
import { createCallback } from '../callback.ts';
import { createMoreReader } from '../decode/text.ts';
import { readPlace } from '../ledger.ts';
import type { CommonOptions } from '../options.ts';
import type { Phone } from '../phone.ts';
import { createSender } from '../sender.ts';
import { answerOf, createTrays, withAnswer } from '../tray.ts';
import { type Answer, createWebhook, type Opened } from '../webhook.ts';
import { createCursors } from './cursors.ts';
import { channelName, type Heard } from './decode.ts';
import { createNames } from './names.ts';
import { createPlatform, type Welcome } from './send.ts';
import { createSession, idsOf } from './session.ts';
import { createSync } from './sync.ts';

/** Where WeCom calls back. */
const path = '/wechat/kf';

/** A welcome, and the last message of a session, must be sent within 20 seconds. [96428] */
const welcomeTime = 18_000;

/** How long a file of a customer may take, ms: meanwhile the others of the account wait. */
const fetchTime = 5_000;

/** Why a message failed on its way to the customer: fail_type. [94670] */
const failures: Readonly<Record<number, string>> = {
  1: 'the 客服 account was deleted',
  2: 'the app was switched off in WeCom',
  4: 'the 48 hours after the customer’s last message are over',
  5: 'the conversation has ended',
  6: 'the five messages that WeChat allows were used up',
  8: 'the company is not verified',
  10: 'the customer refuses messages',
  11: 'nobody of the company has ever signed in to WeCom',
  12: 'WeChat does not allow this kind of message',
};

/** What 微信客服 is connected with. */
export interface KfOptions extends CommonOptions {
  readonly corpId: string;
  readonly secret: string;
  /** Colleagues who serve customers in the WeCom app. */
  readonly phone: Phone;
}

/** 微信客服: a channel, and what it serves over HTTP (mount it at `/`). */
export interface KfChannel {
  readonly channel: Channel;
  readonly routes: Hono;
}

/** Makes the channel of 微信客服. */
export function createKfChannel(options: KfOptions): KfChannel {
  const { token, keys, corpId, secret, apiUrl, store, phone, clock, log } = options;
  const api = openCorpApi({ apiUrl, corpId, secret, clock });
  const cursors = createCursors(store, clock);
  const trays = createTrays(store);
  const session = createSession({
    api,
    trays,
    clock,
    taken: (conversation, who) =>
      phone.spoke({ key: `${conversation}:taken:${clock()}`, conversation, at: clock(), who, name: who }),
  });
  const nameOf = createNames(api, clock);
  const attach = createAttach({ store, log, time: fetchTime });
  const sender = createSender({ ...options, trays, platform: createPlatform(api, session, clock) });
  const isMore = createMoreReader(options.moreWords);
  const sync = createSync({ api, cursors, take, log });
  let apply: Receive | undefined;

  async function take(heard: Heard): Promise<void> {
    if (!apply) throw new Error('微信客服 is not started');
    const { conversation, key, at } = heard;
    const here = { conversation, key, at, heldUntil: clock() };
    switch (heard.kind) {
      case 'said': {
        const { locale, text, media } = heard;
        const place = JSON.stringify({ message: at, key });
        if (text !== undefined && isMore(text) && (await readOn(heard, place))) return;
        if ((await phone.holds(conversation)) && !(await session.isTaken(conversation)))
          await phone.left(conversation, `${key}:left`, at);
        const body =
          media === undefined ? heard.body : await attach(heard, () => api.fetch(media, largestFile, fetchTime));
        await apply({ ...here, ...(await named(conversation)), body, place, ...(locale !== undefined && { locale }) });
        return;
      }
      case 'entered': {
        const place = await placeWith(conversation, { code: heard.code, until: at + welcomeTime });
        const body: Incoming['body'] = { kind: 'arrival' };
        await apply({ ...here, ...(await named(conversation)), body, place, locale: 'zh-CN' });
        return;
      }
      case 'failed':
        return failed(conversation, heard.id, heard.type);
      case 'session':
        return moved(heard);
      case 'servicer': {
        const { servicer: who, text } = heard;
        await phone.spoke({ key, conversation, at, who, name: who, text });
        return;
      }
    }
  }

  /** The session went to a colleague in WeCom, who has the case from now on, or it ended, and so does the case. */
  async function moved({ conversation, key, at, servicer: who, ended, code }: Heard & { readonly kind: 'session' }) {
    await session.changed(conversation);
    if (who !== undefined) await phone.spoke({ key, conversation, at, who, name: who });
    if (!ended) return;
    if (code !== undefined)
      await store.setPlace(conversation, await placeWith(conversation, { code, until: at + welcomeTime }), clock());
    await phone.left(conversation, key, at);
  }

  /** The place of the conversation with a code for one message. */
  async function placeWith(conversation: string, welcome: Welcome): Promise<string> {
    const { message, key } = readPlace(await store.placeOf(conversation));
    return JSON.stringify({ message, key, welcome });
  }

  async function named(conversation: string): Promise<{ readonly name?: string }> {
    const name = await nameOf(idsOf(conversation).person);
    return name === undefined ? {} : { name };
  }

  /** Sends the next piece of a long message; false when there is none. */
  async function readOn({ conversation, key }: Heard, place: string): Promise<boolean> {
    const tray = await trays.read(conversation);
    const content = answerOf(tray, key) ?? tray.rest[0];
    if (content === undefined) return false;
    await store.setPlace(conversation, place, clock());
    // What was begun before the program ended is sent again under the same id, which WeCom takes only once.
    if (answerOf(tray, key) === undefined) await trays.change(conversation, (now) => withAnswer(now, key, now.rest));
    const { account, person } = idsOf(conversation);
    const msgid = key.slice(-32).replace(/[^0-9a-zA-Z_-]/g, '_');
    await api.call('kf/send_msg', {
      touser: person,
      open_kfid: account,
      msgid,
      msgtype: 'text',
      text: { content },
    });
    return true;
  }

  /** The phone did not take a message that was sent: its line says so at the desk. */
  async function failed(conversation: string, id: string, type: number): Promise<void> {
    const { ids } = await trays.read(conversation);
    const keysOfMessage = ids.find((one) => one.id === id)?.keys ?? [];
    const reason = `WeChat could not deliver it: ${failures[type] ?? `reason ${type}`}.`;
    log.warn({ conversation, type }, 'wechat: a message did not arrive');
    if (keysOfMessage.length > 0) await store.mark(conversation, keysOfMessage.map(lineOfKey), 'failed', reason);
  }

  const channel: Channel = {
    name: channelName,
    reachable: true,
    async start(receive) {
      apply = receive;
      for (const account of await cursors.accounts()) sync.wake(account);
    },
    async send(delivery) {
      // A colleague in WeCom has said it there.
      if (delivery.author === 'consultant' && (await phone.holds(delivery.conversation))) return;
      await sender.send(delivery);
    },
    allowance: sender.allowance,
    async stop() {
      await sync.stop();
      apply = undefined;
    },
    health: () => {
      if (!apply) return { ready: false, detail: '微信客服 is not started.' };
      const trouble = sync.trouble();
      return trouble === undefined
        ? { ready: true, detail: '微信客服 is connected: callbacks are awaited.' }
        : { ready: false, detail: trouble };
    },
  };

  /** Resolves when it is stored that there is something to fetch. */
  async function notified({ fields }: Opened): Promise<Answer> {
    const account = fields.get('OpenKfId');
    if (fields.get('Event') !== 'kf_msg_or_event' || !account) return 'done';
    try {
      await cursors.notified(account, fields.get('Token') ?? '');
      sync.wake(account);
      return 'done';
    } catch (error) {
      log.error({ err: error }, 'wechat: a callback of 微信客服 could not be stored; WeCom calls again');
      return 'again';
    }
  }

  const callback = createCallback({ token, keys, receiver: corpId, clock });
  const routes = createWebhook({ path, name: '微信客服', sealed: true, callback, answer: notified, log });
  return { channel, routes };
}
