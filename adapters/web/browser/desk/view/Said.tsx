import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { WireSaid } from '../../../desk/wire.ts';
import type { Desk } from '../desk.ts';
import type { Labels } from '../labels.ts';
import { Attachment } from './Attachment.tsx';
import { StateLine, Who } from './Item.tsx';

interface SaidProps {
  readonly item: WireSaid;
  readonly desk: Desk;
  readonly me: Consultant;
  readonly words: Labels;
  readonly time: ComponentChildren;
}

/** A consultant's reply with its delivery, or an internal note. One's own texts can be changed and taken back. */
export function Said({ item, desk, me, words, time }: SaidProps) {
  const { kind, consultant, text, file, origin, edited, gone, state, reason } = item;
  const [draft, setDraft] = useState<string>();
  const isMine = consultant.id === me.id && origin?.startsWith('web:') === true && !gone;
  const part = kind === 'note' ? words.internal : consultant.name === '' ? undefined : words.consultant;

  const save = (event: Event) => {
    event.preventDefault();
    const changed = draft?.trim() ?? '';
    if (origin !== undefined && changed !== '' && changed !== text)
      void desk.act({ does: 'edit', origin, text: changed });
    setDraft(undefined);
  };
  return (
    <div class={`item ${kind}${gone ? ' gone' : ''}`}>
      <Who name={consultant.name || words.consultant} part={part} time={time} />
      {draft === undefined ? (
        text !== '' && <p class="said">{gone ? <del>{text}</del> : text}</p>
      ) : (
        <form class="editing" onSubmit={save}>
          <textarea
            value={draft}
            rows={3}
            aria-label={words.edit}
            onInput={({ currentTarget }) => setDraft(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(event);
              if (event.key === 'Escape') setDraft(undefined);
            }}
          />
          <button type="submit">{words.save}</button>
          <button type="button" class="plain" onClick={() => setDraft(undefined)}>
            {words.cancel}
          </button>
        </form>
      )}
      {file && <Attachment file={file} />}
      <div class="below">
        {state && !gone && <StateLine state={state} reason={reason} words={words} />}
        {edited && <span class="delivery">{words.edited}</span>}
        {gone && <span class="delivery">{words.gone}</span>}
        {isMine && origin !== undefined && draft === undefined && (
          <span class="own">
            {!file && (
              <button type="button" class="plain small" onClick={() => setDraft(text)}>
                {words.edit}
              </button>
            )}
            <button type="button" class="plain small" onClick={() => desk.act({ does: 'edit', origin })}>
              {words.takeBack}
            </button>
          </span>
        )}
      </div>
    </div>
  );
}
