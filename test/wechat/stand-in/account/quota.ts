import type { Clock } from '../clock.ts';
import { Refusal } from '../server.ts';

/** What custom/send may send to one person. */
export interface Quota {
  /** A message: five in 48 hours. A click, a follow, a scan: three in a minute. */
  open(by: 'message' | 'action'): void;
  /** Takes one; throws 45015 when no window is open and 45047 when the count is used up. */
  take(): void;
  /** Windows that are open. */
  readonly windows: readonly { readonly left: number; readonly until: number }[];
  close(): void;
}

const sizes = { message: { count: 5, ms: 48 * 3_600_000 }, action: { count: 3, ms: 60_000 } };

/** No window is open yet. Each kind has its own; the shorter one is used first (Tencent does not say which). */
export function createQuota(clock: Clock): Quota {
  const all = new Map<'message' | 'action', { left: number; readonly until: number }>();
  const open = () => [...all.values()].filter(({ until }) => until > clock.now()).sort((a, b) => a.until - b.until);
  return {
    open(by) {
      all.set(by, { left: sizes[by].count, until: clock.now() + sizes[by].ms });
    },
    take() {
      if (open().length === 0) throw new Refusal(45015, 'response out of time limit or subscription is canceled');
      const window = open().find(({ left }) => left > 0);
      if (!window) throw new Refusal(45047, 'out of response count limit');
      window.left -= 1;
    },
    get windows() {
      return open().map((window) => ({ ...window }));
    },
    close: () => all.clear(),
  };
}
