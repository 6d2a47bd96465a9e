import { setTimeout as pause } from 'node:timers/promises';
import type { Friendship, Message, Wechaty } from 'wechaty';
import { largestFile } from '../../../src/core/message.ts';
import type { Incoming, Receive } from '../../../src/ports.ts';
import type { Attach } from '../attachments.ts';
import { createMoreReader, localeOf } from '../decode/text.ts';
import { createInOrder } from '../in-order.ts';
import { answerOf, type Trays, withAnswer } from '../tray.ts';
import { contentOf } from './content.ts';
import { channelName, conversationOf } from './conversation.ts';
import { createDecode, type Heard, isService, laneOf } from './decode.ts';
import { befriend } from './friends.ts';
import { createLoops } from './loops.ts';
import type { WechatyOptions } from './options.ts';
import type { Own } from './own.ts';
import type { Say } from './say.ts';
import type { Status } from './status.ts';

const minute = 60_000;

/** What was written this long before the login is still answered, ms; older messages are history that WeChat replays. */
const recent = 10 * minute;

/** After a person's last word on the phone the bot stays silent for this time, ms. */
const patience = 30 * minute;

/** Pauses before a message is taken again when the database fails, ms: wechaty does not deliver it again. */
const takeAgain = [250, 1_000, 3_000, 10_000, 30_000];

/** What comes in from the account. */
export interface Intake {
  message(bot: Wechaty, message: Message): Promise<void>;
  friendship(bot: Wechaty, friendship: Friendship): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** Creates the way in. Messages of one chat are taken one after the other. */
export function createIntake(
  options: Pick<WechatyOptions, 'moreWords' | 'friends' | 'phone' | 'clock' | 'log'> & {
    readonly trays: Trays;
    readonly own: Own;
    readonly say: Say;
    readonly status: Status;
    readonly attach: Attach;
    turn(): Promise<void>;
    receive(): Receive | undefined;
  },
): Intake {
  const { trays, own, say, status, phone, attach, clock, log } = options;
  const inOrder = createInOrder();
  const loops = createLoops(clock);
  const isMore = createMoreReader(options.moreWords);
  const latest = new Map<string, string>();
  const decode = createDecode((room) => latest.get(room));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let forgotten = 0;

  function isHistory(at: number): boolean {
    const { login } = status;
    const old = at < (login.at === 'in' ? login.since : clock()) - recent;
    if (old && forgotten++ === 0) log.info({}, 'wechat: older messages that WeChat sends again are left out');
    return old;
  }

  async function take(bot: Wechaty, message: Message): Promise<void> {
    if (isHistory(message.date().getTime())) return;
    const heard = await decode(bot, message);
    if (heard && (heard.kind === 'account' || isWelcome(heard))) await persist(() => handle(bot, heard));
  }

  async function handle(bot: Wechaty, heard: Heard): Promise<void> {
    const { conversation, chat, key, at, text } = heard;
    if (heard.kind === 'account') {
      if (await (text === undefined ? own.sent(conversation, at) : own.said(conversation, text))) return;
      await trays.change(conversation, (tray) => ({ ...tray, spokeAt: Math.max(tray.spokeAt, at) }));
      await phone.spoke({ key, conversation, at, name: bot.currentUser.name(), ...(text !== undefined && { text }) });
      return;
    }
    if (chat.room !== undefined) latest.set(chat.room, chat.contact);
    // Another bot repeats our words.
    if (text !== undefined && text.length > 20 && (await own.said(conversation, text))) return;
    if (text !== undefined && isMore(text) && (await readOn(heard))) return;
    await giveBack(heard);
    const { name, content } = heard;
    const body = content
      ? await attach(heard, async () => contentOf(await content.box(), largestFile, content.type))
      : heard.body;
    await options.receive()?.({ key, conversation, at, body, ...(name && { name }), ...localeOf(body) });
  }

  /** False for what another bot seems to send: too much of anything. */
  function isWelcome({ conversation, text }: Heard): boolean {
    const verdict = loops.judge(conversation, text);
    if (verdict === 'mute')
      log.warn({ conversation }, 'wechat: this contact writes like a bot and is not answered for now');
    return verdict === 'answer';
  }

  /** Says the next piece of a long message; false when there is none. */
  async function readOn({ conversation, key }: Heard): Promise<boolean> {
    const tray = await trays.read(conversation);
    if (answerOf(tray, key) !== undefined) return true;
    const [next] = tray.rest;
    if (next === undefined || (await phone.holds(conversation))) return false;
    await say(conversation, next);
    await trays.change(conversation, (now) => withAnswer(now, key, now.rest));
    return true;
  }

  /** A conversation that a person on the phone has left alone for a while is the bot's again. */
  async function giveBack({ conversation, key, at }: Heard): Promise<void> {
    if (!(await phone.holds(conversation))) return;
    const { spokeAt } = await trays.read(conversation);
    if (at - spokeAt > patience) await phone.left(conversation, `${key}:left`, at);
  }

  async function persist(work: () => Promise<void>): Promise<void> {
    for (const wait of takeAgain) {
      try {
        await work();
        return;
      } catch {
        await pause(wait, undefined, { signal: stopping.signal });
      }
    }
    await work();
  }

  async function welcome(bot: Wechaty, friendship: Friendship): Promise<void> {
    if (isService(bot, friendship.contact())) return;
    const contact = await befriend(bot, friendship, options.friends, options.turn);
    if (contact === undefined) return;
    // The request and its confirmation both come as events; one welcome is enough.
    const key = `${channelName}:welcome:${contact}`;
    const conversation = conversationOf({ contact });
    const body: Incoming['body'] = { kind: 'arrival' };
    await persist(
      async () => void (await options.receive()?.({ key, conversation, at: clock(), body, locale: 'zh-CN' })),
    );
  }

  function tracked(work: Promise<void>): Promise<void> {
    const quiet = work.catch(() => undefined).finally(() => running.delete(quiet));
    running.add(quiet);
    return work;
  }

  return {
    message: (bot, message) => tracked(inOrder(laneOf(message), () => take(bot, message))),
    friendship: (bot, friendship) => tracked(inOrder(friendship.contact().id, () => welcome(bot, friendship))),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
