import type { Suggestion, SuggestionPart } from '../../../../src/core/message.ts';
import type { Labels } from '../labels.ts';

/** The id of the list, and of each of its options. */
export const listId = 'wenda-suggestions';
export const optionId = (at: number) => `${listId}-${at}`;

interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[];
  /** The one that Enter takes; -1 for none. */
  readonly active: number;
  readonly words: Labels;
  readonly onPick: (suggestion: Suggestion) => void;
}

/** What the visitor may mean, above the field. The focus stays in the field. */
export function Suggestions({ suggestions, active, words, onPick }: SuggestionsProps) {
  return (
    <div class="suggestions" id={listId} role="listbox" aria-label={words.suggestions}>
      {suggestions.map((suggestion, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field
        <div
          key={suggestion.entry}
          class="suggestion"
          id={optionId(at)}
          role="option"
          aria-selected={at === active}
          lang={suggestion.language}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
        >
          <span class="what">
            <Parts parts={suggestion.title} />
          </span>
          {suggestion.question && (
            <span class="asked">
              <Parts parts={suggestion.question} />
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

function Parts({ parts }: { readonly parts: readonly SuggestionPart[] }) {
  return <>{parts.map(({ text, found }, at) => (found ? <mark key={at}>{text}</mark> : text))}</>;
}

/** The bare text of a title or question. */
export function textOf(parts: readonly SuggestionPart[]): string {
  return parts.map(({ text }) => text).join('');
}
