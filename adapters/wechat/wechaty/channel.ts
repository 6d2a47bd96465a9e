import type { Hono } from 'hono';
import { type Channel, type Receive, SendError } from '../../../src/ports.ts';
import { encode } from '../encode/encode.ts';
import { createTrays } from '../tray.ts';
import { channelName } from './conversation.ts';
import { createIntake } from './intake.ts';
import type { WechatyOptions } from './options.ts';
import { createOwn } from './own.ts';
import { createPace } from './pace.ts';
import { createPage, pagePath } from './page.ts';
import { inTerminal } from './qr.ts';
import { createSay } from './say.ts';
import { createSession } from './session.ts';
import { createStatus } from './status.ts';

/** One message a second; people are not more regular than this. */
const usualPace = { every: 1_000, jitter: 500 };

const style = { clickable: false, passive: false };

/** A personal account: a channel, its login page (mount it at `/`), and what to tell the operator about that page. */
export interface WechatyChannel {
  readonly channel: Channel;
  readonly routes: Hono;
  /** `url`: where the program is reached, without a slash at its end. */
  notice(url: string): string;
}

/** Makes the channel of a personal WeChat account. */
export function createWechatyChannel(options: WechatyOptions): WechatyChannel {
  const { store, phone, clock, log } = options;
  const trays = createTrays(store);
  const own = createOwn(trays);
  const status = createStatus(clock, log);
  const pace = createPace(options.pace ?? usualPace);
  const say = createSay({ bot: () => session.bot(), pace, own });
  const page = createPage({
    login: () => status.login,
    clock,
    ...(options.password && { password: options.password }),
  });
  let apply: Receive | undefined;
  const intake = createIntake({ ...options, trays, own, say, status, turn: pace.turn, receive: () => apply });
  const session = createSession({
    ...options,
    status,
    listeners: { ...intake, code: (code) => options.print(inTerminal(code)) },
  });

  const channel: Channel = {
    name: channelName,
    reachable: true,
    async start(receive) {
      apply = receive;
      session.start();
    },
    async send({ conversation, author, message, attempts }) {
      // A person who types on the phone has said it already.
      if (author === 'consultant' && (await phone.holds(conversation))) return;
      const [text, ...rest] = encode([message], style);
      if (text === undefined) throw new SendError('refused', 'There is nothing to say in this message.');
      await say(conversation, text, attempts);
      await trays.change(conversation, (tray) => ({ ...tray, rest }));
    },
    async stop() {
      await session.stop();
      await intake.stop();
      apply = undefined;
    },
    health: status.health,
  };
  return {
    channel,
    routes: page.routes,
    notice: (url) => `WeChat login page: ${url}${pagePath}${page.key === undefined ? '' : `?key=${page.key}`}`,
  };
}
