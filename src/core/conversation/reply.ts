import { detectLanguage } from '../language.ts';
import type { Outgoing } from '../message.ts';
import { changed, item, openCaseOf } from './case.ts';
import { confuses } from './confusion.ts';
import { refuse } from './desk.ts';
import type { DeskEvent } from './event.ts';
import { inert, noteIn } from './inert.ts';
import { visitorTimer } from './patience.ts';
import { message, phrase, type Scene, spoken, type Turn } from './scene.ts';
import { toTraditional } from './script.ts';
import type { State, Written } from './state.ts';

/** How many of the consultants' texts are remembered, so that a change of them is understood. */
const remembered = 20;

type Said = DeskEvent & { readonly type: 'consultant-said' };
type Noted = DeskEvent & { readonly type: 'noted' };
type Edited = DeskEvent & { readonly type: 'consultant-edited' };

/**
 * What a consultant wrote for the visitor. Only the holder's words go out; what begins with `//` and what anyone else
 * writes stays internal. A reply that confuses filing and licence is stopped once.
 */
export function reply(scene: Scene, event: Said): Turn {
  const { activity } = scene.state;
  const { consultant, origin, file } = event;
  const text = inert(event.text);
  if (text === '' && !file) return [scene.state, []];
  const internal = noteIn(text);
  if (internal !== undefined) return note(scene, event, internal);
  const open = openCaseOf(scene.state);
  const isHeld = activity.at === 'with-consultant' && activity.consultant.id === consultant.id;
  if (!isHeld || (event.case !== undefined && event.case !== open)) {
    const over = open === undefined || (event.case !== undefined && event.case !== open);
    const [state, kept] = note(scene, event, text);
    return [state, [...kept, ...refuse(scene, event, over ? 'over' : 'not-held')[1]]];
  }
  const { case: id, since, stopped, closing: _closing, reminded: _reminded, ...held } = activity;
  if (stopped !== text && confuses(wordsOf(scene.state), text)) {
    const [state, refused] = refuse(scene, event, 'confusing');
    return [{ ...state, activity: { ...activity, stopped: text } }, refused];
  }
  const told: Outgoing = {
    // A channel that carries no file has its name at least.
    text: text === '' && file ? file.name : text,
    language: languageOf(text, scene),
    refs: ['consultant'],
    ...(file && { file }),
  };
  const state = remember({ ...scene.state, activity: { ...held, case: id } }, event, id);
  return [
    state,
    [
      { type: 'relay', consultant, message: told, ...(origin && { origin }) },
      item(id, { kind: 'consultant', consultant, text, ...(origin && { origin }), ...(file && { file }) }),
      ...(since === undefined ? [] : [changed(id, { waitingSince: null })]),
      { type: 'clear-timer', name: 'consultant' },
      visitorTimer(scene),
    ],
  ];
}

/** Something internal: it is kept with the case, open or closed, and never goes to the visitor. */
export function note(scene: Scene, event: Said | Noted, text: string): Turn {
  const { consultant, origin } = event;
  const file = 'file' in event ? event.file : undefined;
  const id = event.case ?? openCaseOf(scene.state) ?? scene.state.closed?.case;
  if (id === undefined || (text === '' && !file)) return [scene.state, []];
  const kept = item(id, { kind: 'note', consultant, text, ...(origin && { origin }), ...(file && { file }) });
  return [remember(scene.state, event, id, 'note'), [kept]];
}

/**
 * A text of a consultant was changed, or taken back. A note stays one; a reply that is turned into a note is taken back.
 * What is not known any more, or is somebody else's, is left alone.
 */
export function changeReply(scene: Scene, event: Edited): Turn {
  const { consultant, origin } = event;
  const { written = [], ...rest } = scene.state;
  const before = written.find((one) => one.origin === origin && one.by === consultant.id);
  if (!before) return [scene.state, []];
  const text = event.text === undefined ? '' : inert(event.text);
  const gone = text === '' || (!before.note && noteIn(text) !== undefined);
  const shown = item(before.case, { kind: 'consultant-edited', consultant, origin, ...(!gone && { text }) });
  const state: State = gone ? { ...rest, written: written.filter((one) => one !== before) } : scene.state;
  if (before.note) return [state, [shown]];
  if (gone) {
    const notice = message(scene, [spoken(scene, 'relay.unsaid')]);
    return [state, [{ type: 'amend', consultant, origin, notice }, shown]];
  }
  const told: Outgoing = { text, language: languageOf(text, scene), refs: ['consultant'] };
  return [state, [{ type: 'amend', consultant, origin, message: told, notice: correction(scene, told) }, shown]];
}

/** The new words below a line of the bot's; as a whole they are as inert as every reply. */
function correction(scene: Scene, told: Outgoing): Outgoing {
  const { language, script } = scene.state;
  const line = phrase(scene, 'relay.edited');
  const head = language === 'zh' && script === 'traditional' ? toTraditional(line) : line;
  return { ...told, text: `${head}\n\n${told.text}`, refs: ['relay.edited', 'consultant'] };
}

function remember(state: State, { origin, consultant }: Said | Noted, id: string, as?: 'note'): State {
  if (origin === undefined) return state;
  const one: Written = { origin, case: id, by: consultant.id, ...(as && { note: true }) };
  return { ...state, written: [...(state.written ?? []), one].slice(-remembered) };
}

function wordsOf({ question = '', recent = [] }: State): readonly string[] {
  return [question, ...recent];
}

function languageOf(text: string, { state }: Scene): Outgoing['language'] {
  const { language = state.language, script } = detectLanguage(text);
  return language === 'en' ? 'en' : script === 'traditional' ? 'zh-Hant' : 'zh-Hans';
}
