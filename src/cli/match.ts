import { once } from 'node:events';
import { buildIndex, type MatchIndex } from '../core/matching/build-index.ts';
import { explain } from '../core/matching/explain.ts';
import type { Match } from '../core/matching/types.ts';
import { understand } from '../core/matching/understand.ts';
import { problemLine } from '../knowledge/problem.ts';
import { loadQuestions } from '../knowledge/questions.ts';
import type { Given } from './commands.ts';
import { explanationText } from './explanation.ts';
import { knowledgeDir } from './knowledge-dir.ts';
import { linesOf, oneLine } from './lines.ts';

/** Matches each line of stdin to an entry; writes one line or explanation each. Exit code 1 when entries are wrong. */
export async function run(given: Given): Promise<number> {
  const { json, explain: why } = given.options;
  const { entries, options, problems } = await loadQuestions(knowledgeDir(given));
  for (const problem of problems) console.error(problemLine(problem));
  if (problems.length > 0) return 1;
  const index = buildIndex(entries, options);
  for await (const line of linesOf(process.stdin)) {
    const text = messageOf(line);
    const written = why ? explained(index, text, json === true) : matched(index, text, json === true);
    if (!process.stdout.write(`${written}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

function matched(index: MatchIndex, text: string, json: boolean): string {
  const began = performance.now();
  const found = firstOf(understand(index, text));
  const ms = performance.now() - began;
  return json ? jsonLine(text, found, ms) : readableLine(text, found);
}

function explained(index: MatchIndex, text: string, json: boolean): string {
  const parts = explain(index, text);
  return json ? withoutLineEnds(JSON.stringify({ text, parts })) : explanationText(text, parts);
}

/** Of several questions in one message the first that can be answered. */
function firstOf(matches: readonly Match[]): Match {
  const [first] = matches;
  const answered = matches.find(({ verdict }) => verdict === 'answer') ?? first;
  if (!answered) throw new Error('a message without a match: understand gives at least one');
  return answered;
}

/** The message that a line holds: a JSON string, or the line as it is. */
export function messageOf(line: string): string {
  if (!line.startsWith('"')) return line;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : line;
  } catch {
    return line;
  }
}

/** The line of `--json`, as other programs rely on it. */
export function jsonLine(text: string, found: Match, ms: number): string {
  const { language, verdict, entry, confidence, candidates } = found;
  const line = JSON.stringify({
    text,
    language,
    verdict,
    entry,
    confidence: rounded(confidence, 4),
    candidates: candidates.map((one) => ({ entry: one.entry, confidence: rounded(one.confidence, 4) })),
    ms: rounded(ms, 3),
  });
  return withoutLineEnds(line);
}

/** JSON allows these characters inside a string, but many readers of lines end one there. */
function withoutLineEnds(json: string): string {
  return json.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readableLine(text: string, { verdict, candidates }: Match): string {
  const named = candidates.map(({ entry, confidence }) => `${entry} ${Math.round(confidence * 100)}%`);
  const shown = verdict === 'answer' ? named.slice(0, 1) : named;
  return `${verdict.padEnd(6)}  ${oneLine(text)}${shown.length > 0 ? `  ->  ${shown.join(', ')}` : ''}`;
}

function rounded(value: number, places: number): number {
  return Number(value.toFixed(places));
}
