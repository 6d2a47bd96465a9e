import type { Command } from '../knowledge/phrases.ts';
import { detectLanguage } from '../language.ts';
import { simplify } from '../matching/simplify.ts';
import type { Match } from '../matching/types.ts';
import { currentStep, reask } from './ask.ts';
import { openCaseOf } from './case.ts';
import { chose, isAfterFeedback, optionsIn } from './chose.ts';
import { commandIn } from './command.ts';
import { skip, takeDetail, wantedOf } from './details.ts';
import { withoutDetails } from './found.ts';
import { openCase, rateCase } from './handoff.ts';
import { showMenu, topics } from './menu.ts';
import { contains, plain, readPick } from './pick.ts';
import { respond } from './respond.ts';
import { type Scene, say, spoken, type Turn } from './scene.ts';
import { changeLanguage } from './service.ts';
import { askingOf, type Menu, type State } from './state.ts';

/** Up to this length (characters) a text in a questionnaire is read as an answer rather than a question. */
const shortAnswer = 60;

/** How much of a question is kept in the state for the case, characters. */
const keptQuestion = 1_000;

/** How many entries that the question may have meant are kept for the case. */
const keptMatches = 3;

/** What says "I would rather not tell" to a question for a detail. */
const declining: ReadonlySet<Command> = new Set(['skip', 'no', 'none', 'unsure']);

/** A visitor wrote something: a number, a command, an answer to the question being asked, or a question. */
export function said(scene: Scene, written: string, matches: readonly Match[]): Turn {
  const text = simplify(written);
  const here = { ...scene, state: followLanguage(scene.state, written, matches) };
  if (plain(text) === '') return symbols(here, text);
  const command = commandIn(scene.knowledge, text);
  if (command === 'consultant') return openCase(here, isAfterFeedback(here.state) ? 'feedback' : 'asked');
  const wanted = wantedOf(here.state);
  if (wanted && command && declining.has(command)) return skip(here);
  const picked = readMenu(here, text, command) ?? (command && obey(here, command)) ?? answerTyped(here, text, matches);
  if (picked) return picked;
  return wanted
    ? takeDetail(here, wanted, written, matches)
    : respond(remembering(here, written, matches), matches, text);
}

/**
 * Keeps the question for a case that may be opened; while one is open its question stays. Greetings and thanks are no
 * questions, and words that ask for a person only where nothing was asked before.
 */
function remembering(scene: Scene, question: string, matches: readonly Match[]): Scene {
  const { state, knowledge } = scene;
  const entries = matches.map(({ entry }) => (entry === null ? undefined : knowledge.entries.get(entry)));
  const isSmallTalk = entries.every((entry) => entry?.status === 'meta');
  const callsFirst = state.question === undefined && entries.some((entry) => entry?.action === 'handoff');
  if (openCaseOf(state) !== undefined || (isSmallTalk && !callsFirst)) return scene;
  const matched = matches.flatMap(({ candidates }) => candidates).toSorted((a, b) => b.confidence - a.confidence);
  return {
    ...scene,
    state: { ...state, question: question.slice(0, keptQuestion), matched: matched.slice(0, keptMatches) },
  };
}

/** What the visitor writes decides the language, unless they chose one. A Latin word alone does not end Chinese. */
export function followLanguage(state: State, text: string, [match]: readonly Match[]): State {
  const { language: seen, script } = detectLanguage(withoutDetails(text));
  // The matcher also knows pinyin for Chinese.
  const language = seen && match?.language === 'zh' ? 'zh' : seen;
  const written = script ? { ...state, script } : state;
  if (!language || state.languageChosen) return written;
  const oneWord = language === 'en' && plain(text).split(' ').length < 2;
  return oneWord && state.language === 'zh' ? written : { ...written, language };
}

/** The choice of the last menu that the text picks: by number, label, or a yes or no where the menu has one. */
function readMenu(scene: Scene, text: string, command: Command | undefined): Turn | undefined {
  const { menu } = scene.state;
  const open = menu && (askingOf(scene.state) || scene.at <= menu.until) ? menu : undefined;
  const option = command && (['yes', 'no', 'unsure'].includes(command) || (command === 'none' && open?.multiple));
  const named = option ? open?.choices.find(({ id }) => id.endsWith(`:${command}`)) : undefined;
  if (named) return chose(scene, [named.id]);
  const picks = readPick(
    text,
    (open?.choices ?? []).map(({ label }) => simplify(label)),
    open?.multiple,
  );
  if (picks && open && picks.length > 0)
    return chose(
      scene,
      picks.flatMap((position) => open.choices[position]?.id ?? []),
    );
  if (command || !picks) return undefined;
  return outOfRange(scene, open);
}

