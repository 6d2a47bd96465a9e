import type { Entry } from './entry.ts';
import type { Finding, Sourced } from './finding.ts';

/** What no answer may promise or advise. */
const forbidden = [/\bguarantee\w*/i, /保证/, /\bVPNs?\b/i];

/** Days, as ISO dates: entries to be reviewed before `today` are reported, before `overdue` they are errors. */
export interface ReviewDays {
  readonly today: string;
  readonly overdue: string;
}

/** What is wrong with the answers: missing, stale, forbidden words, links, Chinese typography. */
export function checkAnswers(entries: readonly Sourced<Entry>[], days: ReviewDays): readonly Finding[] {
  return entries.flatMap((entry) => [...missing(entry), ...stale(entry, days), ...words(entry)]);
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

function words({ file, value: { answer } }: Sourced<Entry>): readonly Finding[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const text = answer[language] ?? '';
    const find = (level: Finding['level'], quote: string, message: string, remedy: string): Finding => ({
      file,
      path: ['answer', language],
      quote,
      level,
      message,
      remedy,
    });
    const said = forbidden.flatMap((word) => word.exec(text)?.[0] ?? []);
    const links = targets(text).filter((target) => !/^(?:https:\/\/|mailto:)/i.test(target));
    return [
      ...said.map((word) => find('error', word, `the answer says "${word}"`, 'say it without promise or such advice')),
      ...links.map((link) =>
        find('error', link, `the link "${link}" is neither https nor mailto`, 'use an https address'),
      ),
      ...(language === 'zh'
        ? typography(text).map(([quote, wrong, remedy]) => find('warning', quote, wrong, remedy))
        : []),
    ];
  });
}

/** Where the links and images of a Markdown text lead, and bare http addresses. */
function targets(text: string): readonly string[] {
  const inline = [...text.matchAll(/\]\(\s*<?([^)>\s]*)/g)];
  const references = [...text.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^>\s]+)/gm)];
  const automatic = [...text.matchAll(/<([a-z][a-z\d+.-]*:[^>\s]+)>/gi)];
  const bare = [...text.matchAll(/(?<![(<\w])(http:\/\/[^\s)>]+)/gi)];
  return [...new Set([...inline, ...references, ...automatic, ...bare].map(([, target = '']) => target))];
}

function typography(text: string): readonly (readonly [string, string, string])[] {
  const comma = /\p{Script=Han}[,;:!?](?!\/\/)|[,;!?]\p{Script=Han}/u.exec(text)?.[0];
  return [
    ...(comma ? [[comma, `"${comma}" has half-width punctuation`, 'use ，；：！？ in Chinese'] as const] : []),
    ...(text.includes('你') ? [['你', 'the visitor is addressed with 你', 'use 您'] as const] : []),
  ];
}
