import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConversationId, Counts, Settlement } from '../ports.ts';

/** What became of a message that was received, for `wenda_messages_received_total`. */
export type Verdict =
  | 'answer'
  | 'choose'
  | 'none'
  | 'choice'
  | 'attachment'
  | 'edit'
  | 'arrival'
  | 'failed'
  | 'repeated';

/** The numbers that `/metrics` shows. Labels name channels and outcomes only, never a person or a conversation. */
export interface Metrics {
  readonly contentType: string;
  /** Everything in the text format of Prometheus; numbers of a database that does not answer are NaN. */
  text(): Promise<string>;
  received(channel: string, verdict: Verdict): void;
  /** An attempt to carry a message out ended in this way. */
  settled(conversation: ConversationId, as: Settlement['as']): void;
  /** A reply is due in this conversation to an event taken in at `began` (`performance.now()`). */
  awaited(conversation: ConversationId, began: number): void;
}

/** The channel of a conversation. */
export function channelOf(conversation: ConversationId): string {
  return conversation.slice(0, conversation.indexOf(':'));
}

/** Conversations whose reply is being timed; beyond these the numbers stay right, only fewer. */
const timedAtOnce = 10_000;

/** Creates the numbers, all at zero. `counts` is asked whenever they are read. */
export function createMetrics(options: { readonly version: string; readonly counts: () => Promise<Counts> }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const awaited = new Map<ConversationId, number>();
  const received = new Counter({
    name: 'wenda_messages_received_total',
    help: 'Messages of visitors by channel and by what was made of them',
    labelNames: ['channel', 'verdict'],
    registers,
  });
  const settled = new Counter({
    name: 'wenda_deliveries_total',
    help: 'Attempts to carry a message out, by channel and by how they ended',
    labelNames: ['channel', 'as'],
    registers,
  });
  const replied = new Histogram({
    name: 'wenda_reply_seconds',
    help: 'Seconds from taking in an event to carrying out the first reply to it',
    labelNames: ['channel'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const outbox = new Gauge({ name: 'wenda_outbox_messages', help: 'Messages that wait to be carried out', registers });
  const timers = new Gauge({ name: 'wenda_timers', help: 'Timers that are set', registers });
  const waiting = new Gauge({
    name: 'wenda_waiting_cases',
    help: 'Cases that no consultant has claimed yet',
    registers,
  });
  new Gauge({ name: 'wenda_build_info', help: 'Version that runs', labelNames: ['version'], registers }).set(
    { version: options.version },
    1,
  );
  return {
    contentType: registry.contentType,
    async text() {
      // A database that does not answer must not hide the other numbers.
      const counts = await options.counts().catch(() => undefined);
      outbox.set(counts?.outbox ?? Number.NaN);
      timers.set(counts?.timers ?? Number.NaN);
      waiting.set(counts?.waitingCases ?? Number.NaN);
      return registry.metrics();
    },
    received: (channel, verdict) => received.inc({ channel, verdict }),
    awaited(conversation, began) {
      if (awaited.size < timedAtOnce && !awaited.has(conversation)) awaited.set(conversation, began);
    },
    settled(conversation, as) {
      const channel = channelOf(conversation);
      settled.inc({ channel, as });
      if (as === 'later') return;
      const began = awaited.get(conversation);
      awaited.delete(conversation);
      if (as === 'sent' && began !== undefined) replied.observe({ channel }, (performance.now() - began) / 1000);
    },
  };
}
