import type { DeskItem } from '../core/conversation/desk-item.ts';
import type { Effect } from '../core/conversation/effect.ts';
import type { Consultant, DeskEvent } from '../core/conversation/event.ts';
import { longestReply } from '../core/conversation/inert.ts';
import { newState } from '../core/conversation/state.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { Act, Channel, Desk, DeskAct, DeskOutcome, Insertable, Store } from '../ports.ts';
import type { Apply } from './apply.ts';
import { createView, insertableOf } from './desk-view.ts';
import { channelOf } from './metrics.ts';
import { eventId, storable } from './receive.ts';

/** Characters of a name or of a surface's own id that are kept. */
const longestName = 200;

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
  let insertable: readonly Insertable[] | undefined;

  async function act(given: DeskAct): Promise<DeskOutcome> {
    const { key, at } = given;
    const consultant = person(given.consultant);
    const found = await store.caseOf(given.case);
    if (!found) return { as: 'refused', why: 'over' };
    const { conversation } = found;
    const applied = await apply({
      key,
      conversation,
      at,
      begin: () => newState('en'),
      event: () => ({ id: eventId(key), at, case: found.id, consultant, ...eventOf(given.act) }),
      failed: 'reject',
    });
    if (applied.as === 'applied') return outcomeOf(applied.effects.flatMap(itemOf));
    // Sent again, since its answer was lost on the way: the answer is the same.
    return outcomeOf((await store.journalOf(conversation, key)).map(({ item }) => item));
  }

  return {
    act,
    async view(id) {
      const found = await store.caseOf(id);
      if (!found) return undefined;
      const name = channelOf(found.conversation);
      const channel = channels().find((one) => one.name === name);
      // A platform that cannot be asked now must not keep the case from being shown.
      const allowance = await channel?.allowance?.(found.conversation).catch(() => undefined);
      return { ...found, channel: name, ...view(found), ...(allowance && { allowance }) };
    },
    find: store.findCases,
    lines: store.deskLines,
    journal: store.journal,
    version: store.deskVersion,
    keepFile: store.keepFile,
    file: store.file,
    replies: knowledge.replies ?? [],
    get insertable() {
      // Read from Markdown when the first consultant asks for it: the start is not to wait for it.
      insertable ??= insertableOf(knowledge);
      return insertable;
    },
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
      return { type: 'transferred', to: person(act.to) };
    case 'snooze':
      return { type: 'snoozed', until: act.until };
    case 'say': {
      const { text, origin, file } = act;
      return { type: 'consultant-said', text: storable(text, longestReply), ...marked(origin), ...(file && { file }) };
    }
    case 'note':
      return { type: 'noted', text: storable(act.text, longestReply), ...marked(act.origin) };
    case 'edit': {
      const { text, origin } = act;
      return {
        type: 'consultant-edited',
        origin: storable(origin, longestName),
        ...(text !== undefined && { text: storable(text, longestReply) }),
      };
    }
  }
}

function marked(origin: string | undefined) {
  return origin === undefined ? {} : { origin: storable(origin, longestName) };
}

function person({ id, name }: Consultant): Consultant {
  return { id: storable(id, longestName), name: storable(name, longestName) };
}

function itemOf(effect: Effect): readonly DeskItem[] {
  return effect.type === 'desk' ? [effect.item] : [];
}

function outcomeOf(items: readonly DeskItem[]): DeskOutcome {
  const refused = items.findLast((item) => item.kind === 'refused');
  if (!refused) return { as: 'done' };
  return { as: 'refused', why: refused.why, ...(refused.holder && { holder: refused.holder }) };
}
