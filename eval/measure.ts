import type { MatchableEntry } from '../src/core/matching/build-index.ts';
import { ablations } from './ablations.ts';
import { type FlatFigures, flatten } from './baseline.ts';
import { measureCost } from './cost.ts';
import { askAll, claimsOf, type Figures, figuresOf } from './figures.ts';
import type { Judged } from './judge.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { matchers } from './matchers.ts';
import { binsOf } from './metrics.ts';
import { measureOwn } from './own-set.ts';
import type { PublicSet } from './public-sets.ts';
import type { Question } from './question.ts';
import type { Costs, Report } from './report.ts';
import { sampleOf } from './sample.ts';
import { compare } from './side-by-side.ts';
import { measureLoss } from './slip-losses.ts';
import { homophones, traditional, typos } from './slips.ts';
import { wenda } from './wenda.ts';

/** What is measured on. */
export interface Material {
  readonly entries: readonly MatchableEntry[];
  readonly questions: readonly Question[];
  readonly publicSets: readonly PublicSet[];
}

/** How many questions all matchers are asked: fuse.js takes half a second for one. */
const compared = { inScope: 300, outOfScope: 100 };

/** Asks the own questions and the public sets, and the knowledge itself too unless only what is quick is wanted. */
export async function measureWenda({ entries, questions, publicSets }: Material, extent: 'quick' | 'full') {
  const own = await measureOwn(await wenda.build(entries), questions);
  const judged: Record<string, readonly Judged[]> = {};
  for (const set of publicSets) judged[set.name] = await askAll(await wenda.build(set.entries), set.questions);
  const leftOut = extent === 'full' ? await leaveOneOut(entries) : [];
  return { own, leftOut, judged };
}

/** What is held against the baseline. */
export function baselineFigures({ own, leftOut, judged }: Awaited<ReturnType<typeof measureWenda>>): FlatFigures {
  const { all, dev, 'held-out': heldOut } = own.figures;
  return flatten({
    'own.all': all,
    'own.dev': dev,
    'own.held-out': heldOut,
    ...(leftOut.length > 0 && { 'knowledge.left-out': figuresOf(leftOut) }),
    ...publicFigures(judged),
  });
}

/** Everything that is the same in each run. `say` is told what is being done. */
export async function measureAll(material: Material, say: (what: string) => void): Promise<Report> {
  say('Wenda');
  const { own, leftOut, judged } = await measureWenda(material, 'full');
  say('slips');
  const losses = await measureLosses(material);
  say('ablations');
  const without: Report['ablations'][number][] = [];
  for (const { name, build } of ablations)
    without.push({ name, own: (await measureOwn(await build(material.entries), material.questions)).figures });
  const sideBySide: Record<string, Report['sideBySide'][string]> = {};
  for (const { name, entries, questions } of [{ name: 'own questions', ...material }, ...material.publicSets]) {
    say(`side by side: ${name}`);
    sideBySide[name] = await compare(entries, sampleOf(questions, compared));
  }
  const sets = { 'own questions': own.judged, 'knowledge, left out': leftOut, ...judged };
  return {
    own: own.figures,
    leaveOneOut: figuresOf(leftOut),
    public: publicFigures(judged),
    losses,
    sideBySide,
    ablations: without,
    reliability: Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, binsOf(claimsOf(set))])),
  };
}

/** Time and memory of every matcher. */
export async function measureCosts(knowledge: string, questions: string): Promise<Costs> {
  const costs: Record<string, Costs[string]> = {};
  for (const { name } of matchers) costs[name] = await measureCost(name, knowledge, questions);
  return costs;
}

function publicFigures(judged: Readonly<Record<string, readonly Judged[]>>): Readonly<Record<string, Figures>> {
  return Object.fromEntries(Object.entries(judged).map(([name, set]) => [name, figuresOf(set)]));
}

async function measureLosses({ entries, questions, publicSets }: Material): Promise<Report['losses']> {
  const ask = await wenda.build(entries);
  const slipped = ['typo', 'pinyin', 'homophone', 'traditional'];
  const written = questions.filter(({ category }) => !slipped.includes(category));
  const chinese = written.filter(({ language }) => language === 'zh');
  const sounds = homophones([...entries.flatMap((entry) => entry.questions.zh), ...chinese.map(({ text }) => text)]);
  const losses: Record<string, Report['losses'][string]> = {
    typos: await measureLoss(
      ask,
      written.filter(({ language }) => language === 'en'),
      typos,
    ),
    'traditional script': await measureLoss(ask, chinese, traditional),
    homophones: await measureLoss(ask, chinese, sounds),
  };
  for (const set of publicSets)
    losses[`typos, ${set.name}`] = await measureLoss(await wenda.build(set.entries), set.questions, typos);
  return losses;
}
