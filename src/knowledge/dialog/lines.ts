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
      return [`to visitor (${effect.consultant.name}): ${words}`, ...choiceLines(effect.message)];
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

function sayLines(message: Outgoing): readonly string[] {
  const { language, refs, source, feedback, multiple } = message;
  const parts = [source && 'source', feedback && 'feedback', multiple && 'multiple'].filter(Boolean);
  return [
    `bot ${languages[language]}: ${refs.join(' + ')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`,
    ...choiceLines(message),
  ];
}

function choiceLines({ choices = [] }: Outgoing): readonly string[] {
  return choices.map(({ id }, position) => `  ${position + 1} ${withoutCase(id)}`);
}

/** A choice about the visitor's case, which has another id each time. */
function withoutCase(id: string): string {
  return id.replace(/^(reopen|close|keep):.*$/, '$1');
}

function changeLines({ status, consultant, facts }: CaseChange): readonly string[] {
  const { contact, domain } = facts ?? {};
  const details = [contact && `contact ${contact}`, domain && `domain ${domain}`].filter(Boolean);
  return [
    ...(status ? [`case ${status}${consultant ? `: ${consultant.name}` : ''}`] : []),
    ...(details.length > 0 ? [`case details: ${details.join(', ')}`] : []),
  ];
}

/** What the desk is shown; what another line says already is left out. */
function deskLines(item: DeskItem): readonly string[] {
  switch (item.kind) {
    case 'visitor':
      return [`desk visitor: ${oneLine(item.text)}`];
    case 'visitor-edited':
      return [`desk visitor edited: ${item.text === undefined ? 'taken back' : oneLine(item.text)}`];
    case 'note':
      return [`desk note (${item.consultant.name}): ${oneLine(item.text)}`];
    case 'consultant-edited':
      return [`desk edited (${item.consultant.name}): ${item.text === undefined ? 'taken back' : oneLine(item.text)}`];
    case 'refused':
      return [`desk refuses (${item.to.name}): ${item.why}${item.holder ? `, ${item.holder.name} has it` : ''}`];
    case 'alert':
      return [`desk alert: ${[item.alert, ...(item.mention ?? [])].join(' @')}`];
    case 'rated':
      return [`desk: rated ${item.helpful ? 'yes' : 'no'}`];
    case 'paged':
    case 'snoozed':
    case 'reopened':
    case 'expired':
    case 'details':
    case 'erased':
      return [`desk: ${item.kind}`];
    case 'bot':
    case 'consultant':
    case 'claimed':
    case 'released':
    case 'resolved':
    case 'transferred':
    case 'withdrawn':
    case 'mark':
      return [];
  }
}

function caseLines({ reason, question, facts }: NewCase): readonly string[] {
  const { topic, questionnaire, contact, domain } = facts;
  const answers = Object.entries(questionnaire?.answers ?? {}).map(([step, picked]) => `${step}=${picked.join('+')}`);
  return [
    `case opened: ${reason}`,
    ...(question ? [`  question: ${oneLine(question)}`] : []),
    ...(contact ? [`  contact: ${contact}`] : []),
    ...(domain ? [`  domain: ${domain}`] : []),
    ...(topic ? [`  topic: ${topic}`] : []),
    ...(questionnaire ? [`  questionnaire: ${questionnaire.id} ${answers.join(' ')}`.trimEnd()] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' / ');
}
