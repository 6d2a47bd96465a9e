import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WireChoice } from '../../wire.ts';
import type { Labels } from '../labels.ts';

interface ChoicesProps {
  readonly choices: readonly WireChoice[];
  readonly multiple: boolean;
  readonly active: boolean;
  readonly picked: ReadonlySet<string>;
  readonly words: Labels;
  readonly onPick: (choices: readonly WireChoice[]) => void;
}

/** The choices of a message: buttons, or boxes to tick and a button where several can be picked together. */
export function Choices(props: ChoicesProps) {
  const { choices, multiple, active, picked, words, onPick } = props;
  const group = useRef<HTMLDivElement>(null);
  const wasActive = useRef(active);
  useLayoutEffect(() => {
    // The boxes are gone with the focus in them: it goes on from what was picked.
    const isLost = document.activeElement === document.body;
    if (wasActive.current && !active && isLost) group.current?.querySelector<HTMLElement>('.picked')?.focus();
    wasActive.current = active;
  }, [active]);

  const answers = choices.filter(({ quiet }) => !quiet);
  const controls = choices.filter(({ quiet }) => quiet);
  const button = (choice: WireChoice, number?: number) => (
    <PickButton
      key={choice.id}
      choice={choice}
      active={active}
      picked={picked.has(choice.id)}
      words={words}
      onPick={() => onPick([choice])}
      {...(number === undefined ? {} : { number })}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that repeats the question
    <div class="choices" ref={group} role="group" aria-label={words.choices}>
      {multiple && active ? (
        <Boxes choices={answers} words={words} onPick={onPick} />
      ) : (
        answers.length > 0 && <div class="answers">{answers.map((choice, index) => button(choice, index + 1))}</div>
      )}
      {controls.length > 0 && <div class="controls">{controls.map((choice) => button(choice))}</div>}
    </div>
  );
}

interface PickButtonProps {
  readonly choice: WireChoice;
  readonly active: boolean;
  readonly picked: boolean;
  readonly words: Labels;
  readonly number?: number;
  readonly onPick: () => void;
}

/** One choice. When it can no longer be picked it keeps the focus, so that the next Tab leads on from here. */
export function PickButton({ choice, active, picked, words, number, onPick }: PickButtonProps) {
  return (
    <button
      type="button"
      class={`choice${choice.quiet ? ' quiet' : ''}${picked ? ' picked' : ''}`}
      aria-disabled={!active}
      tabIndex={active ? 0 : -1}
      onClick={() => active && onPick()}
    >
      {number !== undefined && (
        <span class="number" aria-hidden="true">
          {picked ? '✓' : number}
        </span>
      )}
      <span>{choice.label}</span>
      {picked && <span class="unseen"> ({words.chosen})</span>}
    </button>
  );
}

function Boxes({ choices, words, onPick }: Pick<ChoicesProps, 'choices' | 'words' | 'onPick'>) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  return (
    <form
      class="boxes"
      onSubmit={(event) => {
        event.preventDefault();
        if (ticked.size > 0) onPick(choices.filter(({ id }) => ticked.has(id)));
      }}
    >
      {choices.map(({ id, label }) => (
        <label key={id} class="box">
          <input type="checkbox" checked={ticked.has(id)} onChange={() => toggle(id)} />
          <span>{label}</span>
        </label>
      ))}
      <button type="submit" class="confirm" disabled={ticked.size === 0}>
        {words.confirm}
        {ticked.size > 0 && ` (${ticked.size})`}
      </button>
    </form>
  );
}
