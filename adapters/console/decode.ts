import type { Outgoing } from '../../src/core/message.ts';
import type { Incoming } from '../../src/ports.ts';

/** What a typed line means: `+` and `-` say whether the answer shown last helped. Nothing when the line is empty. */
export function decode(line: string, feedback: Outgoing['feedback']): Incoming['body'] | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  if (feedback && /^[+＋]$/.test(text)) return { kind: 'choice', ids: [feedback.yes.id] };
  if (feedback && /^[-－]$/.test(text)) return { kind: 'choice', ids: [feedback.no.id] };
  return { kind: 'text', text };
}
