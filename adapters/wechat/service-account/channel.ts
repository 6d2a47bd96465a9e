import type { Hono } from 'hono';
import { largestFile } from '../../../src/core/message.ts';
import { type Channel, type Receive, SendError } from '../../../src/ports.ts';
import { openAccountApi } from '../api/open.ts';
import { createCallback } from '../callback.ts';
import type { CommonOptions } from '../options.ts';
import { createSender, type Sender } from '../sender.ts';
import { soon } from '../soon.ts';
import { createTrays } from '../tray.ts';
import { createWebhook } from '../webhook.ts';
import { words } from '../words.ts';
import { answerTime, createAnswer, fetchTime } from './answer.ts';
import { channelName, decode, type Heard } from './decode.ts';
import { type Reply, replyXml } from './reply.ts';
import { createPlatform, onReply } from './send.ts';
import { createTransfer } from './transfer.ts';

/** Where Tencent pushes to. */
const path = '/wechat/service-account';

/** What the service account is connected with. */
export interface ServiceAccountOptions extends CommonOptions {
  readonly appId: string;
  /** Needed for customer service messages, and for the pictures of visitors. */
  readonly secret?: string;
  /** `off`: nothing but replies; `on`: custom/send too; `transfer`: WeChat's own desk takes the cases. */
  readonly customerService: 'off' | 'on' | 'transfer';
}

/** The service account: a channel, and what it serves over HTTP (mount it at `/`). */
export interface ServiceAccountChannel {
  readonly channel: Channel;
  readonly routes: Hono;
}

/** Without customer service messages everything waits for the visitor's next message. */
const onlyReplies: Sender = {
  async send() {
    throw new SendError('kept', onReply);
  },
  allowance: async () => ({ left: 0, until: null, detail: onReply }),
};

/** Makes the channel of a service account (服务号). */
export function createServiceAccountChannel(options: ServiceAccountOptions): ServiceAccountChannel {
  const { token, keys, appId, apiUrl, secret, customerService, store, clock, log } = options;
  const open = secret === undefined ? undefined : openAccountApi({ apiUrl, appId, secret, clock });
  const api = customerService === 'off' ? undefined : open;
  const fetchMedia = open && ((media: string) => open.fetch(media, largestFile, fetchTime));
  const style = { clickable: true, passive: api === undefined };
  const trays = createTrays(store);
  const sender = api ? createSender({ ...options, trays, platform: createPlatform(api, style, clock) }) : onlyReplies;
  const transfer = api && customerService === 'transfer' ? createTransfer({ api, trays, clock, log }) : undefined;
  const underWay = new Set<Promise<unknown>>();
  let reply: ReturnType<typeof createAnswer> | undefined;

  async function left({ conversation }: Heard): Promise<void> {
    await store.setPlace(conversation, JSON.stringify({ gone: true }), clock());
    const reason = 'The visitor no longer follows the account.';
    for (const one of (await store.fetch(conversation, clock(), answerTime)) ?? []) {
      await store.settle(one, { as: 'failed', reason }, clock());
      options.settled(conversation, 'failed');
    }
  }

  async function take(heard: Heard): Promise<Reply> {
    if (!reply) throw new Error('the channel is not started');
    switch (heard.kind) {
      case 'said':
        return reply(heard);
      case 'left':
        await left(heard);
        return undefined;
      case 'desk':
        await trays.change(heard.conversation, (tray) => ({ ...tray, transferredAt: heard.open ? clock() : 0 }));
        return undefined;
    }
  }

  /** An answer in time, whatever happens: Tencent shows visitors everything else as a failure. */
  async function answer(heard: Heard): Promise<Reply> {
    const taking = take(heard).catch((error: unknown): Reply => {
      log.error({ err: error, key: heard.key }, 'wechat: a message could not be answered');
      return heard.kind === 'said' ? { kind: 'text', text: words['zh-Hans'].broken } : undefined;
    });
    underWay.add(taking);
    void taking.finally(() => underWay.delete(taking));
    return soon(answerTime, taking);
  }

  const channel: Channel = {
    name: channelName,
    reachable: true,
    async start(receive: Receive) {
      reply = createAnswer({ ...options, receive, trays, style, transfer, fetchMedia });
    },
    send: sender.send,
    allowance: sender.allowance,
    async stop() {
      reply = undefined;
      await Promise.allSettled(underWay);
    },
    health: () =>
      reply
        ? { ready: true, detail: 'The service account is connected: requests are awaited.' }
        : { ready: false, detail: 'The service account is not started.' },
  };
  const callback = createCallback({ token, keys, receiver: appId, clock });
  const routes = createWebhook({
    path,
    name: 'the service account',
    sealed: false,
    callback,
    async answer({ fields, seal }) {
      const heard = decode(fields);
      const reply = heard && (await answer(heard));
      return heard && reply ? { xml: seal(replyXml(reply, heard, clock())) } : 'done';
    },
    log,
  });
  return { channel, routes };
}
