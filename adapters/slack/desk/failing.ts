import { SendError } from '../../../src/ports.ts';
import { type Failure, failureOf } from '../failure.ts';
import { Refused } from '../send/post.ts';

/** How long the desk waits until somebody has changed a setting or invited the bot, ms. */
const operatorTime = 120_000;

/** What a failure at the desk means for what was to be shown there. What an operator can mend is never given up at once. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const failure: Failure = error instanceof Refused ? error.failure : failureOf(error);
  const { means, after, detail, error: name } = failure;
  const reason = `${detail} (${name})`;
  switch (means) {
    case 'limited':
      return new SendError('retry', reason, { retryAfter: after ?? 0, cause: error });
    case 'unsent':
    case 'doubt':
      return new SendError('retry', reason, { cause: error });
    case 'operator':
    case 'elsewhere':
      return new SendError('retry', `SLACK_DESK_CHANNEL: ${reason}`, { retryAfter: operatorTime, cause: error });
    default:
      return new SendError('refused', reason, { cause: error });
  }
}
