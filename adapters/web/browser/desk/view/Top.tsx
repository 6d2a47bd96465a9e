import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import { Seal } from '../../view/Seal.tsx';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

interface TopProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly me: Consultant;
  readonly onHelp: () => void;
}

/** The bar above everything. */
export function Top({ desk, state, me, onHelp }: TopProps) {
  const { language, signal } = state;
  const words = labels[language];
  return (
    <header class="top">
      <Seal />
      <h1>{words.headline}</h1>
      <span class="me">{me.name}</span>
      <button
        type="button"
        class="plain icon"
        aria-pressed={signal}
        aria-label={words.signal}
        title={words.signal}
        onClick={() => desk.setSignal(!signal)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3" />
          {!signal && <path d="M3 3l14 14" />}
        </svg>
      </button>
      <button type="button" class="plain icon" aria-label={words.help} title={`${words.help} (?)`} onClick={onHelp}>
        <span aria-hidden="true">?</span>
      </button>
      <LanguageSwitch desk={desk} language={language} />
      <button type="button" class="plain" onClick={() => desk.signOut()}>
        {words.signOut}
      </button>
    </header>
  );
}
