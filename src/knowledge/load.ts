import { checkAnswers } from '../core/knowledge/check-answers.ts';
import { checkEntries, duplicateIds, unnamedTopics } from '../core/knowledge/check-entries.ts';
import { checkAgreement, checkBareFigures } from '../core/knowledge/check-figures.ts';
import { checkPhrases } from '../core/knowledge/check-phrases.ts';
import { checkQuestionnaire } from '../core/knowledge/check-questionnaire.ts';
import { checkQuestions, wordedQuestions } from '../core/knowledge/check-questions.ts';
import { checkWording } from '../core/knowledge/check-wording.ts';
import { type Entry, entrySchema } from '../core/knowledge/entry.ts';
import type { Finding, Sourced } from '../core/knowledge/finding.ts';
import { hoursSchema } from '../core/knowledge/hours-file.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import { checkLexicon, lexiconSchema } from '../core/knowledge/lexicon.ts';
import { checkOutOfScope, type OutOfScopeTopic, outOfScopeSchema } from '../core/knowledge/out-of-scope.ts';
import { phrasesSchema } from '../core/knowledge/phrases.ts';
import { questionnaireSchema } from '../core/knowledge/questionnaire.ts';
import { checkReplies, repliesSchema, replyTexts } from '../core/knowledge/reply.ts';
import { answerText, phrasesTexts, questionnaireTexts } from '../core/knowledge/texts.ts';
import { checkTranslations, type Translations, translationsSchema } from '../core/knowledge/translations.ts';
import { entryFiles, optionalFile, phrasesFile, questionnaireFiles, translationsName } from './files.ts';
import { folderProblem, readFiles } from './folder.ts';
import { locate, parseFiles } from './parse.ts';
import { hasErrors, type Problem, sortProblems } from './problem.ts';
import { reviewDays } from './reviews.ts';
import { markOf } from './translations.ts';

/** What the knowledge was made from, for checks that need more time. */
export interface KnowledgeSources {
  readonly entries: readonly Sourced<Entry>[];
  readonly outOfScope: readonly Sourced<readonly OutOfScopeTopic[]>[];
  readonly translations: Translations;
  /** Findings with their lines. */
  locate(findings: readonly Finding[]): readonly Problem[];
  lineOf(file: string, path: readonly PropertyKey[]): number;
}

/** The knowledge, with warnings at most; or no knowledge, and every problem of every file at once. */
export type Loaded =
  | { readonly knowledge: Knowledge; readonly problems: readonly Problem[]; readonly sources: KnowledgeSources }
  | { readonly knowledge: undefined; readonly problems: readonly Problem[]; readonly sources?: undefined };

/**
 * Reads and checks a folder of knowledge. Phrases and questionnaires that it lacks are those that come with the
 * program. `now` (ms) decides which reviews are overdue. Rejects never: what cannot be read is a problem.
 */
