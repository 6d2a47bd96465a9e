import { randomBytes } from 'node:crypto';
import type { Timers } from '../clock.ts';
import { createFaults } from '../faults.ts';
import type { KfSetup } from '../index.ts';
import { corpRules, createMedia } from '../media.ts';
import { createPusher, type Pusher } from '../pusher.ts';
import { type Method, startServer } from '../server.ts';
import { createCorpTokens } from '../token.ts';
import { createWebhook } from '../webhook.ts';
import { writeXml } from '../xml.ts';
import { createCustomer } from './customer.ts';
import { batchGet } from './people.ts';
import { sendMethods } from './send.ts';
import { createServicer } from './servicer.ts';
import { stateMethods } from './state.ts';
import { createSync } from './sync.ts';
import type { Kf } from './types.ts';
import type { World } from './world.ts';

/** A running 微信客服; `stop` ends its API. */
export interface RunningKf extends Kf {
  readonly pusher: Pusher;
  stop(): Promise<void>;
}

/** Starts 微信客服 of one company with one 客服账号: its API, no callback address yet. */
export async function startKf(clock: Timers, deadline: number, setup: KfSetup): Promise<RunningKf> {
  const corpId = `ww${randomBytes(8).toString('hex')}`;
  const secret = randomBytes(32).toString('base64url');
  const token = randomBytes(12).toString('hex');
  const media = createMedia(clock, corpRules, 6);
  const tokens = createCorpTokens(clock, corpId, secret);
  const faults = createFaults(clock, tokens.end);
  const pusher = createPusher(clock, faults, deadline);

  const event = (openKfId: string, Token: string) => {
    const common = { ToUserName: corpId, CreateTime: Math.floor(clock.now() / 1000), MsgType: 'event' };
    return writeXml({ ...common, Event: 'kf_msg_or_event', Token, OpenKfId: openKfId });
  };
  const openKfId = newAccount();
  const webhook = createWebhook({
    clock,
    faults,
    token,
    receiver: corpId,
    addressee: corpId,
    platform: 'wecom',
    mode: () => 'safe',
    sample: (text) => event(openKfId, text),
  });
  const world: World = {
    clock,
    media,
    faults,
    logs: new Map([[openKfId, []]]),
    people: new Map(),
    servicers: new Map(),
    codes: new Map(),
    notify(of) {
      const xml = event(of, sync.giveToken(of));
      return pusher.push({
        xml,
        retryAfterRefusal: true,
        prepare: () => webhook.prepare(xml),
        judge({ status }) {
          if (status !== 200) throw new Error(`status ${status}`);
          return undefined;
        },
      });
    },
  };
  const sync = createSync(world, setup.pageSize ?? 1000);
  const send = sendMethods(world, setup.repeatedMsgid ?? 'ok');
  const state = stateMethods(world);
  const methods = new Map<string, Method>([
    ['/cgi-bin/gettoken', tokens.method],
    ['/cgi-bin/kf/sync_msg', sync.method],
    ['/cgi-bin/kf/send_msg', send.send],
    ['/cgi-bin/kf/send_msg_on_event', send.onEvent],
    ['/cgi-bin/kf/service_state/get', state.get],
    ['/cgi-bin/kf/service_state/trans', state.trans],
    ['/cgi-bin/kf/customer/batchget', batchGet(world)],
    ['/cgi-bin/media/upload', media.upload],
    ['/cgi-bin/media/get', media.get],
  ]);
  const server = await startServer({ methods, clock, faults, checkToken: tokens.check });

  return {
    corpId,
    secret,
    token,
    openKfId,
    apiUrl: server.url,
    calls: server.calls,
    pushes: pusher.pushes,
    faults: faults.faults,
    media: (mediaId) => media.find(mediaId),
    pusher,
    get encodingAesKey() {
      return webhook.cipher.encodingAesKey;
    },
    get env() {
      return {
        WECOM_CORP_ID: corpId,
        WECOM_KF_SECRET: secret,
        WECOM_TOKEN: token,
        WECOM_ENCODING_AES_KEY: webhook.cipher.encodingAesKey,
        WECOM_API_URL: server.url,
      };
    },
    sendTo: webhook.sendTo,
    verify: webhook.verify,
    rotateKey: webhook.rotateKey,
    attack: webhook.attack,
    replay: webhook.replay,
    post: webhook.post,
    addAccount() {
      const account = newAccount();
      world.logs.set(account, []);
      return account;
    },
    customer: (of = {}) => createCustomer(world, of.openKfId ?? openKfId, of.name),
    servicer: (userId, { receiving = true } = {}) => createServicer(world, userId, receiving),
    stop: server.stop,
  };
}

function newAccount(): string {
  return `wk${randomBytes(15).toString('base64url')}`;
}
