import type { DeskItem } from '../../core/conversation/desk-item.ts';
import type { CaseChange, Effect, NewCase } from '../../core/conversation/effect.ts';
import type { Outgoing } from '../../core/message.ts';

const languages = { en: 'en', 'zh-Hans': 'zh', 'zh-Hant': 'zh-hant' } as const;

/** What follows from an action, as the lines of a dialog. Timers are not shown; nothing at all is `silence`. */
export function outcomeLines(effects: readonly Effect[]): readonly string[] {
  const lines = effects.flatMap(effectLines);
  return lines.length > 0 ? lines : ['silence'];
}

function effectLines(effect: Effect): readonly string[] {
  switch (effect.type) {
    case 'say':
      return sayLines(effect.message);
    case 'relay': {
      const { text, refs } = effect.message;
      const words = refs.includes('consultant') ? oneLine(text) : `[${refs.join(' + ')}]`;
      return [`to visitor (${effect.consultant.name}): ${words}`];
    }
    case 'open-case':
      return caseLines(effect.case);
    case 'update-case':
      return changeLines(effect.change);
    case 'desk':
      return deskLines(effect.item);
    case 'amend':
      return [`amended (${effect.consultant.name}): ${effect.message ? oneLine(effect.message.text) : 'taken back'}`];
    case 'feedback':
      return [`feedback: ${effect.entry} ${effect.helpful ? 'yes' : 'no'}`];
    case 'forget':
      return ['erased'];
    case 'set-timer':
    case 'clear-timer':
      return [];
  }
}

function sayLines({ language, refs, source, feedback, multiple, choices = [] }: Outgoing): readonly string[] {
  const parts = [source && 'source', feedback && 'feedback', multiple && 'multiple'].filter(Boolean);
  return [
    `bot ${languages[language]}: ${refs.join(' + ')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`,
    ...choices.map(({ id }, position) => `  ${position + 1} ${id}`),
  ];
}

function changeLines({ status, consultant }: CaseChange): readonly string[] {
  return status ? [`case ${status}${consultant ? `: ${consultant.name}` : ''}`] : [];
}

function deskLines(item: DeskItem): readonly string[] {
  if (item.kind !== 'refused') return [];
  return [`claim refused: ${item.to.name}${item.holder ? `, held by ${item.holder.name}` : ''}`];
}

function caseLines({ reason, question, facts: { topic, questionnaire } }: NewCase): readonly string[] {
  const answers = Object.entries(questionnaire?.answers ?? {}).map(([step, picked]) => `${step}=${picked.join('+')}`);
  return [
    `case opened: ${reason}`,
    ...(question ? [`  question: ${oneLine(question)}`] : []),
    ...(topic ? [`  topic: ${topic}`] : []),
    ...(questionnaire ? [`  questionnaire: ${questionnaire.id} ${answers.join(' ')}`.trimEnd()] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' / ');
}
