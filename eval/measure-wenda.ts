import { type FlatFigures, flatten } from './baseline.ts';
import { askAll, type Figures, figuresOf } from './figures.ts';
import type { Judged } from './judge.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { measureOwn, type OwnFigures } from './own-set.ts';
import type { PublicSet } from './public-sets.ts';
import type { Question } from './question.ts';
import type { Corpus } from './reply.ts';
import { wenda } from './wenda.ts';

/** What is measured on. */
export interface Material {
  readonly corpus: Corpus;
  readonly questions: readonly Question[];
  readonly publicSets: readonly PublicSet[];
}

/** What became of the own questions, of those of the knowledge (empty when only what is quick was wanted), of the public sets. */
export interface Measured {
  readonly own: { readonly judged: readonly Judged<Question>[]; readonly figures: OwnFigures };
  readonly leftOut: readonly Judged[];
  readonly public: Readonly<Record<string, readonly Judged[]>>;
}

/** Asks Wenda. Leaving out the questions of the knowledge takes longer than all the rest. */
export async function measureWenda(
  { corpus, questions, publicSets }: Material,
  extent: 'quick' | 'full',
): Promise<Measured> {
  const own = await measureOwn(await wenda.build(corpus), questions);
  const judged: Record<string, readonly Judged[]> = {};
  for (const set of publicSets) judged[set.name] = await askAll(await wenda.build(set), set.questions);
  return { own, leftOut: extent === 'full' ? await leaveOneOut(corpus) : [], public: judged };
}

/** The figures of the public sets, by their names. */
export function publicFigures(measured: Measured): Readonly<Record<string, Figures>> {
  return Object.fromEntries(Object.entries(measured.public).map(([name, judged]) => [name, figuresOf(judged)]));
}

/** What is held against the baseline. */
export function baselineFigures(measured: Measured): FlatFigures {
  const { all, dev, 'held-out': heldOut } = measured.own.figures;
  return flatten({
    'own.all': all,
    'own.dev': dev,
    'own.held-out': heldOut,
    ...(measured.leftOut.length > 0 && { 'knowledge.left-out': figuresOf(measured.leftOut) }),
    ...publicFigures(measured),
  });
}
