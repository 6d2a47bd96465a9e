import type { WebClient } from '@slack/web-api';
import { createRecent } from '../../../src/recent.ts';
import type { Log } from '../options.ts';

/** After this time without a reply the status is taken back, ms: nothing is being said then. */
const longest = 8_000;

/** The line "… is looking for the answer" in a thread with the bot. */
export interface Thinking {
  /** `title`: the name that the thread gets once there is a reply. */
  begin(channel: string, thread: string, words: string, title?: string): void;
  /** A reply was posted (Slack then takes the line away by itself), or with `silent` none will come. */
  end(channel: string, thread: string, silent?: boolean): void;
  stop(): void;
}

interface Shown {
  readonly set: Promise<boolean>;
  readonly timer: NodeJS.Timeout;
  readonly title: string | undefined;
  done: boolean;
}

/** Sets the line without waiting for it, and makes sure that it never stays. */
export function createThinking(client: WebClient, log: Log): Thinking {
  const shown = createRecent<Shown>(10_000);
  const timers = new Set<NodeJS.Timeout>();

  const tell = (channel: string, thread: string, status: string) =>
    client.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status }).then(
      () => true,
      (error: unknown) => {
        log.debug({ err: error }, 'slack: the status could not be set');
        return false;
      },
    );

  /** The name of a thread in the agent pane. It may fail without harm. */
  function name(channel: string, thread: string, title: string): void {
    client.assistant.threads
      .setTitle({ channel_id: channel, thread_ts: thread, title })
      .catch((error: unknown) => log.debug({ err: error }, 'slack: a thread has no title'));
  }

  function end(channel: string, thread: string, silent = false): void {
    const key = `${channel}:${thread}`;
    const status = shown.get(key);
    if (!status) return;
    shown.delete(key);
    clearTimeout(status.timer);
    timers.delete(status.timer);
    if (!silent && status.title !== undefined) name(channel, thread, status.title);
    // A status that arrives after the reply would stay.
    if (silent || !status.done) status.set.then((set) => set && tell(channel, thread, ''));
  }

  return {
    begin(channel, thread, words, title) {
      const timer = setTimeout(() => end(channel, thread, true), longest);
      timers.add(timer);
      const set = tell(channel, thread, words);
      const status = { set, timer, title, done: false };
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
