import type { Step } from '../knowledge/questionnaire.ts';
import { answer } from './answer.ts';
import {
  answerStep,
  back,
  cancel,
  currentStep,
  edit,
  reask,
  restart,
  resume,
  showAnswers,
  startQuestionnaire,
} from './ask.ts';
import { openCaseOf } from './case.ts';
import { skip } from './details.ts';
import type { CaseReason } from './effect.ts';
import { openCase, pickReopen, rateCase, withdrawCase } from './handoff.ts';
import { showMenu, showTopic } from './menu.ts';
import { noneOfThese } from './respond.ts';
import { type Scene, say, spoken, type Turn } from './scene.ts';
import { askForget, changeLanguage, feedback, forget, keep } from './service.ts';
import { askingOf, type State, settled } from './state.ts';

/**
 * Does what the picked choices mean. Ids say what they mean by themselves (`entry:icp-cost`,
 * `option:icp-check:host:mainland`), so a button of an older message works too, or is kindly called out of date.
 */
export function chose(scene: Scene, ids: readonly string[]): Turn {
  const [kind = '', first = '', second = ''] = (ids[0] ?? '').split(':');
  const after: Scene = { ...scene, state: settled(scene.state) };
  const entry = scene.knowledge.entries.get(first);
  switch (kind) {
    case 'entry':
      return entry ? answer(scene, [entry]) : stale(scene);
    case 'option':
      return pickOptions(after, ids);
    case 'questionnaire':
      return scene.knowledge.questionnaires.has(first) ? startQuestionnaire(after, first) : stale(scene);
    case 'topic':
      return showTopic(after, first, Number.parseInt(second, 10) || 0);
    case 'menu':
      return showMenu(after);
    case 'consultant':
      return openCase(after, first === 'feedback' ? 'feedback' : reasonFor(scene));
    case 'skip':
      return skip(after);
    case 'reopen':
    case 'keep':
      return pickReopen(after, first);
    case 'rate':
      return rateCase(after, first, second === 'yes') ?? stale(scene);
    case 'none':
      return noneOfThese(scene);
    case 'back':
      return back(after);
    case 'cancel':
      return cancel(after);
    case 'restart':
      return restart(after);
    case 'resume':
      return resume(after);
    case 'edit':
      return first ? edit(after, first) : showAnswers(after);
    case 'withdraw':
      return withdrawCase(after);
    case 'close':
      return openCaseOf(after.state) === first ? withdrawCase(after) : stale(scene);
    case 'language':
      return changeLanguage(after, first === 'en' ? 'en' : 'zh', first === 'zh-hant' ? 'traditional' : 'simplified');
    case 'forget':
      return first === 'yes' ? forget(after) : first === 'no' ? keep(after) : askForget(after, []);
    case 'feedback':
      return scene.knowledge.entries.has(second) ? feedback(after, second, first === 'yes') : stale(scene);
    default:
      return stale(scene);
  }
}

/** True when the visitor has just said that an answer did not help. */
export function isAfterFeedback({ menu }: State): boolean {
  return menu?.choices.some(({ id }) => id === 'consultant:feedback') ?? false;
}

function reasonFor({ state, knowledge }: Scene): CaseReason {
  const asking = askingOf(state) ?? state.paused;
  if (asking && knowledge.questionnaires.has(asking.questionnaire)) return 'questionnaire';
  return state.misses > 1 ? 'misses' : 'asked';
}

/** Takes the picked options when they belong to the question being asked. */
function pickOptions(scene: Scene, ids: readonly string[]): Turn {
  const asking = askingOf(scene.state);
  const step = asking && currentStep(scene, asking);
  if (!asking || !step) return stale(scene);
  const prefix = `option:${asking.questionnaire}:${step.id}:`;
  const picked = ids.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []));
  const known = picked.filter((value) => step.options.some(({ id }) => id === value));
  return known.length > 0 ? answerStep(scene, asking, step, known) : stale(scene);
}

/** A choice of an older message, or of knowledge that has changed: a kind word, and where things stand now. */
function stale(scene: Scene): Turn {
  const piece = spoken(scene, 'pick.stale');
  if (askingOf(scene.state)) return reask(scene, [piece]);
  const [state, effects] = showMenu(scene);
  return [state, [say(scene, [piece]), ...effects]];
}

/** The options of a step whose words a typed text contains, in either language. */
export function optionsIn({ options }: Step, text: string, has: (text: string, word: string) => boolean) {
  return options
    .filter(({ label, words }) =>
      [label.en, label.zh, ...(words?.en ?? []), ...(words?.zh ?? [])].some((word) => has(text, word)),
    )
    .map(({ id }) => id);
}
