import type { DeskItem } from '../core/conversation/desk-item.ts';
import type { DeskEvent } from '../core/conversation/event.ts';
import { newState } from '../core/conversation/state.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { Act, Case, Channel, Desk, DeskAct, DeskOutcome, Store } from '../ports.ts';
import type { Apply } from './apply.ts';
import { createView, insertableOf } from './desk-view.ts';
import { channelOf } from './metrics.ts';
import { eventId, storable } from './receive.ts';

/** Characters of one message of a consultant that are kept. */
const longest = 10_000;

/** Items of a journal among which the outcome of a repeated act is looked for. */
const looked = 500;

/** Where consultants' surfaces come in: what they do becomes an event of the visitor's conversation. */
export function createDesk(options: {
  readonly store: Store;
  readonly apply: Apply;
  readonly knowledge: Knowledge;
  /** The channels of the visitors, which may be made after the desk. */
  channels(): readonly Channel[];
}): Desk {
  const { store, apply, knowledge, channels } = options;
  const view = createView(knowledge);

  async function act(given: DeskAct): Promise<DeskOutcome> {
    const { key, at, consultant } = given;
    const found = await store.caseOf(given.case);
    if (!found) return { as: 'refused', why: 'over' };
    const { conversation } = found;
    const applied = await apply({
      key,
      conversation,
      at,
      begin: () => newState('en'),
      event: () => ({ id: eventId(key), at, case: found.id, consultant, ...eventOf(given.act) }),
      failed: 'nothing',
    });
    if (applied.as === 'seen') return again(given, found);
    if (applied.event.type === 'failed') throw new Error('the desk could not do that; it is told in the log why');
    const refused = applied.effects.findLast((effect) => effect.type === 'desk' && effect.item.kind === 'refused');
    return refused?.type === 'desk' ? outcomeOf(refused.item) : { as: 'done' };
  }

  /** What had come of an act that is sent again: its answer was lost on the way. */
  async function again({ act: { does, ...act }, consultant }: DeskAct, found: Case): Promise<DeskOutcome> {
    if (does === 'claim') {
      const holder = (await store.caseOf(found.id))?.consultant;
      if (!holder || holder.id === consultant.id) return { as: 'done' };
      return { as: 'refused', why: 'held', holder };
    }
    const origin = 'origin' in act ? act.origin : undefined;
    if (origin === undefined) return { as: 'done' };
    const journal = await store.journal(found.conversation, 0, looked);
    const refused = journal.findLast(({ item }) => item.kind === 'refused' && item.origin === origin);
    return refused ? outcomeOf(refused.item) : { as: 'done' };
  }

  return {
    act,
    async view(id) {
      const found = await store.caseOf(id);
      if (!found) return undefined;
      const name = channelOf(found.conversation);
      const channel = channels().find((one) => one.name === name);
      const allowance = await channel?.allowance?.(found.conversation);
      return { ...found, channel: name, ...view(found), ...(allowance && { allowance }) };
    },
    find: store.findCases,
    lines: store.deskLines,
    journal: store.journal,
    version: store.deskVersion,
    keepFile: store.keepFile,
    file: store.file,
    replies: knowledge.replies ?? [],
    insertable: insertableOf(knowledge),
  };
}

type Doing = DeskEvent extends infer Each
  ? Each extends DeskEvent
    ? Omit<Each, 'consultant' | 'case'>
    : never
  : never;

function eventOf(act: Act): Doing {
  switch (act.does) {
    case 'claim':
      return { type: 'claimed' };
    case 'release':
      return { type: 'released' };
    case 'resolve':
      return { type: 'resolved' };
    case 'transfer':
      return { type: 'transferred', to: act.to };
    case 'snooze':
      return { type: 'snoozed', until: act.until };
    case 'say': {
      const { text, origin, file } = act;
      return { type: 'consultant-said', text: storable(text, longest), ...marked(origin), ...(file && { file }) };
    }
    case 'note':
      return { type: 'noted', text: storable(act.text, longest), ...marked(act.origin) };
    case 'edit': {
      const { text, origin } = act;
      return { type: 'consultant-edited', origin, ...(text !== undefined && { text: storable(text, longest) }) };
    }
  }
}

function marked(origin: string | undefined) {
  return origin === undefined ? {} : { origin };
}

function outcomeOf(item: DeskItem): DeskOutcome {
  if (item.kind !== 'refused') return { as: 'done' };
  return { as: 'refused', why: item.why, ...(item.holder && { holder: item.holder }) };
}
