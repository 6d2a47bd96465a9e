import { cpus, totalmem } from 'node:os';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { baselineTime, diskTimes, percentile, report } from './figures.ts';
import { measureMatching } from './matching.ts';
import { measureProgram } from './program.ts';
import { measureSlack } from './slack.ts';
import { measureThroughput } from './throughput.ts';
import { measureWechat } from './wechat.ts';

const { knowledge } = await loadKnowledge('knowledge');
if (!knowledge) throw new Error('the knowledge has errors: npm run wenda -- check');
const baseline = baselineTime();
const disk = await diskTimes();
const figures = [
  { what: 'for comparison: durable write of 4 KiB, p50', value: percentile(disk, 0.5), unit: 'ms' },
  { what: 'for comparison: durable write of 4 KiB, p99', value: percentile(disk, 0.99), unit: 'ms' },
  ...(await measureProgram()),
  ...(await measureSlack()),
  ...measureMatching(knowledge),
  ...(await measureThroughput(knowledge)),
  ...(await measureWechat()),
];
console.log(
  `Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; baseline ${Math.round(baseline)} ms\n`,
);
console.log(report(figures, baseline));
