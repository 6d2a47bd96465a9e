import type { Channel, Clock, ConversationId, Receive, Store } from '../ports.ts';
import { type Apply, createApply } from './apply.ts';
import type { Core } from './core.ts';
import { createDelivery } from './deliver.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createReceive } from './receive.ts';
import { createReminder } from './remind.ts';

/** The running bot between its channels and its store. */
export interface App {
  /** Applies an event that comes from elsewhere than a channel: from a desk. */
  readonly apply: Apply;
  /** Starts the loops, then the channels. When a channel cannot start, what was started is stopped again. */
  start(): Promise<void>;
  /** Resolves when no message is due and none is being sent. */
  idle(): Promise<void>;
  /** Stops taking in, finishes what is under way (three seconds at most), stops the loops. The store stays open. */
  stop(): Promise<void>;
}

/** Puts receiving, delivery and timers together. `settled` hears of each message whose outcome is stored. */
export function createApp(options: {
  readonly store: Store;
  readonly core: Pick<Core, 'turn' | 'understand' | 'label'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  settled?(conversation: ConversationId): void;
  /** Hears of each conversation in which something was committed. */
  changed?(conversation: ConversationId): void;
}): App {
  const { store, channels, settled = () => {}, changed = () => {} } = options;
  const delivery = createDelivery({ ...options, settled });
  const apply = createApply({
    ...options,
    store: {
      transact(event, work) {
        const applied = store.transact(event, work);
        // One durable commit for both is what a reply waits for.
        if (store.claimsAlong) delivery.wake();
        return applied;
      },
    },
    committed(effects, conversation) {
      if (!store.claimsAlong) delivery.wake();
      reminder.expect(effects);
      changed(conversation);
    },
  });
  const reminder = createReminder({ ...options, apply });
  const receive: Receive = createReceive({ ...options, apply });

  async function stop(): Promise<void> {
    await Promise.all(channels.map((channel) => channel.stop()));
    await reminder.stop();
    await delivery.stop();
  }

  return {
    apply,
    async start() {
      delivery.start();
      reminder.start();
      try {
        await Promise.all(channels.map((channel) => channel.start(receive)));
      } catch (error) {
        await stop();
        throw error;
      }
    },
    idle: delivery.idle,
    stop,
  };
}