export async function loadKnowledge(dir: string, now: number = Date.now()): Promise<Loaded> {
  const names = await entryFiles(dir);
  if (names.length === 0) return { knowledge: undefined, problems: [await folderProblem(dir)] };
  const questionnaireNames = await questionnaireFiles(dir);
  const entrySources = await readFiles(names);
  const questionnaireSources = await readFiles(questionnaireNames.files);
  const englishSource = await readFiles([await phrasesFile(dir, 'en.yaml')]);
  const chineseSource = await readFiles([await phrasesFile(dir, 'zh.yaml')]);

  const outOfScopeSource = await readFiles(await optionalFile(dir, 'out-of-scope.yaml'));
  const lexiconSource = await readFiles(await optionalFile(dir, 'lexicon.yaml'));
  const hoursSource = await readFiles(await optionalFile(dir, 'hours.yaml'));
  const repliesSource = await readFiles(await optionalFile(dir, 'replies.yaml'));
  const translationsSource = await readFiles(await optionalFile(dir, translationsName));

  const entries = parseFiles(entrySources, entrySchema);
  const questionnaires = parseFiles(questionnaireSources, questionnaireSchema);
  const english = parseFiles(englishSource, phrasesSchema);
  const chinese = parseFiles(chineseSource, phrasesSchema);
  const outOfScope = parseFiles(outOfScopeSource, outOfScopeSchema);
  const lexicon = parseFiles(lexiconSource, lexiconSchema);
  const hours = parseFiles(hoursSource, hoursSchema);
  const replies = parseFiles(repliesSource, repliesSchema);
  const translations = parseFiles(translationsSource, translationsSchema);
  const [en] = english.good;
  const [zh] = chinese.good;

  // An entry that could not be read still exists: what refers to it is not wrong.
  const known = new Set([
    ...entries.good.map(({ value }) => value.id),
    ...entrySources.map(({ value, file }) => idOf(value) ?? file.replace(/^.*[\\/]|\.\w+$/g, '')),
  ]);
  const texts = [...entries.good.map(answerText), ...questionnaires.good.flatMap(questionnaireTexts)];
  const saved = replies.good.flatMap(replyTexts);
  const asked = entries.good.flatMap((entry) => wordedQuestions(entry));
  const findings: readonly Finding[] = [
    ...duplicateIds(entries.good),
    ...duplicateIds(questionnaires.good),
    ...checkEntries(entries.good, known),
    ...checkQuestions(asked),
    ...outOfScope.good.flatMap((topics) => checkOutOfScope(topics, entries.good, asked)),
    ...lexicon.good.flatMap(checkLexicon),
    ...checkAnswers(entries.good, reviewDays(now)),
    ...[...texts, ...saved].flatMap(checkWording),
    ...replies.good.flatMap(checkReplies),
    ...texts.flatMap(checkAgreement),
    ...checkBareFigures(entries.good),
    ...translations.good.flatMap(({ value }) => checkTranslations(entries.good, value, markOf)),
    ...(en && zh
      ? [
          ...phrasesTexts({ en, zh }).flatMap(checkWording),
          ...checkPhrases({ en, zh }),
          ...unnamedTopics(entries.good, new Set(Object.keys({ ...en.value.topics, ...zh.value.topics }))),
        ]
      : []),
    ...questionnaires.good.flatMap((one) => checkQuestionnaire(one, questionnaireNames.own ? known : undefined)),
  ];
  const sources = [
    ...entrySources,
    ...questionnaireSources,
    ...englishSource,
    ...chineseSource,
    ...outOfScopeSource,
    ...lexiconSource,
    ...hoursSource,
    ...repliesSource,
    ...translationsSource,
  ];
  const problems = sortProblems([
    ...[entries, questionnaires, english, chinese, outOfScope, lexicon, hours, replies, translations].flatMap(
      (parsed) => parsed.problems,
    ),
    ...locate(sources, findings),
  ]);
  if (!en || !zh || hasErrors(problems)) return { knowledge: undefined, problems };
  const knowledge: Knowledge = {
    entries: new Map(entries.good.map(({ value }) => [value.id, value])),
    outOfScope: new Map(outOfScope.good.flatMap(({ value }) => value).map((topic) => [topic.id, topic])),
    concepts: lexicon.good[0]?.value.concepts ?? {},
    questionnaires: new Map(questionnaires.good.map(({ value }) => [value.id, value])),
    phrases: { en: en.value, zh: zh.value },
    ...(hours.good[0] && { hours: hours.good[0].value }),
    ...(replies.good[0] && { replies: replies.good[0].value }),
  };
  return {
    knowledge,
    problems,
    sources: {
      entries: entries.good,
      outOfScope: outOfScope.good,
      translations: translations.good[0]?.value ?? {},
      locate: (found) => locate(sources, found),
      lineOf: (file, path) => sources.find((source) => source.file === file)?.lineOf(path) ?? 1,
    },
  };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : undefined;
}
