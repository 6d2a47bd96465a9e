import type { Hono } from 'hono';
import { type AttachedFile, largestFile, type Outgoing } from '../../../src/core/message.ts';
import { type Channel, type Delivery, type Receive, SendError } from '../../../src/ports.ts';
import { createAttach } from '../attachments.ts';
import { encode } from '../encode/encode.ts';
import { otherWay } from '../failure.ts';
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

/** How long the puppet may take to give the file of a visitor, ms. */
const fetchTime = 10_000;

/** One message a second; people are not more regular than this. */
const usualPace = { every: 1_000, jitter: 500 };

/** After this time too little is left of what one delivery may take to send a file too, ms. */
const fileTime = 900;

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
  const own = createOwn(trays, clock);
  const status = createStatus(clock, log);
  const pace = createPace(options.pace ?? usualPace);
  const say = createSay({ bot: () => session.bot(), pace, own });
  const page = createPage({
    login: () => status.login,
    clock,
    ...(options.password && { password: options.password }),
  });
  let apply: Receive | undefined;
  const attach = createAttach({ store, log, time: fetchTime });
  const intake = createIntake({ ...options, attach, trays, own, say, status, turn: pace.turn, receive: () => apply });
  const session = createSession({
    ...options,
    status,
    listeners: { ...intake, code: (code) => options.print(inTerminal(code)) },
  });

  /** `parted`: the file of this message is still to come. */
  async function speak({ conversation, attempts }: Delivery, message: Outgoing, parted = ''): Promise<void> {
    const [text, ...rest] = encode([message], style);
    if (text === undefined) throw new SendError('refused', 'There is nothing to say in this message.');
    await say(conversation, text, attempts);
    await trays.change(conversation, (tray) => ({ ...tray, rest, parted }));
  }

  /** The words first, then the file; one that cannot be sent is named, and counts as failed. */
  async function sendWithFile(delivery: Delivery, attached: AttachedFile): Promise<void> {
    const { conversation, key, attempts, message } = delivery;
    const { file: _, ...words } = message;
    const began = performance.now();
    const { parted } = await trays.read(conversation);
    const stored = attached.size > largestFile ? undefined : await store.file(attached.id);
    if (!stored) {
      await speak(delivery, parted === key ? { ...message, text: attached.name } : message);
      throw new SendError('refused', `WeChat takes files up to 20 MB: the visitor was told the name only. ${otherWay}`);
    }
    if (words.text !== attached.name && parted !== key) await speak(delivery, words, key);
    // What is still being said when the outbox gives up might be said twice.
    if (performance.now() - began > fileTime)
      throw new SendError('retry', 'The file follows in a moment.', { retryAfter: 1 });
    await say(conversation, options.box(Buffer.from(stored.content).toString('base64'), stored.name), attempts);
    await trays.change(conversation, (tray) => ({ ...tray, parted: '' }));
  }

  const channel: Channel = {
    name: channelName,
    reachable: true,
    async start(receive) {
      apply = receive;
      session.start();
    },
    async send(delivery) {
      // A person who types on the phone has said it already.
      if (delivery.author === 'consultant' && (await phone.holds(delivery.conversation))) return;
      await (delivery.message.file ? sendWithFile(delivery, delivery.message.file) : speak(delivery, delivery.message));
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
