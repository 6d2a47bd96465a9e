import { openCaseOf } from '../../core/conversation/case.ts';
import type { Consultant, DeskEvent, Event } from '../../core/conversation/event.ts';
import type { State } from '../../core/conversation/state.ts';
import type { MatchIndex } from '../../core/matching/build-index.ts';
import { understand } from '../../core/matching/understand.ts';
import { duration } from './action.ts';
import type { Action, DeskAction } from './dialog.ts';

type Happening = Event extends infer E ? (E extends Event ? Omit<E, 'id' | 'at'> : never) : never;

/** The people at the desk in a dialog: who did something last, and what each of them wrote last. */
export type Desk = (action: DeskAction, event: { readonly id: string; readonly at: number }) => DeskEvent;

/** A desk at which nothing has happened yet. */
export function createDesk(): Desk {
  let consultant: Consultant = { id: 'desk', name: 'desk' };
  const origins = new Map<string, string>();
  return ({ does, name, text }, { id, at }) => {
    if (name) consultant = { id: name, name };
    const origin = does === 'edits' || does === 'takes back' ? (origins.get(consultant.id) ?? '') : id;
    switch (does) {
      case 'claims':
        return { type: 'claimed', consultant };
      case 'releases':
        return { type: 'released', consultant };
      case 'resolves':
        return { type: 'resolved', consultant };
      case 'transfers':
        return { type: 'transferred', consultant, to: { id: text, name: text } };
      case 'snoozes':
        return { type: 'snoozed', consultant, until: at + (duration(text) ?? 0) };
      case 'edits':
        return { type: 'consultant-edited', consultant, origin, text };
      case 'takes back':
        return { type: 'consultant-edited', consultant, origin };
      default:
        origins.set(consultant.id, origin);
    }
    if (does === 'notes') return { type: 'noted', consultant, text, origin };
    const file = { id: origin, name: text, type: 'application/octet-stream', size: 1 };
    return does === 'sends'
      ? { type: 'consultant-said', consultant, text: '', origin, file }
      : { type: 'consultant-said', consultant, text, origin };
  };
}

/** What an action is to the conversation. */
export function happening(
  action: Exclude<Action, { readonly type: 'waits' | 'desk' }>,
  index: MatchIndex,
  state: State,
): Happening {
  switch (action.type) {
    case 'says': {
      const context = state.topic === undefined ? {} : { topic: state.topic };
      return { type: 'said', text: action.text, matches: understand(index, action.text, context) };
    }
    case 'picks':
      return { type: 'chose', choices: action.ids.map((id) => wholeId(state, id)) };
    case 'sends':
      return { type: 'sent', media: action.media, ...(action.name && { named: action.name }) };
    case 'edits':
      return { type: 'edited', ...(action.text !== undefined && { text: action.text }) };
    case 'arrives': {
      const { language, script } = action;
      return { type: 'arrived', ...(language && { language }), ...(script && { script }) };
    }
    case 'fails':
      return { type: 'failed' };
  }
}

/** A choice about the visitor's case (`reopen`, `close`, `keep`, `rate:yes`), for which a dialog knows no id. */
export function caseChoice(state: State, id: string): string {
  const [kind, verdict] = id.split(':');
  const known = openCaseOf(state) ?? state.closed?.case ?? '';
  if (kind === 'rate') return `rate:${known}:${verdict}`;
  return ['reopen', 'close', 'keep'].includes(id) ? `${id}:${known}` : id;
}

/** The id of a choice shown last, given in full or by its last part. */
function wholeId(state: State, picked: string): string {
  const { menu } = state;
  const id = caseChoice(state, picked);
  const ids = (menu?.choices ?? []).map((choice) => choice.id);
  const ending = ids.filter((whole) => whole.endsWith(`:${id}`));
  return ids.includes(id) || ending.length !== 1 ? id : (ending[0] ?? id);
}
