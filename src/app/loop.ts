import type { Clock } from '../ports.ts';
import type { Log } from './log.ts';

/** Work that is done whenever there may be some: when woken, and when the time comes. */
export interface Loop {
  /** Does a round now, or another one after the round under way. */
  wake(): void;
  /** Makes sure that a round is done at `at` (ms since 1970) at the latest. */
  wakeAt(at: number): void;
  /** No further rounds; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

const pauseAfterFailure = 1000;

/** Pause after any round: what is due but held by another process must not be asked for without end. */
const shortestPause = 20;

/**
 * Creates a loop. `round` does what is due and resolves to the moment of the next round (ms since 1970), at most
 * `longestPause` ms away. Rounds never overlap. While rounds fail they are tried every second; an outage is logged once.
 */
export function createLoop(options: {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly longestPause: number;
  round(): Promise<number | null>;
}): Loop {
  const { name, clock, log, longestPause, round } = options;
  let timer: NodeJS.Timeout | undefined;
  let planned = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let again = false;
  let failing = false;
  let stopped = false;

  function plan(at: number): void {
    // A timeout of more than 24 days would end at once.
    const next = Math.min(at, clock() + longestPause);
    if (stopped || next >= planned) return;
    clearTimeout(timer);
    planned = next;
    timer = setTimeout(start, Math.max(0, next - clock()));
  }

  function start(): void {
    if (stopped) return;
    again = true;
    running ??= run();
  }

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false;
      clearTimeout(timer);
      planned = Number.POSITIVE_INFINITY;
      try {
        const next = (await round()) ?? Number.POSITIVE_INFINITY;
        if (failing) log.info(`${name} works again`);
        failing = false;
        plan(Math.max(next, clock() + shortestPause));
      } catch (error) {
        if (!failing) log.error({ err: error }, `${name} cannot go on; it is tried again every second`);
        failing = true;
        again = false;
        plan(clock() + pauseAfterFailure);
      }
    }
    running = undefined;
  }

  return {
    wake: () => {
      if (!failing) start();
    },
    wakeAt: plan,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
