import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { Desk } from '../desk.ts';
import type { Labels } from '../labels.ts';
import type { Pending } from '../state.ts';
import { StateLine, Who } from './Item.tsx';

interface PendingItemProps {
  readonly pending: Pending;
  readonly desk: Desk;
  readonly me: Consultant;
  readonly words: Labels;
}

/** Something written that the server does not have yet. */
export function PendingItem({ pending, desk, me, words }: PendingItemProps) {
  const { act, file, status, id } = pending;
  const isNote = act.does === 'note' || act.text.startsWith('//');
  return (
    <div class={`item pending ${isNote ? 'note' : 'reply'}`}>
      <Who name={me.name} part={isNote ? words.internal : words.consultant} time={null} />
      {act.text !== '' && <p class="said">{act.text}</p>}
      {file && <p class="attachment">{file.name}</p>}
      {status === 'unsent' ? (
        <p class="delivery failed">
          <span aria-hidden="true">✕</span> {words.unsent}{' '}
          <button type="button" class="plain small" onClick={() => desk.again(pending)}>
            {words.again}
          </button>
          <button type="button" class="plain small" onClick={() => desk.discard(id)}>
            {words.remove}
          </button>
        </p>
      ) : (
        <StateLine state="sending" words={words} />
      )}
    </div>
  );
}
