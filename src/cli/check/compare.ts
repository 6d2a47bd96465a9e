import type { MatchIndex } from '../../core/matching/build-index.ts';
import { understand } from '../../core/matching/understand.ts';

/** A question to ask of two versions of the knowledge. */
export interface Asked {
  readonly text: string;
  /** As it may be shown: what visitors wrote is masked. */
  readonly shown: string;
  /** File and line of an evaluation question, or how often visitors asked it. */
  readonly from: string;
  /** What is right, where that is known: any of these sets of entries; none for what must not be answered. */
  readonly expected?: readonly (readonly string[])[];
}

/** What the bot makes of a question: the entries it answers with or offers. */
export interface Outcome {
  readonly verdict: 'answer' | 'choose' | 'none';
  readonly entries: readonly string[];
}

export const changeKinds = ['answered otherwise', 'newly answered', 'newly refused', 'now offered a choice'] as const;

/** A question of which the bot now makes something else. */
export interface Change {
  readonly kind: (typeof changeKinds)[number];
  readonly from: string;
  readonly text: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** Only where it is known what is right, and only one of the two is. */
  readonly judgement?: 'better' | 'worse';
}

/** As many entries as a visitor can choose from. */
const offered = 3;

/** The questions of which two versions of the knowledge make different things. */
export function changes(before: MatchIndex, after: MatchIndex, questions: readonly Asked[]): readonly Change[] {
  return questions.flatMap(({ text, shown, from, expected }) => {
    const [old, now] = [outcome(before, text), outcome(after, text)];
    const kind = kindOf(old, now);
    if (!kind) return [];
    const [was, is] = [old, now].map((one) => expected && isRight(one, expected));
    const judgement = was === is ? undefined : is ? ('better' as const) : ('worse' as const);
    return { kind, from, text: shown, before: old, after: now, ...(judgement && { judgement }) };
  });
}

function outcome(index: MatchIndex, text: string): Outcome {
  const found = understand(index, text);
  const answered = found.flatMap(({ verdict, entry }) => (verdict === 'answer' && entry !== null ? [entry] : []));
  if (answered.length > 0) return { verdict: 'answer', entries: answered };
  const choice = found.find(({ verdict }) => verdict === 'choose');
  if (!choice) return { verdict: 'none', entries: [] };
  return { verdict: 'choose', entries: choice.candidates.slice(0, offered).map(({ entry }) => entry) };
}

/** Which of several entries are offered may change without being told: the visitor decides. */
function kindOf(before: Outcome, after: Outcome): Change['kind'] | undefined {
  if (before.verdict === after.verdict) {
    return before.verdict === 'answer' && !isSame(before.entries, after.entries) ? 'answered otherwise' : undefined;
  }
  return ({ answer: 'newly answered', none: 'newly refused', choose: 'now offered a choice' } as const)[after.verdict];
}

function isRight({ verdict, entries }: Outcome, expected: readonly (readonly string[])[]): boolean {
  if (expected.length === 0) return verdict !== 'answer';
  return verdict === 'answer' && expected.some((one) => isSame(one, entries));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