function outOfRange(scene: Scene, open: Menu | undefined): Turn {
  if (askingOf(scene.state)) return reask(scene, [spoken(scene, 'pick.unclear')]);
  const piece = spoken(scene, open ? 'pick.unclear' : 'pick.expired');
  return [scene.state, [say(scene, [piece], { choices: open?.choices ?? topics(scene) })]];
}

/** What a command does; undefined where it means nothing and the text is read as a question. */
function obey(scene: Scene, command: Command): Turn | undefined {
  const { menu, activity } = scene.state;
  switch (command) {
    case 'menu':
      return showMenu(scene);
    case 'english':
      return changeLanguage(scene, 'en', 'simplified');
    case 'chinese':
      return changeLanguage(scene, 'zh', 'simplified');
    case 'traditional':
      return changeLanguage(scene, 'zh', 'traditional');
    case 'more': {
      const more = menu?.choices.find(({ id }) => /^topic:.*:\d+$/.test(id));
      return more && chose(scene, [more.id]);
    }
    case 'none':
      return activity.at === 'choosing' ? chose(scene, ['none']) : undefined;
    case 'no':
      return activity.at === 'choosing' ? chose(scene, ['none']) : feedbackOn(scene, 'no');
    case 'yes': {
      const [only, ...others] = activity.at === 'choosing' ? activity.options : [];
      if (activity.at !== 'choosing') return feedbackOn(scene, 'yes');
      return only && others.length === 0 ? chose(scene, [`entry:${only}`]) : undefined;
    }
    case 'cancel':
      return chose(scene, [activity.at === 'waiting' && !activity.asking ? 'withdraw' : 'cancel']);
    case 'helpful':
      return feedbackOn(scene, 'yes');
    case 'unhelpful':
      return feedbackOn(scene, 'no');
    case 'back':
    case 'restart':
    case 'resume':
    case 'edit':
      return chose(scene, [command]);
    default:
      return undefined;
  }
}

/** A bare yes or no after an answer tells whether it helped. */
function feedbackOn(scene: Scene, verdict: 'yes' | 'no'): Turn | undefined {
  const { topic, misses, closed } = scene.state;
  if (topic === undefined && closed && !closed.rated) return rateCase(scene, closed.case, verdict === 'yes');
  const answered = topic !== undefined && misses === 0 && !askingOf(scene.state);
  return answered ? chose(scene, [`feedback:${verdict}:${topic}`]) : undefined;
}

/** A typed answer to the question being asked ("Hong Kong"), unless the text is a question that can be answered. */
function answerTyped(scene: Scene, text: string, matches: readonly Match[]): Turn | undefined {
  const asking = askingOf(scene.state);
  const step = asking && currentStep(scene, asking);
  if (!asking || !step || text.length > shortAnswer) return undefined;
  const asksSomething = /[?？吗呢]|^(?:what|how|why|when|where|who|which|can|do|does|is|are|may|should)\b/iu.test(
    text.trim(),
  );
  if (asksSomething && matches.some(({ verdict }) => verdict !== 'none')) return undefined;
  const options = optionsIn(step, text, contains);
  if (options.length === 0 || (step.kind === 'single' && options.length > 1)) return undefined;
  return chose(
    scene,
    options.map((id) => `option:${asking.questionnaire}:${step.id}:${id}`),
  );
}

/** Nothing but symbols: a thumb is feedback on the last answer, everything else is asked about. */
function symbols(scene: Scene, text: string): Turn {
  const thumb = /👍|👌|❤/u.test(text) ? 'helpful' : /👎/u.test(text) ? 'unhelpful' : undefined;
  const obeyed = thumb && obey(scene, thumb);
  if (obeyed) return obeyed;
  const piece = spoken(scene, 'empty');
  if (askingOf(scene.state)) return reask(scene, [piece]);
  return [scene.state, [say(scene, [piece], { choices: topics(scene) })]];
}
