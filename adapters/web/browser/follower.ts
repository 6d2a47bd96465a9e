import type { WireLine } from '../wire.ts';
import { stream } from './api.ts';
import { backoff, createPause } from './pause.ts';
import type { Session } from './session.ts';

/** What the follower tells. */
export interface FollowerEvents {
  line(line: WireLine): void;
  /** All lines that there were have come. */
  ready(): void;
  /** The lines known so far are no longer valid; all follow from the start. */
  reset(): void;
  link(link: Link): void;
  sessionLost(): void;
}

/** `connecting`: not there yet, but nothing is wrong; `lost`: tried and failed. */
export type Link = 'connecting' | 'live' | 'lost';

/** How long a hidden page keeps its connection, and how often it looks afterwards, ms: browsers allow few. */
const hiddenFor = 60_000;
const hiddenEvery = 30_000;

/** Follows the conversation for as long as the page lives, over lost connections and sleep. */
export function follow(session: Session, positionNow: () => number, events: FollowerEvents): void {
  const pause = createPause();
  let controller = new AbortController();
  let hiddenSince = document.hidden ? Date.now() : undefined;
  const isLongHidden = () => hiddenSince !== undefined && Date.now() - hiddenSince >= hiddenFor;

  addEventListener('online', pause.end);
  addEventListener('offline', () => {
    events.link('lost');
    controller.abort();
  });
  document.addEventListener('visibilitychange', () => {
    hiddenSince = document.hidden ? Date.now() : undefined;
    if (!document.hidden) return pause.end();
    setTimeout(() => {
      if (isLongHidden()) controller.abort();
    }, hiddenFor);
  });

  const attempt = async (): Promise<boolean> => {
    const token = await session.token();
    let ready = false;
    const status = await stream(token, positionNow(), controller.signal, ({ event, data }) => {
      if (event === 'line') events.line(JSON.parse(data));
      if (event === 'reset') events.reset();
      if (event !== 'ready') return;
      ready = true;
      events.link('live');
      events.ready();
      if (isLongHidden()) controller.abort();
    }).catch(() => 0);
    if (status === 401) {
      session.drop(token);
      events.sessionLost();
    }
    return ready;
  };

  const run = async () => {
    let failures = 0;
    for (;;) {
      controller = new AbortController();
      const succeeded = await attempt().catch(() => false);
      failures = succeeded ? 0 : failures + 1;
      events.link(failures > 0 || !navigator.onLine ? 'lost' : 'connecting');
      await pause.wait(isLongHidden() ? hiddenEvery : backoff(failures));
    }
  };
  void run();
}
