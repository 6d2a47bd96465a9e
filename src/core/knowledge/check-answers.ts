import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

/** Days, as ISO dates: entries to be reviewed before `today` are reported, before `overdue` they are errors. */
export interface ReviewDays {
  readonly today: string;
  readonly overdue: string;
}

/** What is wrong with the answers as a whole: one that is missing, or was to be reviewed. */
export function checkAnswers(entries: readonly Sourced<Entry>[], days: ReviewDays): readonly Finding[] {
  return entries.flatMap((entry) => [...missing(entry), ...stale(entry, days)]);
}

function missing({ file, value: { answer, status } }: Sourced<Entry>): readonly Finding[] {
  const warn = (message: string, remedy: string): readonly Finding[] => [
    { file, path: ['answer'], level: 'warning', message, remedy },
  ];
  if (!answer.en && !answer.zh) {
    return status === 'meta' ? [] : warn('there is no answer', 'write one under `answer: en:` and `answer: zh:`');
  }
  if (!answer.en) return warn('the English answer is missing', 'write it under `answer: en:`');
  if (!answer.zh) return warn('the Chinese answer is missing', 'write it under `answer: zh:`');
  return [];
}

function stale({ file, value: { review_by } }: Sourced<Entry>, { today, overdue }: ReviewDays): readonly Finding[] {
  // A date may be given as a year or a month only; it has passed when that year or month has.
  const passed = (day: string) => review_by !== undefined && day.slice(0, review_by.length) > review_by;
  if (!passed(today)) return [];
  const level = passed(overdue) ? 'error' : 'warning';
  const message = `the answer was to be reviewed by ${review_by}`;
  const remedy = 'check the facts, then move `as_of` and `review_by`';
  return [{ file, path: ['review_by'], level, message, remedy }];
}
