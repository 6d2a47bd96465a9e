import { checkAnswers, type ReviewDays } from '../core/knowledge/check-answers.ts';
import type { Entry } from '../core/knowledge/entry.ts';

/** After so many days an answer that was not reviewed in time is an error. */
const reviewGrace = 90;

/** The days that count for reviews, as seen from `now` (ms). */
export function reviewDays(now: number): ReviewDays {
  return { today: day(now), overdue: day(now - reviewGrace * 86_400_000) };
}

/** Which reviews are due, as a text to compare: it changes with time alone, and the problems of the knowledge with it. */
export function reviewsDue(entries: Iterable<Entry>, now: number): string {
  const sources = Array.from(entries, (value) => ({ file: value.id, value }));
  const findings = checkAnswers(sources, reviewDays(now));
  return findings.map(({ file, level }) => `${file} ${level}`).join('\n');
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
