import type { Effect } from '../core/conversation/effect.ts';
import { newState } from '../core/conversation/state.ts';
import { type Clock, type Store, type Timer, timerKey } from '../ports.ts';
import type { Apply, Step } from './apply.ts';
import type { Log } from './log.ts';
import { createLoop } from './loop.ts';
import { eventId } from './receive.ts';

/** Longest pause between two looks at the timers, ms: another process may have set one. */
const longestPause = 60_000;

/** How many due timers are taken at once. */
const batch = 100;

const hour = 3_600_000;

/** For how long the key of an event is remembered, ms; platforms redeliver within hours. */
const remembered = 7 * 24 * hour;

/** The loop over timers. */
export interface Reminder {
  start(): void;
  /** Hears of timers that were just set. */
  expect(effects: readonly Effect[]): void;
  stop(): Promise<void>;
}

/** Turns due timers into events, and forgets old keys. Timers live in the store, so they outlast the program. */
export function createReminder(options: {
  readonly store: Pick<Store, 'dueTimers' | 'nextDue' | 'sweep'>;
  readonly apply: Apply;
  readonly clock: Clock;
  readonly log: Log;
}): Reminder {
  const { store, apply, clock, log } = options;
  const loop = createLoop({ name: 'the timers', clock, log, longestPause, round });
  let sweepAt = 0;

  async function round(): Promise<number | null> {
    await applyAll(await store.dueTimers(clock(), batch));
    if (clock() >= sweepAt) {
      await store.sweep(clock() - remembered);
      sweepAt = clock() + hour;
    }
    return (await store.nextDue()).timers;
  }

  // One timer that cannot be applied keeps no other from being applied.
  async function applyAll(due: readonly Timer[]): Promise<void> {
    const done = await Promise.allSettled(due.map((timer) => apply(stepOf(timer, clock()))));
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  return {
    start: loop.wake,
    expect(effects) {
      for (const effect of effects) if (effect.type === 'set-timer') loop.wakeAt(effect.at);
    },
    stop: loop.stop,
  };
}

function stepOf(timer: Timer, at: number): Step {
  const key = timerKey(timer);
  return {
    key,
    conversation: timer.conversation,
    at,
    begin: () => newState('en'),
    event: () => ({ id: eventId(key), at, type: 'timer', name: timer.name }),
    // The visitor did nothing that an apology could answer.
    failed: 'nothing',
  };
}
