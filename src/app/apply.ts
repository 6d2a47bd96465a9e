import type { Effect } from '../core/conversation/effect.ts';
import type { Event } from '../core/conversation/event.ts';
import type { State } from '../core/conversation/state.ts';
import type { Commit, ConversationId, Store } from '../ports.ts';
import type { Core } from './core.ts';
import type { Log } from './log.ts';

/** One event that is to be applied to one conversation. Its functions are pure and may be called more than once. */
export interface Step {
  readonly key: string;
  readonly conversation: ConversationId;
  /** When it happened, ms since 1970. */
  readonly at: number;
  /** The state of a conversation that begins with this event. */
  begin(): State;
  /** The event with the facts that a turn needs. */
  event(state: State): Event;
  /** The visitor's own line of the transcript. */
  line?(state: State): Commit['line'];
  /** Where the channel met the visitor. */
  readonly place?: string;
  /** Until when the channel fetches the replies itself. */
  readonly heldUntil?: number;
  /** Further facts, stored with the event. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /**
   * What is applied when the turn keeps failing: the event that leads to an apology, or nothing at all; `reject`: not
   * even the key is kept, and whoever asked for it hears what was thrown.
   */
  readonly failed: Event | 'nothing' | 'reject';
}

/** What came of a step: what was applied, or nothing when its key had been seen. */
export type Applied =
  | { readonly as: 'seen' }
  | { readonly as: 'applied'; readonly event: Event; readonly effects: readonly Effect[] };

/** Applies one step in one transaction. Rejects when nothing was committed. */
export type Apply = (step: Step) => Promise<Applied>;

interface Played {
  readonly event: Event;
  readonly state: State;
  readonly effects: readonly Effect[];
  /** What the turn threw, when it failed. */
  readonly error?: unknown;
}

/** How often a turn is tried before it counts as failed. */
const attempts = 3;

/**
 * Creates the one way in which events change conversations. A turn that throws is tried again; if it keeps throwing,
 * the step's `failed` event is applied under the same key. `committed` hears of each commit after it.
 */
export function createApply(options: {
  readonly store: Pick<Store, 'transact'>;
  readonly core: Pick<Core, 'turn'>;
  readonly log: Log;
  committed(effects: readonly Effect[], conversation: ConversationId): void;
}): Apply {
  const { store, core, log, committed } = options;

  // Trying again inside the transaction keeps the order of arrival: no later event overtakes this one.
  function play(step: Step, state: State): Played {
    const errors: unknown[] = [];
    while (errors.length < attempts) {
      try {
        const event = step.event(state);
        const [next, effects] = core.turn(state, event);
        return { event, state: next, effects };
      } catch (error) {
        errors.push(error);
      }
    }
    const [error] = errors;
    if (step.failed === 'reject') {
      report(log, step, error);
      throw error;
    }
    if (step.failed === 'nothing') return { event: { id: '', at: step.at, type: 'failed' }, state, effects: [], error };
    const [next, effects] = core.turn(state, step.failed);
    return { event: step.failed, state: next, effects, error };
  }

  return async (step) => {
    const { key, conversation, at } = step;
    const run: { played?: Played; strange?: boolean } = {};
    const outcome = await store.transact({ key, conversation, at }, (loaded) => {
      run.strange = loaded.state !== undefined && versionOf(loaded.state) !== 1;
      const before = loaded.state === undefined || run.strange ? step.begin() : loaded.state;
      const line = step.line?.(before);
      run.played = play(step, before);
      const { state, effects, event } = run.played;
      const place = step.place === undefined ? {} : { place: step.place };
      const held = step.heldUntil === undefined ? {} : { heldUntil: step.heldUntil };
      return { state, effects, event: { ...event, ...step.facts }, ...(line && { line }), ...place, ...held };
    });
    const { played } = run;
    if (outcome === 'seen' || !played) return { as: 'seen' };
    if (run.strange)
      log.warn({ key, conversation }, 'state of another version set aside: the conversation begins anew');
    if ('error' in played) report(log, step, played.error);
    committed(played.effects, conversation);
    return { as: 'applied', event: played.event, effects: played.effects };
  };
}

function versionOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'version' in state ? state.version : undefined;
}

/** The message of an error may repeat what the visitor wrote, so only its kind and place go to the error log. */
function report(log: Log, { key, conversation }: Step, error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? (error.stack?.match(/^\s+at .*$/gm)?.map((line) => line.trim()) ?? []) : [];
  log.error({ key, conversation, kind, place }, 'a turn failed three times and was not applied');
  log.debug({ key, conversation, err: error }, 'why the turn failed');
}
