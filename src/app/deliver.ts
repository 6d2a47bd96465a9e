import { setTimeout as pause } from 'node:timers/promises';
import { type Channel, type Clock, type Delivery, SendError, type Settlement, type Store } from '../ports.ts';
import { backoff, mostAttempts } from './backoff.ts';
import type { Log } from './log.ts';
import { createLoop } from './loop.ts';
import { channelOf, type Metrics } from './metrics.ts';

/** Carries out what lies in the outbox. */
export interface Delivery­Loop {
  start(): void;
  wake(): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}
