import { SendError, type Settlement } from '../../src/ports.ts';
import { Refused, Unanswered } from './api/request.ts';

/** What an error code means: what becomes of the message, the reason for people, and whether the permissions are over. */
export interface Meaning {
  readonly action: SendError['action'];
  readonly reason: string;
  readonly over?: true;
  readonly retryAfter?: number;
}

const minute = 60_000;

/** After which time a message that waits for its visitor is looked at again at the latest, ms. */
const keptFor = 24 * 3_600_000;

/** What a consultant can do about a file that WeChat does not carry. */
export const otherWay = 'Send it another way, such as e-mail.';

const again: Meaning = { action: 'retry', reason: 'WeChat is busy; it is tried again.' };

/** What both platforms say in the same way. */
export const commonMeanings: Readonly<Record<number, Meaning>> = {
  [-1]: again,
  40001: { action: 'retry', reason: 'WeChat refuses the access token: check id and secret.', retryAfter: minute },
  40014: { action: 'retry', reason: 'WeChat refuses the access token: check id and secret.', retryAfter: minute },
  42001: { action: 'retry', reason: 'WeChat refuses the access token: check id and secret.', retryAfter: minute },
  40013: { action: 'retry', reason: 'WeChat does not know this id: check it in the settings.', retryAfter: minute },
  40125: { action: 'retry', reason: 'WeChat refuses the secret: check WECHAT_APP_SECRET.', retryAfter: minute },
  40164: {
    action: 'retry',
    reason: 'WeChat does not know the address of this server: add its IP to the whitelist (IP白名单) in the console.',
    retryAfter: minute,
  },
  45009: {
    action: 'kept',
    reason: 'The daily limit of the account is used up: the message is given when the visitor writes again.',
  },
  45011: { action: 'retry', reason: 'Too many calls within a minute.', retryAfter: minute },
};

/** What an error of the platform means for the message; never retried blindly when it may have arrived. */
export function explainFailure(
  error: unknown,
  meanings: Readonly<Record<number, Meaning>>,
  repeatable: boolean,
): Meaning {
  if (error instanceof SendError) return { action: error.action, reason: error.message };
  if (error instanceof Refused) {
    return meanings[error.code] ?? { action: 'refused', reason: `WeChat refuses it: ${error.message}.` };
  }
  if (error instanceof Unanswered) {
    if (error.taken === 'no' || repeatable)
      return { action: 'retry', reason: `No answer of WeChat: ${error.message}.` };
    return {
      action: 'uncertain',
      reason:
        'WeChat did not answer: the message may or may not have arrived. Ask the visitor before you send it again.',
    };
  }
  return { action: 'retry', reason: error instanceof Error ? error.message : String(error) };
}

/** A meaning as the error of `Channel.send`. */
export function sendError({ action, reason, retryAfter }: Meaning, cause?: unknown): SendError {
  return new SendError(action, reason, { cause, ...(retryAfter !== undefined && { retryAfter }) });
}

/** What becomes of the messages behind one that could not be sent: they were part of the same text. */
export function settlementOf(error: unknown, now: number): Settlement {
  const reason = error instanceof Error ? error.message : String(error);
  const action = error instanceof SendError ? error.action : 'retry';
  if (action === 'uncertain') return { as: 'uncertain', reason };
  if (action === 'refused') return { as: 'failed', reason };
  return { as: 'later', at: now + (action === 'kept' ? keptFor : 0), reason };
}
