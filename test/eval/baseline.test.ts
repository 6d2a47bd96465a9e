import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Baseline, findFalls } from '../../eval/baseline.ts';
import { baselineFigures, measureWenda } from '../../eval/measure-wenda.ts';
import { readPublicSets } from '../../eval/public-sets.ts';
import { readQuestions } from '../../eval/read-questions.ts';
import { loadQuestions } from '../../src/knowledge/questions.ts';

const tolerance = { shares: 0.005, calibrationError: 0.01 };

test('a fall beyond the tolerance is named, in the direction that is worse', () => {
  const figures = { 'own.all.helped': 0.9, 'own.all.answeredWrong': 0.01, 'own.all.calibrationError': 0.05 };
  const falls = (measured: Record<string, number>) => findFalls({ tolerance, figures }, { ...figures, ...measured });
  expect(falls({})).toEqual([]);
  expect(falls({ 'own.all.helped': 0.95, 'own.all.answeredWrong': 0, 'own.all.calibrationError': 0 })).toEqual([]);
  expect(falls({ 'own.all.helped': 0.895 })).toEqual([]);
  expect(falls({ 'own.all.helped': 0.894 })).toEqual(['own.all.helped: 0.9 before, 0.894 now (tolerance 0.005)']);
  expect(falls({ 'own.all.answeredWrong': 0.016 })).toHaveLength(1);
  expect(falls({ 'own.all.calibrationError': 0.0599 })).toEqual([]);
});

test('a figure that is not measured any more is named', () => {
  expect(findFalls({ tolerance, figures: { 'own.all.helped': 0.9 } }, {})).toEqual([
    'own.all.helped: 0.9 before, not measured now',
  ]);
});

test('the shipped knowledge and the matcher answer as well as the baseline says', async () => {
  const baseline = JSON.parse(await readFile('eval/baseline.json', 'utf8')) as Baseline;
  const { entries, options } = await loadQuestions('knowledge');
  const questions = await readQuestions('test/questions', new Set(entries.map(({ id }) => id)));
  const publicSets = await readPublicSets('test/public');
  const measured = baselineFigures(
    await measureWenda({ corpus: { entries, options }, questions, publicSets }, 'quick'),
  );
  const quick = Object.entries(baseline.figures).filter(([place]) => !place.startsWith('knowledge.'));
  expect(quick.length).toBeGreaterThan(0);
  expect(findFalls({ ...baseline, figures: Object.fromEntries(quick) }, measured)).toEqual([]);
}, 60_000);
