import type { FileBoxInterface } from 'file-box';
import type { Wechaty } from 'wechaty';
import { SendError } from '../../../src/ports.ts';
import { chatOf } from './conversation.ts';
import type { Own } from './own.ts';
import type { Pace } from './pace.ts';

/** How long the puppet may take, ms. The outbox gives a message up after ten seconds. */
const sayTime = 5_000;

/** Pauses while nobody is logged in, ms: doubled each time, so that ten attempts last for four hours. */
const [firstPause, longestPause] = [30_000, 3_600_000];

/** What WeChat says when an account writes too fast. */
const tooFast = /操作过于频繁|too (?:fast|frequent|many)/i;

/** Says a text, or sends a file, in a conversation; throws a `SendError`. `attempts`: made before this one. */
export type Say = (conversation: string, what: string | FileBoxInterface, attempts?: number) => Promise<void>;

/** Creates the one way in which the account speaks. */
export function createSay(options: { bot(): Wechaty | undefined; readonly pace: Pace; readonly own: Own }): Say {
  const { pace, own } = options;
  function loggedIn(attempts: number): Wechaty {
    const bot = options.bot();
    if (bot) return bot;
    const retryAfter = Math.min(firstPause * 2 ** attempts, longestPause);
    throw new SendError('retry', 'The personal WeChat account is not logged in.', { retryAfter });
  }
  return async (conversation, what, attempts = 0) => {
    loggedIn(attempts);
    await pace.turn();
    const bot = loggedIn(attempts);
    const speak = await speaker(bot, conversation);
    await (typeof what === 'string' ? own.willSay(conversation, what) : own.willSend(conversation));
    await within(speak(what)).catch((error: unknown) => {
      throw explained(error);
    });
  };
}

async function speaker(
  bot: Wechaty,
  conversation: string,
): Promise<(what: string | FileBoxInterface) => Promise<unknown>> {
  const { contact: person, room: group } = chatOf(conversation);
  const [contact, room] = await Promise.all([
    bot.Contact.find({ id: person }),
    group === undefined ? undefined : bot.Room.find({ id: group }),
  ]).catch(() => [undefined, undefined]);
  if (!contact || (group !== undefined && !room)) {
    throw new SendError('retry', 'WeChat does not find this contact at present.', { retryAfter: firstPause });
  }
  // A line break after the mention keeps the answer apart from it.
  return (what) => {
    if (!room) return contact.say(what);
    return typeof what === 'string' ? room.say(`\n${what}`, contact) : room.say(what);
  };
}

async function within(saying: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const detail = 'The puppet did not answer: the message may or may not have arrived.';
      reject(new SendError('uncertain', `${detail} Ask the visitor before you send it again.`));
    }, sayTime);
  });
  try {
    await Promise.race([saying, late]);
  } finally {
    clearTimeout(timer);
  }
}

function explained(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (tooFast.test(reason)) {
    return new SendError('retry', 'WeChat finds that the account writes too fast.', {
      retryAfter: 60_000,
      cause: error,
    });
  }
  return new SendError('retry', `The puppet could not send it: ${reason}.`, { cause: error });
}
