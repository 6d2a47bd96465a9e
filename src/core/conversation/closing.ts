import { changed, item } from './case.ts';
import { visitorTimer } from './patience.ts';
import { choice, message, phrase, type Scene, spoken, type Turn } from './scene.ts';
import type { Closed, Held, State } from './state.ts';

/** The state without what was asked and spoken about before: none of it is taken up again. */
export function afresh(before: State): State {
  const { recent: _recent, topic: _topic, question: _question, matched: _matched, menu: _menu, ...state } = before;
  return state;
}

/** How a case ends that a consultant holds: by them, by the visitor's word, or by the visitor's silence. */
export type Ending = 'resolved' | 'withdrawn' | 'expired';

/** Ends the case: the visitor is told, may rate it, and may open it again. The bot answers from now on. */
export function closeCase(scene: Scene, { case: id, consultant }: Held, ending: Ending): Turn {
  const { question, matched } = scene.state;
  const asked = { ...(question !== undefined && { question }), ...(matched && { matched }) };
  const closed: Closed = { case: id, at: scene.at, consultant, ...asked };
  const state: State = { ...afresh(scene.state), misses: 0, activity: { at: 'idle' }, closed };
  const here = { ...scene, state };
  const told = message(here, [spoken(here, ending === 'expired' ? 'handoff.expired' : 'handoff.resolved')], {
    feedback: {
      ask: phrase(here, 'rate.ask'),
      yes: choice(here, `rate:${id}:yes`, 'choice.yes-helpful'),
      no: choice(here, `rate:${id}:no`, 'choice.not-helpful'),
    },
    choices: [choice(here, `reopen:${id}`, 'choice.reopen')],
  });
  return [
    state,
    [
      changed(id, { status: 'resolved', waitingSince: null, snoozedUntil: null }),
      item(id, ending === 'resolved' ? { kind: 'resolved', consultant } : { kind: ending }),
      { type: 'relay', consultant, message: told },
    ],
  ];
}

/** Asks a silent visitor whether anything is still open; after the same time again the case is closed. */
export function askWhetherSettled(scene: Scene, held: Held): Turn {
  const { case: id, consultant } = held;
  const choices = [choice(scene, `close:${id}`, 'choice.settled'), choice(scene, `keep:${id}`, 'choice.reopen')];
  const asked = message(scene, [spoken(scene, 'handoff.closing')], { choices });
  return [
    { ...scene.state, activity: { ...held, at: 'with-consultant', closing: true } },
    [{ type: 'relay', consultant, message: asked }, visitorTimer(scene)],
  ];
}
