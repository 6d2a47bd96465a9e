import { askAll, type Figures, figuresOf } from './figures.ts';
import type { Asked, Judged } from './judge.ts';
import { matchers } from './matchers.ts';
import type { Half } from './question.ts';
import type { Corpus } from './reply.ts';
import { asCautious, bestF1, type Caution, judgeWith } from './thresholds.ts';

/** One matcher on one set. */
export interface Comparison {
  readonly matcher: string;
  /** What needs no threshold, of both halves. */
  readonly ranking: Pick<Figures, 'inScope' | 'outOfScope' | 'top1' | 'hit3' | 'auroc'>;
  /** With thresholds at which it goes wrong no more often than Wenda; Wenda with its own. */
  readonly asCautious: Figures;
  /** With the thresholds that are best for it. */
  readonly bestF1: Figures;
}

/** A question that belongs to a half. */
export interface Halved extends Asked {
  readonly half: Half;
}

/** Asks every matcher the same questions; thresholds are chosen on the dev half, figures are of the held-out one. */
export async function compare(corpus: Corpus, questions: readonly Halved[]): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  let caution: Caution | undefined;
  for (const { name, build } of matchers) {
    const judged = await askAll(await build(corpus), questions);
    const dev = halfOf(judged, 'dev');
    const heldOut = halfOf(judged, 'held-out');
    const best = figuresOf(judgeWith(heldOut, bestF1(dev)));
    const cautious = caution ? judgeWith(heldOut, asCautious(dev, caution)) : heldOut;
    caution ??= cautionOf(figuresOf(dev));
    const { inScope, outOfScope, top1, hit3, auroc } = figuresOf(judged);
    comparisons.push({
      matcher: name,
      ranking: { inScope, outOfScope, top1, hit3, auroc },
      asCautious: figuresOf(cautious),
      bestF1: best,
    });
  }
  return comparisons;
}

function halfOf(judged: readonly Judged<Halved>[], half: Half): readonly Judged<Halved>[] {
  return judged.filter(({ question }) => question.half === half);
}

function cautionOf({ answeredWrong, outAnswered, outOffered }: Figures): Caution {
  return { answeredWrong: answeredWrong ?? 0, outAnswered: outAnswered ?? 0, outOffered: outOffered ?? 0 };
}
