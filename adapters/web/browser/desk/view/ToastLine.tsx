import { useEffect } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState, Toast } from '../state.ts';

/** How long a word about what happened stays, ms. */
const shownFor = 8_000;

/** A word to the consultant, read out by screen readers. */
export function ToastLine({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const { toast, language } = state;
  const words = labels[language];
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => desk.toast(), shownFor);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div class="toasts" role="status">
      {toast && (
        <p class="toast">
          {textOf(toast)}
          <button type="button" class="plain icon" aria-label={words.close} onClick={() => desk.toast()}>
            <span aria-hidden="true">✕</span>
          </button>
        </p>
      )}
    </div>
  );

  function textOf(shown: Toast): string {
    if (shown.says !== 'refused') return words.toasts[shown.says];
    return shown.why === 'held' ? words.toasts.held(shown.holder?.name ?? words.somebody) : words.toasts[shown.why];
  }
}
