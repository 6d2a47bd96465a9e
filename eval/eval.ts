import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadQuestions } from '../src/knowledge/questions.ts';
import { type Baseline, findFalls } from './baseline.ts';
import { toMarkdown } from './markdown.ts';
import { baselineFigures, type Material, measureWenda } from './measure-wenda.ts';
import { errorLines, measureOwn } from './own-set.ts';
import { readPublicSets } from './public-sets.ts';
import { readQuestions } from './read-questions.ts';
import { toSvg } from './reliability.ts';
import { toJson } from './report.ts';
import { wenda } from './wenda.ts';

const baselineFile = 'eval/baseline.json';
const reportFolder = 'eval/report';

const { values: given } = parseArgs({
  options: {
    knowledge: { type: 'string', default: 'knowledge' },
    questions: { type: 'string', default: 'test/questions' },
    check: { type: 'boolean' },
    update: { type: 'boolean' },
    errors: { type: 'boolean' },
  },
});

const { entries, options, problems } = await loadQuestions(given.knowledge);
if (problems.length > 0) throw new Error('the knowledge has errors: npm run wenda -- check');
const material: Material = {
  corpus: { entries, options },
  questions: await readQuestions(given.questions, new Set(entries.map(({ id }) => id))),
  publicSets: await readPublicSets('test/public'),
};

if (given.errors) await printErrors();
else if (given.check) await check();
else if (given.update) await update();
else await writeReport();

async function printErrors(): Promise<void> {
  const { judged } = await measureOwn(await wenda.build(material.corpus), material.questions);
  for (const line of errorLines(judged)) console.log(line);
}

async function check(): Promise<void> {
  const falls = findFalls(await readBaseline(), baselineFigures(await measureWenda(material, 'full')));
  for (const fall of falls) console.error(fall);
  if (falls.length > 0) process.exitCode = 1;
  else console.log('no figure fell below its baseline');
}

async function update(): Promise<void> {
  const { tolerance } = await readBaseline();
  const figures = baselineFigures(await measureWenda(material, 'full'));
  await writeFile(baselineFile, `${JSON.stringify({ tolerance, figures }, null, 2)}\n`);
  console.log(`${baselineFile} written`);
}

async function writeReport(): Promise<void> {
  // Loaded only here: NLP.js takes seconds to load and writes to the terminal.
  const { measureAll, measureCosts } = await import('./measure-all.ts');
  const report = await measureAll(material, (what) => console.log(`measuring: ${what}`));
  console.log('measuring: time and memory');
  const costs = await measureCosts(given.knowledge, given.questions);
  await mkdir(reportFolder, { recursive: true });
  await writeFile(`${reportFolder}/report.md`, toMarkdown(report, costs));
  await writeFile(`${reportFolder}/report.json`, toJson(report));
  await writeFile(`${reportFolder}/times.json`, `${JSON.stringify(costs, null, 2)}\n`);
  await writeFile(`${reportFolder}/reliability.svg`, toSvg(report.reliability));
  console.log(`${reportFolder}/report.md written`);
}

async function readBaseline(): Promise<Baseline> {
  return JSON.parse(await readFile(baselineFile, 'utf8')) as Baseline;
}
