import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { Actions } from './Actions.tsx';
import { DataCard } from './DataCard.tsx';
import { statusText } from './Queue.tsx';
import { Thread } from './Thread.tsx';
import { Writing } from './Writing.tsx';

interface CasePageProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly me: Consultant;
  readonly now: number;
}

/** The case that is open: its head, its thread, the field to write in, the visitor's data. */
export function CasePage({ desk, state, me, now }: CasePageProps) {
  const { language, current, missing, open } = state;
  const words = labels[language];
  if (!current) {
    const word = open === undefined ? words.pick : missing ? words.missing : words.loading;
    return (
      <main class="case none">
        {open !== undefined && <Back desk={desk} label={words.back} />}
        <p>{word}</p>
      </main>
    );
  }
  const { case: view } = current;
  return (
    <main class="case">
      <header class="case-head">
        <Back desk={desk} label={words.back} />
        <div class="about">
          <h2>{view.facts.name ?? words.visitor}</h2>
          <p>
            {statusText(view, words)} · {words.reasons[view.reason]}
          </p>
        </div>
        <Actions desk={desk} current={current} me={me} words={words} />
      </header>
      <div class="case-body">
        <section class="talk" aria-label={words.thread}>
          <Thread desk={desk} state={state} current={current} me={me} now={now} />
          <Writing desk={desk} state={state} current={current} me={me} />
        </section>
        <DataCard current={current} language={language} now={now} />
      </div>
    </main>
  );
}

function Back({ desk, label }: { readonly desk: Desk; readonly label: string }) {
  return (
    <button type="button" class="plain icon back" aria-label={label} onClick={() => desk.open(undefined)}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M12.5 4L6.5 10l6 6" />
      </svg>
    </button>
  );
}
