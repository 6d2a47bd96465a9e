import type { WebClient } from '@slack/web-api';
import { noteOf } from '../encode/text.ts';
import { failureOf } from '../failure.ts';
import type { Log } from '../options.ts';

/** Tells one consultant something that nobody else sees; `thread` undefined: in the channel. Never rejects. */
export type Whisper = (user: string, thread: string | undefined, text: string) => Promise<void>;

/** Creates it for the desk's channel. What cannot be said now is not said later: it would come out of place. */
export function createWhisper(client: WebClient, channel: string, log: Log): Whisper {
  return async (user, thread, text) => {
    try {
      await client.chat.postEphemeral({
        channel,
        user,
        ...noteOf(text),
        ...(thread !== undefined && { thread_ts: thread }),
      });
    } catch (error) {
      log.warn({ error: failureOf(error).error }, 'slack: a consultant could not be told something');
    }
  };
}
