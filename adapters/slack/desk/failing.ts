import { SendError } from '../../../src/ports.ts';
import { type Failure, failureOf } from '../failure.ts';
import { Refused } from '../send/post.ts';

/** How long the desk waits until somebody has changed a setting or invited the bot, ms. */
const operatorTime = 120_000;

/** Errors of a thread whose root somebody has deleted. */
const rootless = new Set(['thread_not_found', 'cannot_reply_to_message']);

/** What a failure at the desk means for what was to be shown there. What an operator can mend is not given up at once. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const { means, after, detail, error: name } = failureIn(error);
  const reason = `${detail} (${name})`;
  switch (means) {
    case 'limited':
      return new SendError('retry', reason, { retryAfter: after ?? 0, cause: error });
    case 'unsent':
    case 'doubt':
      return new SendError('retry', reason, { cause: error });
    case 'operator':
    case 'elsewhere':
      return new SendError('retry', reason, { retryAfter: operatorTime, cause: error });
    default:
      return new SendError('refused', reason, { cause: error });
  }
}

/** Why the desk's channel cannot be used, in a sentence for the operator; undefined for every other failure. */
export function unusable(error: unknown): string | undefined {
  if (error instanceof SendError) return undefined;
  const { means, detail, error: name } = failureIn(error);
  return means === 'elsewhere' ? `SLACK_DESK_CHANNEL: ${detail} (${name})` : undefined;
}

/** True when nothing can be written under a card, since somebody deleted it. */
export function isWithoutCard(error: unknown): boolean {
  return error instanceof Refused && (error.failure.means === 'gone' || rootless.has(error.failure.error));
}

function failureIn(error: unknown): Failure {
  return error instanceof Refused ? error.failure : failureOf(error);
}
