import type { CaseReason } from '../../core/conversation/effect.ts';
import type { Figures } from './figures.ts';
import type { Lessons, Proposal } from './lessons.ts';

/** How many missed questions the text lists; `--json` has all. */
const listed = 50;

const reasons: Readonly<Record<CaseReason, string>> = {
  asked: 'asked for a consultant',
  entry: 'the answer calls for one',
  questionnaire: 'after the questionnaire',
  misses: 'the bot had no answer',
  feedback: 'the answer did not help',
};

/** A report as plain text. */
export function reportText(days: number, figures: Figures, { proposed, perhapsWrong }: Lessons): string {
  const { asked, answered, offered, missed, handedOver, entries, waiting } = figures;
  const misses = missed.reduce((sum, { times }) => sum + times, 0);
  const cases = handedOver.reduce((sum, one) => sum + one.cases, 0);
  return [
    `The last ${days === 1 ? 'day' : `${days} days`}`,
    '',
    `Questions asked      ${asked}`,
    `  answered           ${answered}`,
    `  choices offered    ${offered}`,
    `  missed             ${misses}`,
    `Handed over          ${cases}`,
    ...handedOver.map((one) => `  ${one.cases} × ${reasons[one.reason]}`),
    ...section('Missed', [
      ...missed.slice(0, listed).map(({ text, times }) => `${times} × ${text}`),
      ...(missed.length > listed ? [`and ${missed.length - listed} more (--json lists all)`] : []),
    ]),
    ...section(
      'Answers',
      entries.map(({ entry, answered: times, helpful, unhelpful }) => {
        const verdict = helpful + unhelpful > 0 ? `, helpful ${helpful}, not helpful ${unhelpful}` : '';
        return `${entry}: ${times} ×${verdict}`;
      }),
    ),
    ...section('Questions to add, if you agree: visitors wrote them and picked this entry', pasted(proposed)),
    ...section(
      'Perhaps wrong: the answer did not help',
      perhapsWrong.slice(0, listed).map(({ entry, text, times }) => `${entry}: ${times} × ${text}`),
    ),
    ...section(
      'Waiting for a consultant',
      waiting.map(
        ({ since, reason, question }) =>
          `${since.slice(0, 16).replace('T', ' ')} UTC, ${reasons[reason]}: ${question || '(no question)'}`,
      ),
    ),
  ].join('\n');
}

/** The lines to paste, those of one list together; indented as in the file. */
function pasted(proposed: readonly Proposal[]): readonly string[] {
  const lists = Map.groupBy(proposed, ({ entry, language }) => `${entry}, below questions: ${language}:`);
  return [...lists].flatMap(([list, own]) => [list, ...own.map(({ line, times }) => `  ${line} # ${times} ×`)]);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : [];
}
