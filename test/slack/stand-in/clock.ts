/** Slack's clock: real time, plus the jumps that a test makes. */
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
  const due = new Set<{ readonly at: number; readonly work: () => void }>();
  let offset = 0;
  let wake: NodeJS.Timeout | undefined;
  let wakeAt = Infinity;
  const now = () => Date.now() + offset;

  function next() {
    let first: { readonly at: number; readonly work: () => void } | undefined;
    for (const timer of due) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  function arm() {
    clearTimeout(wake);
    const first = next();
    wakeAt = first?.at ?? Infinity;
    if (first) wake = setTimeout(run, Math.max(0, first.at - now()));
  }

  function run() {
    for (let first = next(); first && first.at <= now(); first = next()) {
      due.delete(first);
      first.work();
    }
    arm();
  }

  return {
    now,
    advance(ms) {
      offset += ms;
      run();
    },
    after(ms, work) {
      const timer = { at: now() + ms, work };
      due.add(timer);
      // Looking for the earliest of thousands of timers each time would be slow.
      if (timer.at < wakeAt) arm();
      return () => due.delete(timer);
    },
    stop() {
      clearTimeout(wake);
      due.clear();
    },
  };
}
