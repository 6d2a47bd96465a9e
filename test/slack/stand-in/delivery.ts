import type { Timers } from './clock.ts';
import type { Attempt, Json } from './index.ts';

/** Something for the app. */
export interface Parcel {
  readonly type: Attempt['type'];
  readonly id: string;
  readonly name: string;
  readonly payload: Json;
  /** Told once, when the app acknowledged or every attempt failed; `body` is what came with the acknowledgement. */
  readonly done?: (acknowledged: boolean, body: unknown, ms: number) => void;
}

/** Marks of a further attempt. */
export interface Retry {
  readonly number: number;
  readonly reason: string;
}

/** How one attempt ended. */
export interface Outcome {
  readonly outcome: Exclude<Attempt['outcome'], 'pending'>;
  readonly body?: unknown;
  /** The app asked for no further attempt (`X-Slack-No-Retry`). */
  readonly final?: boolean;
}

/** Carries a parcel to the app once; `end` is called once, and at once when the clock jumps past the deadline. */
export type Carry = (parcel: Parcel, retry: Retry | undefined, end: (outcome: Outcome) => void) => void;

/** Parcels on their way: attempts, redelivery, doubles, wrong order. */
export interface Deliveries {
  readonly attempts: readonly Attempt[];
  send(parcel: Parcel): void;
  /** Copies of each event, and how many events are held back to be turned round. */
  readonly faults: { copies: number; window: number };
  /** Resolves when nothing is under way and nothing waits for another attempt. */
  settled(ms: number): Promise<void>;
  stop(): void;
}

const REASON = { lost: 'connection_failed', late: 'http_timeout', refused: 'http_error', acknowledged: '' };

/** Slack tries an event again at once, after a minute and after five; interactions and commands once. */
export function createDeliveries(clock: Timers, retryAfter: readonly number[], carry: Carry): Deliveries {
  const attempts: Attempt[] = [];
  const faults = { copies: 1, window: 1 };
  const held: Parcel[] = [];
  let open = 0;
  let stopped = false;

  function attempt(parcel: Parcel, retry: Retry | undefined): void {
    if (stopped) return;
    const at = clock.now();
    const began = performance.now();
    const { type, id, name, payload } = parcel;
    const begun: Attempt = { type, id, name, payload, retry: retry?.number ?? 0, at, outcome: 'pending' };
    const index = attempts.push(begun) - 1;
    carry(parcel, retry, (outcome) => {
      const ms = performance.now() - began;
      attempts[index] = { ...begun, outcome: outcome.outcome, ms };
      end(parcel, begun.retry + 1, outcome, ms);
    });
  }

  function end(parcel: Parcel, number: number, { outcome, body, final }: Outcome, ms: number): void {
    const again = parcel.type === 'events_api' && outcome !== 'acknowledged' && !final && !stopped;
    const wait = again ? retryAfter[number - 1] : undefined;
    if (wait === undefined) {
      open -= 1;
      parcel.done?.(outcome === 'acknowledged', body, ms);
    } else {
      clock.after(wait, () => attempt(parcel, { number, reason: REASON[outcome] }));
    }
  }

  function begin(parcel: Parcel): void {
    const copies = parcel.type === 'events_api' ? faults.copies : 1;
    open += copies - 1;
    for (let copy = 0; copy < copies; copy += 1) attempt(parcel, undefined);
  }

  function release(): void {
    for (const parcel of held.splice(0).reverse()) begin(parcel);
  }

  return {
    attempts,
    faults,
    send(parcel) {
      open += 1;
      if (parcel.type !== 'events_api' || faults.window <= 1) {
        // Events leave after the call that caused them was carried out, as they do at Slack.
        setImmediate(begin, parcel);
        return;
      }
      held.push(parcel);
      if (held.length >= faults.window) release();
      else clock.after(200, release);
    },
    async settled(ms) {
      const until = performance.now() + ms;
      while (open > 0) {
        if (performance.now() > until) throw new Error(`${open} deliveries are still under way after ${ms} ms`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    stop() {
      stopped = true;
    },
  };
}
