import { attachment } from './attachment.ts';
import { changed, factsOf, item, openCaseOf } from './case.ts';
import type { DeskItem } from './desk-item.ts';
import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import type { State } from './state.ts';

/** An acknowledgement says nothing that a consultant would want to read. */
const acknowledgement = 'handoff.added';

/**
 * The effects of a turn together with what the case's journal shows of it: the visitor's words first, each thing that
 * the bot says while the case waits, and that something on the card changed. What opens the case comes before all.
 */
export function journalled(before: State, after: State, event: Event, effects: readonly Effect[]): readonly Effect[] {
  if (effects.some(({ type }) => type === 'forget')) return erased(before, effects);
  const [was, is] = [openCaseOf(before), openCaseOf(after)];
  const id = was ?? is;
  if (id === undefined) return effects;
  const opening = was === undefined ? effects.findLastIndex(opens) + 1 : 0;
  const spoken = visitorItem(event, before);
  const opened = effects.find(({ type }) => type === 'open-case');
  const isQuestion = opened?.type === 'open-case' && event.type === 'said' && opened.case.question === event.text;
  return [
    ...effects.slice(0, opening),
    ...(spoken && !isQuestion ? [item(id, spoken)] : []),
    ...effects.slice(opening).flatMap((effect) => (is === undefined ? [effect] : shown(id, effect))),
    ...(was !== undefined && was === is ? newFacts(id, before, after) : []),
  ];
}

function opens(effect: Effect): boolean {
  return effect.type === 'open-case' || (effect.type === 'desk' && effect.item.kind === 'reopened');
}

function shown(id: string, effect: Effect): readonly Effect[] {
  if (effect.type !== 'say') return [effect];
  const { refs, text } = effect.message;
  return refs.every((ref) => ref === acknowledgement) ? [effect] : [effect, item(id, { kind: 'bot', text })];
}

function visitorItem(event: Event, { language, menu }: State): DeskItem | undefined {
  switch (event.type) {
    case 'said':
      return { kind: 'visitor', text: event.text };
    case 'chose': {
      const labels =
        event.labels ?? event.choices.map((id) => menu?.choices.find((choice) => choice.id === id)?.label ?? id);
      return { kind: 'visitor', text: labels.join(language === 'zh' ? '、' : ', ') };
    }
    case 'sent': {
      const { media, named, file } = event;
      return { kind: 'visitor', text: attachment(language, media, named), ...(file && { file }) };
    }
    case 'edited':
      return { kind: 'visitor-edited', ...(event.text !== undefined && { text: event.text }) };
    default:
      return undefined;
  }
}

/** What the visitor is now known to need; what was last spoken about is no news. */
function newFacts(id: string, before: State, after: State): readonly Effect[] {
  const facts = factsOf(after);
  const telling = (state: State) => JSON.stringify({ ...factsOf(state), topic: undefined });
  if (telling(before) === telling(after)) return [];
  return [changed(id, { facts }), item(id, { kind: 'details' })];
}

/** Where the consultants were shown something of this visitor, it goes there too. */
function erased(before: State, effects: readonly Effect[]): readonly Effect[] {
  const id = openCaseOf(before) ?? before.closed?.case;
  const [forget, ...rest] = effects.slice(effects.findIndex(({ type }) => type === 'forget'));
  return forget && id !== undefined ? [forget, item(id, { kind: 'erased' }), ...rest] : effects;
}
