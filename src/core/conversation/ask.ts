import type { Answers, Questionnaire, Step } from '../knowledge/questionnaire.ts';
import type { Choice } from '../message.ts';
import { answerText, outcome } from './outcome.ts';
import { expectedSteps, relevant, route } from './route.ts';
import { choice, control, inLanguage, type Piece, phrase, type Scene, say, spoken, type Turn } from './scene.ts';
import { type Asking, askingOf, settled, withAsking } from './state.ts';

/** The questionnaire of an `Asking`; undefined when a new version of the knowledge no longer has it. */
function questionnaireOf({ knowledge }: Scene, asking: Asking): Questionnaire | undefined {
  return knowledge.questionnaires.get(asking.questionnaire);
}

/** The step being asked: the one that is edited, or the first without an answer. */
export function currentStep(scene: Scene, asking: Asking): Step | undefined {
  const questionnaire = questionnaireOf(scene, asking);
  if (!questionnaire) return undefined;
  const edited = questionnaire.steps.find(({ id }) => id === asking.editing);
  return edited ?? route(questionnaire, asking.answers).next;
}

/** Begins the first questionnaire (or the named one), or offers to go on where it was left. */
export function startQuestionnaire(scene: Scene, id?: string): Turn {
  const { knowledge, state } = scene;
  const questionnaire = id ? knowledge.questionnaires.get(id) : [...knowledge.questionnaires.values()][0];
  if (!questionnaire) return [state, [say(scene, [spoken(scene, 'asking.nothing')])]];
  if (askingOf(state)?.questionnaire === questionnaire.id) return reask(scene);
  if (isUnfinished(scene)) {
    const choices = [choice(scene, 'resume', 'choice.resume'), choice(scene, 'restart', 'choice.restart')];
    return [state, [say(scene, [spoken(scene, 'asking.resume-or-restart')], { choices })]];
  }
  return begin(scene, questionnaire);
}

function begin(scene: Scene, questionnaire: Questionnaire): Turn {
  const { paused: _, ...rest } = scene.state;
  const lead = [{ ref: `intro:${questionnaire.id}`, text: questionnaire.intro[scene.state.language] }];
  return ask({ ...scene, state: rest }, { questionnaire: questionnaire.id, answers: {} }, lead);
}

/** True when a questionnaire was left before its end. */
function isUnfinished(scene: Scene): boolean {
  const { paused } = scene.state;
  if (!paused) return false;
  const questionnaire = questionnaireOf(scene, paused);
  return questionnaire !== undefined && route(questionnaire, paused.answers).next !== undefined;
}

/** The choice to go on with a questionnaire that was left, if there is one. */
export function resumeChoice(scene: Scene): readonly Choice[] {
  return isUnfinished(scene) ? [choice(scene, 'resume', 'choice.resume')] : [];
}

/** Asks the current step, or shows the outcome when none is left. */
function ask(scene: Scene, asking: Asking, lead: readonly Piece[] = []): Turn {
  const questionnaire = questionnaireOf(scene, asking);
  const step = currentStep(scene, asking);
  const { menu: _, ...rest } = scene.state;
  if (!questionnaire) return [withAsking(rest, undefined), [say(scene, [spoken(scene, 'asking.nothing')])]];
  if (!step) {
    const done = { ...withAsking({ ...rest, paused: asking }, undefined), misses: 0 };
    return [done, [outcome({ ...scene, state: done }, questionnaire, asking.answers)]];
  }
  const state = withAsking(rest, asking);
  return [
    state,
    [
      say(
        { ...scene, state },
        [...lead, question(scene, questionnaire, asking, step)],
        stepChoices(scene, asking, step),
      ),
    ],
  ];
}

function question(scene: Scene, questionnaire: Questionnaire, asking: Asking, step: Step): Piece {
  const { path } = route(questionnaire, asking.answers);
  const at = path.indexOf(step);
  const progress = phrase(scene, 'asking.progress', {
    number: String((at < 0 ? path.length : at) + 1),
    total: String(expectedSteps(questionnaire, asking.answers)),
  });
  const hint = step.kind === 'multiple' ? `\n\n${phrase(scene, 'asking.multiple')}` : '';
  return {
    ref: `ask:${questionnaire.id}/${step.id}`,
    text: `${progress} **${inLanguage(step.ask, scene.state.language)}**${hint}`,
  };
}

