import type { CaseReason } from '../../core/conversation/effect.ts';
import type { Case, Feedback } from '../../ports.ts';
import { redact } from '../redact.ts';
import { answeredIn, type Happening } from './happenings.ts';

/** One text of a visitor, with what the bot said to it. */
export interface Question {
  /** The id of its event, which a case that it opened has too. */
  readonly id: string;
  readonly text: string;
  /** True when the matcher was sure of an entry. */
  readonly matched: boolean;
  /** What the replies were made of. */
  readonly refs: readonly string[];
}

/** The figures of a report. Texts of visitors are masked in it. */
export interface Figures {
  /** Texts that were read as questions: not numbers, commands or answers to the bot's own questions. */
  readonly asked: number;
  readonly answered: number;
  /** Questions to which several entries were offered. */
  readonly offered: number;
  readonly missed: readonly { readonly text: string; readonly times: number }[];
  readonly handedOver: readonly { readonly reason: CaseReason; readonly cases: number }[];
  readonly entries: readonly {
    readonly entry: string;
    readonly answered: number;
    readonly helpful: number;
    readonly unhelpful: number;
  }[];
  /** Longest waiting first; `since` is an ISO time. */
  readonly waiting: readonly { readonly since: string; readonly reason: CaseReason; readonly question: string }[];
}

/** Of what happened the texts. */
export function questionsOf(happenings: readonly Happening[]): readonly Question[] {
  return happenings.flatMap(({ event, replies }) =>
    event.type === 'said'
      ? [
          {
            id: event.id,
            text: event.text,
            matched: event.matches.some(({ verdict }) => verdict === 'answer'),
            refs: replies.refs,
          },
        ]
      : [],
  );
}

/** Adds up what happened since a moment (ms). */
export function figures(
  questions: readonly Question[],
  cases: readonly Case[],
  feedback: readonly Feedback[],
  since: number,
): Figures {
  const calledByMisses = new Set(cases.filter(({ reason }) => reason === 'misses').map(({ id }) => id));
  const kinds = questions.map((question) => ({ question, kind: kindOf(question, calledByMisses) }));
  const of = (kind: Kind) => kinds.filter((one) => one.kind === kind).map(({ question }) => question);
  const handedOver = cases.filter(({ openedAt }) => openedAt >= since);
  const answered = of('answered');
  return {
    asked: kinds.filter(({ kind }) => kind !== 'other').length,
    answered: answered.length,
    offered: of('offered').length,
    missed: counted(of('missed').map(({ text }) => redact(text).replace(/\s+/g, ' ').trim())).map(([text, times]) => ({
      text,
      times,
    })),
    handedOver: counted(handedOver.map(({ reason }) => reason)).map(([reason, number]) => ({ reason, cases: number })),
    entries: byEntry(answered, feedback),
    waiting: cases
      .filter(({ status }) => status === 'waiting')
      .toSorted((one, other) => one.openedAt - other.openedAt)
      .map(({ openedAt, reason, question }) => ({
        since: new Date(openedAt).toISOString(),
        reason,
        question: redact(question),
      })),
  };
}

type Kind = 'answered' | 'offered' | 'missed' | 'other';

/** What came of a text; `other` are numbers, commands and answers to the bot's own questions. */
export function kindOf({ id, matched, refs }: Question, calledByMisses: ReadonlySet<string>): Kind {
  if (refs.some((ref) => /^(?:miss\.|huge$)/.test(ref) && ref !== 'miss.part') || calledByMisses.has(id))
    return 'missed';
  if (matched && refs.some((ref) => ref.startsWith('answer:'))) return 'answered';
  return refs.includes('choose.ask') ? 'offered' : 'other';
}

function byEntry(answered: readonly Question[], feedback: readonly Feedback[]): Figures['entries'] {
  const told = answered.flatMap(answeredIn);
  const times = new Map(counted(told));
  const verdicts = new Map(feedback.map((one) => [one.entry, one]));
  return [...new Set([...times.keys(), ...verdicts.keys()])].map((entry) => ({
    entry,
    answered: times.get(entry) ?? 0,
    helpful: verdicts.get(entry)?.helpful ?? 0,
    unhelpful: verdicts.get(entry)?.unhelpful ?? 0,
  }));
}

/** Each value with how often it comes, most frequent first. */
function counted<T>(values: readonly T[]): readonly (readonly [T, number])[] {
  const times = new Map<T, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].sort(([, one], [, other]) => other - one);
}
