import { useEffect } from 'preact/hooks';
import type { Desk } from '../desk.ts';

/** Sets the focus on the first of what the selector finds; tells whether there was one. */
function focus(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

function press(selector: string): void {
  document.querySelector<HTMLButtonElement>(selector)?.click();
}

/** The keys of the desk, outside of fields and dialogs. */
export function useShortcuts(desk: Desk, on: boolean, help: () => void): void {
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      const isField = target?.matches('input, textarea, select') ?? false;
      if (event.key === 'Escape') {
        if (isField) target?.blur();
        else desk.open(undefined);
        return;
      }
      const act = isField || !desk.state().shortcuts ? undefined : keys.get(event.key);
      if (!act) return;
      event.preventDefault();
      act();
    };
    const keys = new Map<string, () => void>([
      ['j', () => desk.step(1)],
      ['k', () => desk.step(-1)],
      ['c', () => press('[data-act="claim"]')],
      ['e', () => press('[data-act="resolve"]')],
      ['r', () => press('[data-mode="reply"]')],
      ['n', () => press('[data-mode="note"]')],
      ['i', () => press('[data-act="insert"]')],
      ['/', () => focus('[type="search"]')],
      ['?', help],
    ]);
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [on]);
}
