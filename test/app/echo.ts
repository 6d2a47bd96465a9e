import type { Core } from '../../src/app/core.ts';
import { createLog, type Log } from '../../src/app/log.ts';
import type { Outgoing } from '../../src/core/message.ts';

/** What the echo says. */
export function say(text: string): Outgoing {
  return { text, language: 'en', refs: [] };
}

/** A core that says what happened. `remind me` sets a timer one minute ahead; `break` throws, also for a timer. */
export const echo: Core = {
  understand: (text, { topic }) => [
    { text: `${topic ?? ''}`, language: 'en', verdict: 'none', entry: null, confidence: text.length, candidates: [] },
  ],
  suggest: () => [],
  label: (_, choice) => `label of ${choice}`,
  turn(state, event) {
    if (event.type === 'said' && event.text.startsWith('break')) throw new RangeError(`no way with ${event.text}`);
    if (event.type === 'timer' && event.name === 'break') throw new RangeError('no way');
    const words = event.type === 'said' ? `said ${event.text}` : event.type;
    const next = event.type === 'said' ? { ...state, topic: event.text.slice(0, 20) } : state;
    const timed = event.type === 'said' ? /^remind me(?: (\w+))?$/.exec(event.text) : undefined;
    return [
      next,
      [
        { type: 'say', message: say(words) },
        ...(timed ? [{ type: 'set-timer', name: timed[1] ?? 'nudge', at: event.at + 60_000 } as const] : []),
      ],
    ];
  },
};

/** A log that keeps its lines. */
export function keptLog(level = 'debug'): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return { lines, log: createLog({ level, output: { write: (line) => lines.push(JSON.parse(line)) } }) };
}
