import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { Dialog } from './Dialog.tsx';

/** The keyboard shortcuts, which may be turned off. */
export function Help({
  desk,
  state,
  onClose,
}: {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly onClose: () => void;
}) {
  const words = labels[state.language];
  return (
    <Dialog title={words.help} close={words.close} onClose={onClose}>
      <dl class="keys">
        {words.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={state.shortcuts}
          onChange={({ currentTarget }) => desk.setShortcuts(currentTarget.checked)}
        />
        {words.shortcuts}
      </label>
    </Dialog>
  );
}
