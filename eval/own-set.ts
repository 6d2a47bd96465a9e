import { askAll, type Figures, figuresOf } from './figures.ts';
import type { Judged } from './judge.ts';
import { categories, languages, type Question } from './question.ts';
import type { Ask } from './reply.ts';

/** The figures of the own questions, as a whole and in parts. */
export interface OwnFigures {
  readonly all: Figures;
  readonly dev: Figures;
  readonly 'held-out': Figures;
  readonly categories: Readonly<Record<string, Figures>>;
  readonly languages: Readonly<Record<string, Figures>>;
}

/** Asks the own questions and counts. */
export async function measureOwn(
  ask: Ask,
  questions: readonly Question[],
): Promise<{ readonly judged: readonly Judged<Question>[]; readonly figures: OwnFigures }> {
  const judged = await askAll(ask, questions);
  const where = (wanted: (question: Question) => boolean) =>
    figuresOf(judged.filter(({ question }) => wanted(question)));
  const figures: OwnFigures = {
    all: figuresOf(judged),
    dev: where(({ half }) => half === 'dev'),
    'held-out': where(({ half }) => half === 'held-out'),
    categories: Object.fromEntries(
      categories
        .filter((name) => questions.some(({ category }) => category === name))
        .map((name) => [name, where(({ category }) => category === name)]),
    ),
    languages: Object.fromEntries(
      languages
        .filter((name) => questions.some(({ language }) => language === name))
        .map((name) => [name, where(({ language }) => language === name)]),
    ),
  };
  return { judged, figures };
}

/** What went wrong in the dev half, one line each: to be looked at. The held-out half stays unseen. */
export function errorLines(judged: readonly Judged<Question>[]): readonly string[] {
  const good = (one: Judged<Question>) => {
    const { outcome, question } = one;
    return outcome === 'right' || (question.expected.length === 0 && outcome === 'refused');
  };
  return judged
    .filter((one) => one.question.half === 'dev' && !good(one))
    .map(({ question, reply, outcome }) => {
      const expected = question.expected.map((right) => right.join('|')).join('+') || '-';
      const got = reply.answered.length > 0 ? reply.answered.join('+') : `(${reply.ranked.slice(0, 3).join(', ')})`;
      const text = question.text.replaceAll('\n', '\\n');
      return [outcome, question.category, expected, got, reply.confidence.toFixed(3), text].join('\t');
    })
    .toSorted();
}
