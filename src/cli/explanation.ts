import type { EntryScores, Explanation, Weighed } from '../core/matching/explain.ts';
import type { Rule } from '../core/matching/match.ts';
import { oneLine } from './lines.ts';

/** Explanations of all questions of a message, for reading: aligned, a block for each question. */
export function explanationText(message: string, parts: readonly Explanation[]): string {
  const [only] = parts;
  const isWhole = parts.length === 1 && only?.match.text === message;
  return [
    oneLine(message) || '(empty)',
    ...parts.flatMap((part, at) => [
      ...(isWhole ? [] : ['', `  question ${at + 1} of ${parts.length}: ${oneLine(part.match.text)}`]),
      ...block(part),
    ]),
    '',
  ].join('\n');
}

function block(explanation: Explanation) {
  const { match, inMessage, rule, normalized, bySound, repaired, concepts, calibration, weighed } = explanation;
  const { confidence, language, script, outOfScope } = match;
  const { offset, slope, answer, choose } = calibration;
  return [
    line('verdict', verdictText(match)),
    ...(inMessage ? [line('in message', `${verdictText(inMessage)}, read with what stands around it`)] : []),
    line('rule', ruleText(rule, confidence, answer, choose)),
    line('language', [language, script].filter(Boolean).join(', ')),
    line('normalised', normalized || '(nothing)'),
    ...(bySound === undefined ? [] : [line('by sound', bySound)]),
    line('repaired', repaired.map(({ written, read }) => `${written} -> ${read}`).join(', ') || '-'),
    line('concepts', concepts.join(', ') || '-'),
    ...(weighed ? figures(weighed, match.candidates) : []),
    line('calibration', `offset ${fixed(offset)}, slope ${fixed(slope)}`),
    line('thresholds', `answer from ${percent(answer)}, choose from ${percent(choose)}`),
    ...(outOfScope ? [line('refused as', outOfScope)] : []),
  ];
}

function verdictText({ verdict, entry, confidence, candidates }: Explanation['match']): string {
  const first = verdict === 'choose' ? candidates[0]?.entry : entry;
  return [verdict, first, percent(confidence)].filter(Boolean).join(' ');
}

function figures(weighed: Weighed, candidates: Explanation['match']['candidates']) {
  const { strength, p, margin, features, entries, nearest, outOfScope } = weighed;
  const confidenceOf = (id: string) => candidates.find(({ entry }) => entry === id)?.confidence;
  const width = Math.max(...entries.map(({ entry }) => entry.length), outOfScope?.entry.length ?? 0, 'entry'.length);
  const row = (one: EntryScores, confidence?: number) =>
    [
      one.entry.padEnd(width),
      ...[one.lexical, one.nearest, one.head, one.total].map((value) => (value?.toFixed(3) ?? '-').padStart(7)),
      (confidence === undefined ? '-' : percent(confidence)).padStart(10),
    ].join('  ');
  return [
    line('features', features.map(({ name, share }) => `${featureText(name)} ${percent(share)}`).join(', ') || '-'),
    line('nearest', `"${oneLine(nearest.question)}" (${nearest.entry}, ${nearest.cosine.toFixed(3)})`),
    line(
      'scores',
      `${'entry'.padEnd(width)}  ${['lexical', 'nearest', 'head', 'total'].map((head) => head.padStart(7)).join('  ')}  confidence`,
    ),
    ...entries.map((one) => line('', row(one, confidenceOf(one.entry)))),
    ...(outOfScope ? [line('out of scope', row(outOfScope))] : []),
    line('strength', `${fixed(strength)}, which the calibration makes ${percent(p)}`),
    line('margin', fixed(margin)),
  ];
}

/** Which rule decided, in words. */
function ruleText(rule: Rule, confidence: number, answer: number, choose: number): string {
  switch (rule) {
    case 'nothing-known':
      return 'nothing known: the knowledge has no part of this text';
    case 'exact':
      return 'exact question of the knowledge';
    case 'nearly-exact':
      return 'nearly exact question of the knowledge, and of one entry only';
    case 'over-answer':
      return `confidence ${percent(confidence)} is over the answer threshold ${percent(answer)}`;
    case 'between':
      return `confidence ${percent(confidence)} is between the thresholds ${percent(choose)} and ${percent(answer)}`;
    case 'subject':
      return 'subject alone: too short for a question, and the knowledge is about it';
    case 'exact-out-of-scope':
      return 'exact question of a topic out of scope';
    case 'under-choose':
      return `confidence ${percent(confidence)} is under the choose threshold ${percent(choose)}`;
  }
}

/** A feature as people read it: words bare, pairs of words with a space, pieces of words with … where they go on. */
function featureText(name: string): string {
  if (name.startsWith('=')) return name.slice(1).replace('=', ' ');
  if (/^[#\p{Script=Han}]/u.test(name)) return name;
  return `${name.startsWith(' ') ? '' : '…'}${name.trim()}${name.endsWith(' ') ? '' : '…'}`;
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(12)}  ${text}`.trimEnd();
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
