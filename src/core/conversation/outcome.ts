import type { Answers, Questionnaire, Step } from '../knowledge/questionnaire.ts';
import type { Choice } from '../message.ts';
import type { Effect } from './effect.ts';
import { decide, route } from './route.ts';
import { choice, control, entryChoice, type Piece, phrase, type Scene, say } from './scene.ts';
import { dateInWords } from './source.ts';

/** How many entries are offered below a result. */
const linkedEntries = 3;

/** The result of a questionnaire: outcome, reasons, what to read next, a consultant, and the answers to change. */
export function outcome(scene: Scene, questionnaire: Questionnaire, given: Answers): Effect {
  const { language } = scene.state;
  const { result, reason = '', adders, answers } = decide(questionnaire, given);
  const why = questionnaire.reasons[reason];
  const title = adders.findLast((adder) => adder.title)?.title ?? result.title;
  const reasons = [
    ...(why ? [{ ref: `reason:${reason}`, text: why[language] }] : []),
    ...adders.map((adder) => ({ ref: `adder:${adder.id}`, text: adder.text[language] })),
  ];
  const pieces: Piece[] = [
    { ref: `result:${result.id}`, text: `**${title[language]}**\n\n${result.text[language]}` },
    ...reasons,
    { ref: 'result.answers', text: answerList(scene, questionnaire, answers) },
  ];
  const urgent = result.consultant || adders.some((adder) => adder.consultant);
  return say(scene, pieces, {
    source: [
      phrase(scene, 'result.checked', { date: dateInWords(scene, questionnaire.as_of) }),
      phrase(scene, 'source.disclaimer'),
    ].join(phrase(scene, 'source.separator')),
    choices: resultChoices(scene, result.entries, urgent),
  });
}

function resultChoices(scene: Scene, entries: readonly string[], urgent: boolean): readonly Choice[] {
  const waiting = scene.state.activity.at === 'waiting';
  const consultant = waiting ? [] : [choice(scene, 'consultant', 'choice.consultant')];
  const links = entries
    .flatMap((id) => scene.knowledge.entries.get(id) ?? [])
    .slice(0, linkedEntries)
    .map((entry) => entryChoice(scene, entry));
  return [
    ...(urgent ? consultant : []),
    ...links,
    ...(urgent ? [] : consultant),
    control(scene, 'edit', 'choice.edit'),
    control(scene, 'restart', 'choice.restart'),
  ];
}

function answerList(scene: Scene, questionnaire: Questionnaire, answers: Answers): string {
  const lines = route(questionnaire, answers).path.map((step) => {
    const values = { step: step.label[scene.state.language], answer: answerText(scene, step, answers) };
    return `- ${phrase(scene, 'result.answer', values)}`;
  });
  return `${phrase(scene, 'result.answers')}\n\n${lines.join('\n')}`;
}

/** The picked options of a step in words. */
export function answerText(scene: Scene, step: Step, answers: Answers): string {
  const labels = step.options
    .filter(({ id }) => answers[step.id]?.includes(id))
    .map(({ label }) => label[scene.state.language]);
  return labels.join(phrase(scene, 'list.separator'));
}
