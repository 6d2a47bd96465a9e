import type { Outgoing } from '../../src/core/message.ts';
import type { Incoming } from '../../src/ports.ts';

/** What a typed line means: the words that say whether the answer shown last helped are a choice, the rest is text. */
export function decode(line: string, feedback: Outgoing['feedback']): Incoming['body'] {
  const said = folded(line);
  const picked = feedback && [feedback.yes, feedback.no].find(({ label }) => folded(label) === said);
  return picked ? { kind: 'choice', ids: [picked.id] } : { kind: 'text', text: line };
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
