import type { Labels } from '../labels.ts';

interface StoppedProps {
  readonly words: Labels;
  readonly onSend: () => void;
  readonly onChange: () => void;
}

/** The warning about a reply that seems to speak of the wrong one of filing and licence. */
export function Stopped({ words, onSend, onChange }: StoppedProps) {
  return (
    <div class="stopped" role="alert">
      <p>{words.confusing}</p>
      <button type="button" onClick={onChange}>
        {words.change}
      </button>
      <button type="button" onClick={onSend}>
        {words.sendAnyway}
      </button>
    </div>
  );
}
