import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Language, Suggestion } from '../../../../src/core/message.ts';
import { textLimit } from '../../wire.ts';
import type { Labels } from '../labels.ts';
import { listId, optionId, Suggestions } from './Suggestions.tsx';
import { useSuggestions } from './suggestions.ts';

/** The field to write in, once it is there. */
export type Field = { current: HTMLTextAreaElement | null };

interface ComposerProps {
  readonly field: Field;
  readonly text: string;
  readonly words: Labels;
  readonly language: Language;
  /** False while a consultant answers: then nothing is suggested. */
  readonly suggests: boolean;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onPick: (suggestion: Suggestion) => void;
}

/** From this many characters left on they are counted. */
const countFrom = 200;

/** Where the visitor writes. */
export function Composer({ field, text, words, language, suggests, onText, onSend, onPick }: ComposerProps) {
  const left = textLimit - [...text.trim()].length;
  const canSend = text.trim() !== '' && left >= 0;
  /** `typing`: suggestions are welcome; `dismissed`: not again before the field was empty. */
  const [mood, setMood] = useState<'typing' | 'dismissed' | 'away'>('away');
  const [composing, setComposing] = useState(false);
  const suggestions = useSuggestions(text, language, suggests && mood === 'typing' && !composing);
  const [active, setActive] = useState(-1);

  useEffect(() => setActive(-1), [suggestions, text]);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const send = () => {
    setMood('away');
    onSend();
  };
  const pick = (suggestion: Suggestion) => {
    setMood('away');
    onPick(suggestion);
  };
  const onInput = (written: string) => {
    if (written === '') setMood('away');
    else if (mood === 'away') setMood('typing');
    onText(written);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While Chinese is being composed, Enter takes the suggestion; Safari reports the closing one as key 229.
    if (event.isComposing || event.keyCode === 229) return;
    const count = suggestions.length;
    const picked = suggestions[active];
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (picked) pick(picked);
      else if (canSend) send();
    } else if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      // One step beyond either end is the text as it was written: -1.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (count > 0 && event.key === 'Escape') {
      event.preventDefault();
      // Where the chat is in a frame, Escape closes it; this one closes the list only.
      event.stopPropagation();
      setMood('dismissed');
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) send();
      }}
    >
      {suggestions.length > 0 && <Suggestions suggestions={suggestions} active={active} words={words} onPick={pick} />}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={words.question}
          aria-describedby="wenda-keys"
          aria-invalid={left < 0}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          {...(suggestions.length > 0 && { 'aria-controls': listId })}
          {...(active >= 0 && { 'aria-activedescendant': optionId(active) })}
          autocomplete="off"
          placeholder={words.placeholder}
          enterkeyhint="send"
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onBlur={() => mood === 'typing' && setMood('away')}
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
      <p class="unseen" role="status">
        {suggestions.length > 0 && words.suggested(suggestions.length)}
      </p>
      <p class="unseen" id="wenda-keys">
        {words.keys}
      </p>
    </form>
  );
}
