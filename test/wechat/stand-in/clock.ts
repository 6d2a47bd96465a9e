/** Tencent's clock: real time, plus the jumps that a test makes. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Jumps forward; everything that falls due in between happens at once, in its order. */
  advance(ms: number): void;
}

/** The clock with its timers. */
export interface Timers extends Clock {
  /** Runs `work` after `ms` on this clock; the returned function cancels it. */
  after(ms: number, work: () => void): () => void;
  /** Drops every timer. */
  stop(): void;
}

/** A clock at the present moment. */
export function createClock(): Timers {
  const due = new Map<{ readonly at: number; readonly work: () => void }, NodeJS.Timeout>();
  let offset = 0;
  const now = () => Date.now() + offset;

  return {
    now,
    advance(ms) {
      const end = now() + ms;
      const first = () =>
        [...due.keys()]
          .filter(({ at }) => at <= end)
          .reduce<{ at: number; work: () => void } | undefined>(
            (best, timer) => (best && best.at <= timer.at ? best : timer),
            undefined,
          );
      for (let timer = first(); timer; timer = first()) {
        offset = Math.max(offset, timer.at - Date.now());
        clearTimeout(due.get(timer));
        due.delete(timer);
        timer.work();
      }
      offset = Math.max(offset, end - Date.now());
      // What was set before the jump has less time to wait in real time.
      for (const [timer, handle] of due) {
        clearTimeout(handle);
        arm(timer);
      }
    },
    after(ms, work) {
      const timer = { at: now() + ms, work };
      arm(timer);
      return () => {
        clearTimeout(due.get(timer));
        due.delete(timer);
      };
    },
    stop() {
      for (const handle of due.values()) clearTimeout(handle);
      due.clear();
    },
  };

  function arm(timer: { readonly at: number; readonly work: () => void }) {
    const run = () => {
      due.delete(timer);
      timer.work();
    };
    due.set(timer, setTimeout(run, Math.max(0, timer.at - now())));
  }
}
