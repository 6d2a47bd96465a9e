import { answerText } from '../core/conversation/outcome.ts';
import { route } from '../core/conversation/route.ts';
import { titleOf } from '../core/conversation/scene.ts';
import { newState } from '../core/conversation/state.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import { bulleted, plainText } from '../core/markdown.ts';
import type { Language } from '../core/message.ts';
import type { Case, CaseView, Insertable } from '../ports.ts';

/** What a card shows beside the stored case: everything that the knowledge has words for, in both languages. */
export function createView(
  knowledge: Knowledge,
): (found: Case) => Pick<CaseView, 'answers' | 'matched' | 'topicTitle'> {
  return ({ facts: { topic, matches = [], questionnaire } }) => ({
    answers: both((language) => answersIn(knowledge, language, questionnaire)),
    matched: matches.map((match) => ({
      ...match,
      title: both((language) => titleIn(knowledge, language, match.entry)),
    })),
    ...(topic && { topicTitle: both((language) => titleIn(knowledge, language, topic)) }),
  });
}

function answersIn(knowledge: Knowledge, language: Language, given: Case['facts']['questionnaire']) {
  const questionnaire = given && knowledge.questionnaires.get(given.id);
  if (!questionnaire) return [];
  const scene = { knowledge, state: newState(language), id: '', at: 0 };
  return route(questionnaire, given.answers).path.map((step) => ({
    step: step.label[language],
    answer: answerText(scene, step, given.answers),
  }));
}

function titleIn(knowledge: Knowledge, language: Language, id: string): string {
  const entry = knowledge.entries.get(id);
  return entry ? titleOf({ state: newState(language) }, entry) : id;
}

/** The entries whose answers a consultant may insert: those that say something. */
export function insertableOf(knowledge: Knowledge): readonly Insertable[] {
  return [...knowledge.entries.values()]
    .filter(({ status, answer }) => status !== 'meta' && (answer.en || answer.zh))
    .map(({ id, answer, as_of: asOf }) => ({
      id,
      title: both((language) => titleIn(knowledge, language, id)),
      text: both((language) => (answer[language] === undefined ? undefined : plainText(answer[language], bulleted))),
      asOf: asOf ?? '',
    }));
}

function both<T>(of: (language: Language) => T): Readonly<Record<Language, T>> {
  return { en: of('en'), zh: of('zh') };
}
