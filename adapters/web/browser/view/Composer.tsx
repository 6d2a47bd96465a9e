import { useLayoutEffect } from 'preact/hooks';
import { textLimit } from '../../wire.ts';
import type { Labels } from '../labels.ts';

/** The field to write in, once it is there. */
export type Field = { current: HTMLTextAreaElement | null };

interface ComposerProps {
  readonly field: Field;
  readonly text: string;
  readonly words: Labels;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
}

/** From this many characters left on they are counted. */
const countFrom = 200;

/** Where the visitor writes. */
export function Composer({ field, text, words, onText, onSend }: ComposerProps) {
  const left = textLimit - [...text.trim()].length;
  const canSend = text.trim() !== '' && left >= 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const onKeyDown = (event: KeyboardEvent) => {
    // While Chinese is being composed, Enter takes the suggestion; Safari reports the closing one as key 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (canSend) onSend();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend();
      }}
    >
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={words.question}
          aria-describedby="wenda-keys"
          aria-invalid={left < 0}
          placeholder={words.placeholder}
          enterkeyhint="send"
          onInput={(event) => onText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={!canSend}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M10 16V4.5M4.8 9.7L10 4.5l5.2 5.2" />
          </svg>
        </button>
      </div>
      <p class={`count${left < 0 ? ' over' : ''}`} role="status">
        {left < 0 ? words.over(-left) : left <= countFrom ? words.left(left) : ''}
      </p>
      <p class="unseen" id="wenda-keys">
        {words.keys}
      </p>
    </form>
  );
}
