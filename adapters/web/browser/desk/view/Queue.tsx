import type { Case } from '../../../../../src/ports.ts';
import { countLimit, type Tab } from '../../../desk/wire.ts';
import type { Desk } from '../desk.ts';
import { type Labels, labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { duration, fullTime, shortTime } from '../when.ts';

interface QueueProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly now: number;
}

const tabs: readonly Tab[] = ['unclaimed', 'mine', 'open', 'closed'];

/** The lists of cases. */
export function Queue({ desk, state, now }: QueueProps) {
  const { language, tab, search, queue } = state;
  const words = labels[language];
  const countOf = (one: Tab) => (one === 'closed' ? undefined : queue?.counts[one]);
  return (
    <nav class="queue" aria-label={words.queue}>
      <div class="tabs">
        {tabs.map((one) => {
          const count = countOf(one);
          return (
            <button key={one} type="button" aria-pressed={one === tab} onClick={() => desk.show(one)}>
              {words.tabs[one]}
              {count !== undefined && count > 0 && <b>{count >= countLimit ? `${countLimit - 1}+` : count}</b>}
            </button>
          );
        })}
      </div>
      <input
        type="search"
        class="search"
        placeholder={words.search}
        aria-label={words.search}
        value={search}
        onInput={({ currentTarget }) => desk.search(currentTarget.value)}
      />
      {!queue && <p class="empty">{words.loading}</p>}
      {queue?.cases.length === 0 && <p class="empty">{search.trim() ? words.nothingFound : words.empty[tab]}</p>}
      <ul>
        {queue?.cases.map((one) => (
          <li key={one.id}>
            <a
              href={`#/case/${encodeURIComponent(one.id)}`}
              class={one.waitingSince === null ? '' : 'waits'}
              aria-current={one.id === state.open ? 'page' : undefined}
            >
              <CaseLine one={one} words={words} language={language} now={now} />
            </a>
          </li>
        ))}
      </ul>
      {queue?.more && (
        <button type="button" class="plain more" onClick={desk.more}>
          {words.more}
        </button>
      )}
    </nav>
  );
}

interface CaseLineProps {
  readonly one: Case;
  readonly words: Labels;
  readonly language: DeskState['language'];
  readonly now: number;
}

function CaseLine({ one, words, language, now }: CaseLineProps) {
  const { facts, question, status, openedAt, waitingSince, snoozedUntil, consultant, conversation } = one;
  const channel = conversation.slice(0, conversation.indexOf(':'));
  const isClosed = status === 'resolved' || status === 'withdrawn';
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now && !isClosed;
  return (
    <>
      <span class="who">
        <strong>{facts.name ?? words.visitor}</strong>
        <span class="from">{channel}</span>
        {!isClosed && waitingSince !== null ? (
          <time
            class="waiting"
            dateTime={new Date(waitingSince).toISOString()}
            title={fullTime(waitingSince, language)}
          >
            {words.waits(duration(waitingSince, language, now))}
          </time>
        ) : (
          <time dateTime={new Date(openedAt).toISOString()} title={fullTime(openedAt, language)}>
            {shortTime(openedAt, language, now)}
          </time>
        )}
      </span>
      <span class="question" lang={facts.language}>
        {question}
      </span>
      <span class="state">
        {isSnoozed ? words.snoozedUntil(shortTime(snoozedUntil, language, now)) : statusText(one, words)}
        {status === 'resolved' && consultant && ` · ${consultant.name}`}
      </span>
    </>
  );
}

/** Where a case stands, in words. */
export function statusText({ status, paged, consultant }: Case, words: Labels): string {
  if (status === 'claimed') return words.status.claimed(consultant?.name ?? words.somebody);
  return status === 'waiting' && !paged ? words.status.details : words.status[status];
}