function stepChoices(scene: Scene, asking: Asking, step: Step) {
  const options = step.options.map((option) => ({
    id: `option:${asking.questionnaire}:${step.id}:${option.id}`,
    label: option.label[scene.state.language],
  }));
  const begun = Object.keys(asking.answers).length > 0;
  const controls = [
    ...(begun ? [control(scene, 'back', 'choice.back')] : []),
    control(scene, 'cancel', 'choice.cancel'),
    ...(scene.state.misses > 1 ? [control(scene, 'consultant', 'choice.consultant')] : []),
  ];
  return { choices: [...options, ...controls], ...(step.kind === 'multiple' && { multiple: true }) };
}

/** Asks the current question again, after something else was said. */
export function reask(scene: Scene, lead: readonly Piece[] = []): Turn {
  const asking = askingOf(scene.state);
  return asking ? ask({ ...scene, state: settled(scene.state) }, asking, lead) : [scene.state, []];
}

/** Takes the answer to a step and goes on. */
export function answerStep(scene: Scene, asking: Asking, step: Step, picked: readonly string[]): Turn {
  const alone = new Set(step.options.filter((option) => option.alone).map(({ id }) => id));
  const together = picked.filter((id) => !alone.has(id));
  const values = step.kind === 'single' ? picked.slice(0, 1) : together.length > 0 ? together : picked.slice(0, 1);
  const answers: Answers = { ...asking.answers, [step.id]: values };
  const state = { ...scene.state, misses: 0 };
  return ask({ ...scene, state }, { questionnaire: asking.questionnaire, answers });
}

/** Back to the question before; while an answer is being edited, back to where the visitor was. */
export function back(scene: Scene): Turn {
  const asking = askingOf(scene.state) ?? scene.state.paused;
  const questionnaire = asking && questionnaireOf(scene, asking);
  if (!asking || !questionnaire) return nothing(scene);
  const { paused: _paused, ...state } = scene.state;
  const here = { ...scene, state };
  const { editing, ...rest } = asking;
  if (editing) return ask(here, rest);
  const { path } = route(questionnaire, asking.answers);
  const last = path.at(-1);
  if (!last) return ask(here, rest, [spoken(here, 'asking.first')]);
  const { [last.id]: _, ...answers } = relevant(questionnaire, asking.answers);
  return ask(here, { questionnaire: asking.questionnaire, answers });
}

/** Leaves the questionnaire; the answers are kept for resuming. */
export function cancel(scene: Scene): Turn {
  const asking = askingOf(scene.state);
  if (!asking) return nothing(scene);
  const { menu: _, ...rest } = scene.state;
  const state = { ...withAsking({ ...rest, paused: asking }, undefined), misses: 0 };
  const here = { ...scene, state };
  const choices = [...resumeChoice(here), control(here, 'menu', 'choice.menu')];
  return [state, [say(here, [spoken(here, 'asking.cancelled')], { choices })]];
}

/** Begins the questionnaire anew. */
export function restart(scene: Scene): Turn {
  const asking = askingOf(scene.state) ?? scene.state.paused;
  const questionnaire = asking && questionnaireOf(scene, asking);
  if (questionnaire) return begin(scene, questionnaire);
  return startQuestionnaire(scene);
}

/** Goes on where the questionnaire was left. */
export function resume(scene: Scene): Turn {
  const { paused, ...rest } = scene.state;
  if (askingOf(scene.state)) return reask(scene);
  if (!paused) return nothing(scene);
  return ask({ ...scene, state: rest }, paused, isUnfinished(scene) ? [spoken(scene, 'asking.resumed')] : []);
}

/** Shows the answers given so far; each can be picked to be changed. */
export function showAnswers(scene: Scene): Turn {
  const asking = askingOf(scene.state) ?? scene.state.paused;
  const questionnaire = asking && questionnaireOf(scene, asking);
  if (!questionnaire) return nothing(scene);
  const { path } = route(questionnaire, asking.answers);
  if (path.length === 0) return nothing(scene);
  const choices = path.map((step) =>
    choice(scene, `edit:${step.id}`, 'choice.edit-step', {
      step: step.label[scene.state.language],
      answer: answerText(scene, step, asking.answers),
    }),
  );
  return [
    scene.state,
    [
      say(scene, [spoken(scene, 'asking.summary')], {
        choices: [...choices, control(scene, 'resume', 'choice.keep-answers')],
      }),
    ],
  ];
}

/** Asks one step again to change its answer. */
export function edit(scene: Scene, step: string): Turn {
  const asking = askingOf(scene.state) ?? scene.state.paused;
  const known = asking && questionnaireOf(scene, asking)?.steps.some(({ id }) => id === step);
  if (!asking || !known || !asking.answers[step]) return nothing(scene);
  const { paused: _, ...state } = scene.state;
  return ask({ ...scene, state }, { ...asking, editing: step });
}

function nothing(scene: Scene): Turn {
  return [scene.state, [say(scene, [spoken(scene, 'asking.nothing')])]];
}
