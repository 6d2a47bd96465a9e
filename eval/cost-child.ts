import { percentile } from '../bench/figures.ts';
import { loadQuestions } from '../src/knowledge/questions.ts';
import type { Cost } from './cost.ts';
import { matchers } from './matchers.ts';
import { readQuestions } from './read-questions.ts';

/** Messages asked before the clock counts, and how long (ms) the counting may take. */
const warmUp = 200;
const longest = 20_000;

const [name = '', knowledge = '', folder = ''] = process.argv.slice(2);
const matcher = matchers.find((known) => known.name === name);
if (!matcher) throw new Error(`no matcher "${name}"`);
const { entries } = await loadQuestions(knowledge);
const texts = (await readQuestions(folder, new Set(entries.map(({ id }) => id)))).map(({ text }) => text);

const memory = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};
const before = memory();
const began = performance.now();
const ask = await matcher.build(entries);
const build = performance.now() - began;
const built = memory() - before;

const slow = performance.now();
for (const text of texts.slice(0, warmUp)) if (performance.now() - slow < longest / 4) await ask(text);
const times: number[] = [];
const started = performance.now();
for (const text of texts) {
  if (performance.now() - started > longest) break;
  const asked = performance.now();
  await ask(text);
  times.push(performance.now() - asked);
}
const cost: Cost = { build, p50: percentile(times, 0.5), p99: percentile(times, 0.99), memory: built };
process.send?.(cost, () => process.disconnect?.());
