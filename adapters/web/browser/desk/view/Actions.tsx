import type { ComponentChildren } from 'preact';
import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { WireCase } from '../../../desk/wire.ts';
import { api } from '../api.ts';
import type { Desk } from '../desk.ts';
import type { Labels } from '../labels.ts';
import { tomorrowMorning } from '../when.ts';

interface ActionsProps {
  readonly desk: Desk;
  readonly current: WireCase;
  readonly me: Consultant;
  readonly words: Labels;
}

const hour = 3_600_000;

/** What can be done with the case by whom is looking. */
export function Actions({ desk, current, me, words }: ActionsProps) {
  const { case: view, colleagues } = current;
  const { status, consultant, id } = view;
  const isMine = status === 'claimed' && consultant?.id === me.id;
  const others = colleagues.filter((one) => one.id !== me.id);
  const moments: readonly (readonly [string, () => number])[] = [
    [words.snoozeFor.hour, () => Date.now() + hour],
    [words.snoozeFor.three, () => Date.now() + 3 * hour],
    [words.snoozeFor.tomorrow, () => tomorrowMorning(Date.now())],
  ];
  return (
    <div class="actions">
      {status === 'waiting' && (
        <button type="button" class="primary" data-act="claim" onClick={() => desk.act({ does: 'claim' })}>
          {words.claim}
        </button>
      )}
      {isMine && (
        <>
          <button type="button" class="primary" data-act="resolve" onClick={() => desk.act({ does: 'resolve' })}>
            {words.resolve}
          </button>
          <button type="button" onClick={() => desk.act({ does: 'release' })}>
            {words.release}
          </button>
        </>
      )}
      {isMine && others.length > 0 && (
        <Menu label={words.transfer}>
          {others.map((one) => (
            <button key={one.id} type="button" onClick={() => desk.act({ does: 'transfer', to: one.id })}>
              {one.name}
            </button>
          ))}
        </Menu>
      )}
      {(isMine || status === 'waiting') && (
        <Menu label={words.snooze}>
          {moments.map(([label, until]) => (
            <button key={label} type="button" onClick={() => desk.act({ does: 'snooze', until: until() })}>
              {label}
            </button>
          ))}
        </Menu>
      )}
      <Menu label={words.saveAs}>
        <a href={api.transcriptUrl(id, true)} download>
          {words.saveAll}
        </a>
        <a href={api.transcriptUrl(id, false)} download>
          {words.savePublic}
        </a>
        <button type="button" onClick={() => print()}>
          {words.print}
        </button>
      </Menu>
    </div>
  );
}

interface MenuProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A list that opens below its name; what is picked, Escape and leaving it close it. */
function Menu({ label, children }: MenuProps) {
  return (
    <details
      class="menu"
      onClick={({ currentTarget, target }) => {
        if (target instanceof HTMLElement && !target.closest('summary')) currentTarget.open = false;
      }}
      onKeyDown={(event) => {
        const { key, currentTarget } = event;
        if (key !== 'Escape' || !currentTarget.open) return;
        event.stopPropagation();
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
    >
      <summary>{label}</summary>
      <div class="menu-list">{children}</div>
    </details>
  );
}
