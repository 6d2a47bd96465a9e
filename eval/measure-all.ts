import { ablations } from './ablations.ts';
import { measureCost } from './cost.ts';
import { claimsOf, figuresOf } from './figures.ts';
import { matchers } from './matchers.ts';
import { type Material, measureWenda, publicFigures } from './measure-wenda.ts';
import { binsOf } from './metrics.ts';
import { measureOwn } from './own-set.ts';
import type { Costs, Report } from './report.ts';
import { sampleOf } from './sample.ts';
import { compare } from './side-by-side.ts';
import { measureLoss } from './slip-losses.ts';
import { homophones, traditional, typos } from './slips.ts';
import { wenda } from './wenda.ts';

/** How many questions all matchers are asked: fuse.js takes a quarter of a second for one. */
const compared = { inScope: 300, outOfScope: 100 };

/** Everything that is the same in each run. `say` is told what is being done. */
export async function measureAll(material: Material, say: (what: string) => void): Promise<Report> {
  say('Wenda');
  const measured = await measureWenda(material, 'full');
  const { own, leftOut } = measured;
  say('slips');
  const losses = await measureLosses(material);
  say('ablations');
  const without: Report['ablations'][number][] = [];
  for (const { name, build } of ablations)
    without.push({ name, own: (await measureOwn(await build(material.corpus), material.questions)).figures });
  const sideBySide: Record<string, Report['sideBySide'][string]> = {};
  const sampled = [
    { name: 'own questions', corpus: material.corpus, questions: material.questions },
    ...material.publicSets.map((set) => ({ name: set.name, corpus: set, questions: set.questions })),
  ];
  for (const { name, corpus, questions } of sampled) {
    say(`side by side: ${name}`);
    sideBySide[name] = await compare(corpus, sampleOf(questions, compared));
  }
  const sets = { 'own questions': own.judged, 'knowledge, left out': leftOut, ...measured.public };
  return {
    own: own.figures,
    leaveOneOut: figuresOf(leftOut),
    public: publicFigures(measured),
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

async function measureLosses({ corpus, questions, publicSets }: Material): Promise<Report['losses']> {
  const ask = await wenda.build(corpus);
  const slipped = ['typo', 'pinyin', 'homophone', 'traditional'];
  const written = questions.filter(({ category }) => !slipped.includes(category));
  const chinese = written.filter(({ language }) => language === 'zh');
  const sounds = homophones([
    ...corpus.entries.flatMap((entry) => entry.questions.zh),
    ...chinese.map(({ text }) => text),
  ]);
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
    losses[`typos, ${set.name}`] = await measureLoss(await wenda.build(set), set.questions, typos);
  return losses;
}
