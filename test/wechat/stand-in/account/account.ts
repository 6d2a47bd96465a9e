import { randomBytes } from 'node:crypto';
import type { Timers } from '../clock.ts';
import { createFaults } from '../faults.ts';
import type { AccountSetup } from '../index.ts';
import { accountRules, createMedia } from '../media.ts';
import { createPusher, type Pusher } from '../pusher.ts';
import { judge } from '../reply.ts';
import { type Method, startServer } from '../server.ts';
import { createStableTokens } from '../token.ts';
import { createWebhook } from '../webhook.ts';
import { writeXml } from '../xml.ts';
import { createAgent, sessionMs } from './agent.ts';
import { createFollower, type Elements, type Line, messageElements, servedBy, showOutcome } from './follower.ts';
import { menuMethods } from './menu.ts';
import { getSession, onlineAgents, userInfo } from './people.ts';
import { customSend, customTyping } from './send.ts';
import type { ServiceAccount } from './types.ts';
import type { Person, World } from './world.ts';

/** Events without a banner when the bot fails. */
const quietEvents = [
  'unsubscribe',
  'VIEW',
  'LOCATION',
  'TEMPLATESENDJOBFINISH',
  'kf_create_session',
  'kf_close_session',
];

/** A running service account; `stop` ends its API. */
export interface RunningAccount extends ServiceAccount {
  readonly pusher: Pusher;
  stop(): Promise<void>;
}

/** Starts a service account: its API, no webhook address yet. */
export async function startAccount(clock: Timers, deadline: number, setup: AccountSetup): Promise<RunningAccount> {
  const appId = `wx${randomBytes(8).toString('hex')}`;
  const appSecret = randomBytes(16).toString('hex');
  const token = randomBytes(12).toString('hex');
  const media = createMedia(clock, accountRules, 1);
  const world: World = {
    clock,
    userName: `gh_${randomBytes(6).toString('hex')}`,
    kind: setup.kind ?? 'certified',
    media,
    people: new Map(),
    agents: new Map(),
    mode: setup.mode ?? 'safe',
    menu: undefined,
  };
  const tokens = createStableTokens(clock, appId, appSecret);
  const faults = createFaults(clock, tokens.end);
  const pusher = createPusher(clock, faults, deadline);
  const menu = menuMethods(world);
  const methods = new Map<string, Method>([
    ['/cgi-bin/stable_token', tokens.method],
    ['/cgi-bin/message/custom/send', customSend(world)],
    ['/cgi-bin/message/custom/typing', customTyping(world)],
    ['/cgi-bin/media/upload', media.upload],
    ['/cgi-bin/media/get', media.get],
    ['/cgi-bin/menu/create', menu.create],
    ['/cgi-bin/menu/get', menu.get],
    ['/cgi-bin/menu/delete', menu.delete],
    ['/cgi-bin/user/info', userInfo(world)],
    ['/customservice/kfsession/getsession', getSession(world)],
    ['/cgi-bin/customservice/getonlinekflist', onlineAgents(world)],
  ]);
  const picture = (path: string) => (path.startsWith('/mmbiz/') ? media.find(path.slice(7), 'image') : undefined);
  const server = await startServer({ methods, clock, faults, checkToken: tokens.check, file: picture });

  // Beyond 2^53, as real ones are.
  let id = 24_876_340_532_172_986n;
  const nextId = () => {
    id += 1n;
    return id;
  };
  const sample = (Content: string) => {
    const common = { ToUserName: world.userName, FromUserName: 'oAttackerAttackerAttackerAtt' };
    return writeXml({
      ...common,
      CreateTime: Math.floor(clock.now() / 1000),
      MsgType: 'text',
      Content,
      MsgId: nextId(),
    });
  };
  const webhook = createWebhook({
    clock,
    faults,
    token,
    receiver: appId,
    addressee: world.userName,
    platform: 'wechat',
    mode: () => world.mode,
    sample,
  });

  const line: Line = {
    bareClicks: setup.bareClicks ?? false,
    pictureUrl: (mediaId) => `${server.url}/mmbiz/${mediaId}`,
    nextId,
    push: (person, elements) => push(person, elements),
  };

  async function push(person: Person, elements: Elements) {
    const xml = writeXml(messageElements(world, person, elements));
    const event = elements['MsgType'] === 'event';
    // While 客服 serves a person, the messages go there and not to the webhook.
    if (!event && servedBy(person, world) === 'agent') return { xml, attempts: [], outcome: 'silent' } as const;
    let { mode } = world;
    let { cipher } = webhook;
    const done = await pusher.push({
      xml,
      retryAfterRefusal: false,
      prepare() {
        ({ mode } = world);
        ({ cipher } = webhook);
        return webhook.prepare(xml);
      },
      judge: (answer) =>
        judge(answer, {
          mode,
          cipher,
          account: world.userName,
          person: person.openId,
          event,
          knowsMedia: (mediaId, type) => media.find(mediaId, type) !== undefined,
          knowsAgent: (account) => world.agents.has(account),
        }),
    });
    showOutcome(person, done, !quietEvents.includes(String(elements['Event'])));
    if (done.reply?.type === 'transfer_customer_service') {
      const account = done.reply.content;
      person.served = account ? { by: 'agent', account, until: clock.now() + sessionMs } : { by: 'queue' };
    }
    return done;
  }

  return {
    appId,
    appSecret,
    token,
    userName: world.userName,
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
        WECHAT_APP_ID: appId,
        WECHAT_APP_SECRET: appSecret,
        WECHAT_TOKEN: token,
        WECHAT_ENCODING_AES_KEY: webhook.cipher.encodingAesKey,
        WECHAT_API_URL: server.url,
      };
    },
    get menu() {
      return world.menu;
    },
    useMode(mode) {
      world.mode = mode;
    },
    sendTo: webhook.sendTo,
    verify: webhook.verify,
    rotateKey: webhook.rotateKey,
    attack: webhook.attack,
    replay: webhook.replay,
    post: webhook.post,
    follower: (of) => createFollower(world, line, of),
    agent: (name, { online = true } = {}) => createAgent(world, line, `${name}@${world.userName}`, online),
    stop: server.stop,
  };
}
