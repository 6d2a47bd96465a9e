import type { Effect } from '../core/conversation/effect.ts';
import { newState } from '../core/conversation/state.ts';
import { type Clock, type Store, timerKey } from '../ports.ts';
import type { Apply } from './apply.ts';
import type { Log } from './log.ts';
import { createLoop } from './loop.ts';
import { eventId } from './receive.ts';

/** Longest pause between two looks at the timers, ms: another process may have set one. */
const longestPause = 30_000;

/** How many due timers are taken at once. */
const batch = 100;

/** How long the key of an event is remembered, ms; platforms redeliver within hours. */
const remembered = 7 * 24 * 60 * 60_000;

/** How often old keys are removed, ms. */
const sweepEvery = 60 * 60_000;

/** The loop over timers. */
export interface Reminder {
  start(): void;
  /** Hears of timers that were just set. */
  expect(effects: readonly Effect[]): void;
  stop(): Promise<void>;
}

/** Turns due timers into events. Timers live in the store, so they outlast the program. */
export function createReminder(options: {
  readonly store: Pick<Store, 'dueTimers' | 'nextDue' | 'sweep'>;
  readonly apply: Apply;
  readonly clock: Clock;
  readonly log: Log;
}): Reminder {
  const { store, apply, clock, log } = options;
  let swept = 0;
  const loop = createLoop({
    name: 'timers',
    clock,
    log,
    longestPause,
    async round() {
      const now = clock();
      if (now - swept >= sweepEvery) {
        await store.sweep(now - remembered);
        swept = now;
      }
      for (const timer of await store.dueTimers(now, batch)) {
        const key = timerKey(timer);
        await apply({
          key,
          conversation: timer.conversation,
          at: now,
          begin: () => newState('en'),
          event: () => ({ id: eventId(key), at: now, type: 'timer', name: timer.name }),
          failed: 'nothing',
        });
      }
      return (await store.nextDue()).timers;
    },
  });
  return {
    start: loop.wake,
    expect(effects) {
      for (const effect of effects) if (effect.type === 'set-timer') loop.wakeAt(effect.at);
    },
    stop: loop.stop,
  };
}
