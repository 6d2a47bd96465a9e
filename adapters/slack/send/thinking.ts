import type { WebClient } from '@slack/web-api';
import type { Log } from '../options.ts';
import { createRecent } from '../recent.ts';

/** After this time without a reply the status is taken back, ms: nothing is being said then. */
const longest = 8_000;

/** The line "… is looking for the answer" in a thread with the bot. */
export interface Thinking {
  begin(channel: string, thread: string, words: string): void;
  /** A reply was posted (Slack then takes the line away by itself), or with `silent` none will come. */
  end(channel: string, thread: string, silent?: boolean): void;
  stop(): void;
}

/** Sets the line without waiting for it, and makes sure that it never stays. */
export function createThinking(client: WebClient, log: Log): Thinking {
  const shown = createRecent<{ readonly set: Promise<boolean>; readonly timer: NodeJS.Timeout; done: boolean }>(10_000);
  const timers = new Set<NodeJS.Timeout>();

  const tell = (channel: string, thread: string, status: string) =>
    client.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status }).then(
      () => true,
      (error: unknown) => {
        log.debug({ err: error }, 'slack: the status could not be set');
        return false;
      },
    );

  function end(channel: string, thread: string, silent = false): void {
    const key = `${channel}:${thread}`;
    const status = shown.get(key);
    if (!status) return;
    shown.delete(key);
    clearTimeout(status.timer);
    timers.delete(status.timer);
    const wasSet = status.done;
    // A status that arrives after the reply would stay.
    if (silent || !wasSet) status.set.then((set) => set && tell(channel, thread, ''));
  }

  return {
    begin(channel, thread, words) {
      const timer = setTimeout(() => end(channel, thread, true), longest);
      timers.add(timer);
      const set = tell(channel, thread, words);
      const status = { set, timer, done: false };
      set.then(() => {
        status.done = true;
      });
      shown.set(`${channel}:${thread}`, status);
    },
    end,
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
