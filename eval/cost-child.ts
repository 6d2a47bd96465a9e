import { setImmediate } from 'node:timers/promises';
import { percentile } from '../bench/figures.ts';
import { loadQuestions } from '../src/knowledge/questions.ts';
import type { Cost } from './cost.ts';
import { matchers } from './matchers.ts';
import { readQuestions } from './read-questions.ts';

/** Each message is asked so often, and the shortest time counts: others may be at work on the machine. */
const rounds = 3;

/** Milliseconds that a round may take. */
const longest = 20_000;

const [name = '', knowledge = '', folder = ''] = process.argv.slice(2);
const matcher = matchers.find((known) => known.name === name);
if (!matcher) throw new Error(`no matcher "${name}"`);
const { entries, options } = await loadQuestions(knowledge);
const texts = (await readQuestions(folder, new Set(entries.map(({ id }) => id)))).map(({ text }) => text);

const memory = async () => {
  // Buffers are given back after a collection, not in it.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};
const before = await memory();
const began = process.cpuUsage();
const ask = await matcher.build({ entries, options });
const { user, system } = process.cpuUsage(began);
const built = (await memory()) - before;

const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  const started = performance.now();
  for (const [at, text] of texts.entries()) {
    const asked = performance.now();
    if (asked - started > longest) break;
    await ask(text);
    times[at] = Math.min(times[at] ?? Number.POSITIVE_INFINITY, performance.now() - asked);
  }
}
const cost: Cost = {
  build: (user + system) / 1_000,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  memory: built,
};
process.send?.(cost, () => process.disconnect?.());
