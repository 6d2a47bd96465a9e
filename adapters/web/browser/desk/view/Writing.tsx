import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { WireCase } from '../../../desk/wire.ts';
import type { Desk } from '../desk.ts';
import { keepDraft, readDraft } from '../drafts.ts';
import { type Labels, labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { useAttachment } from './attachment.ts';
import { Insert } from './Insert.tsx';
import { Stopped } from './Stopped.tsx';

interface WritingProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly current: WireCase;
  readonly me: Consultant;
}

/** Longest text, characters. */
const longest = 10_000;

/** Types of files that may be sent, for the file dialog. */
const accepted = 'image/png,image/jpeg,image/gif,image/webp,.pdf,.txt,.csv,.zip,.doc,.docx,.xls,.xlsx,.ppt,.pptx';

/** Where a consultant writes to the visitor, or a note for the colleagues. What is begun is kept for each case. */
export function Writing({ desk, state, current, me }: WritingProps) {
  const words = labels[state.language];
  const { id, status, consultant } = current.case;
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(() => readDraft(id));
  const [inserting, setInserting] = useState(false);
  const attachment = useAttachment(desk);
  const isMine = status === 'claimed' && consultant?.id === me.id;
  const internal = draft.internal || !isMine;
  const isNote = internal || draft.text.trimStart().startsWith('//');
  const over = [...draft.text.trim()].length - longest;
  const { file } = attachment;
  const isEmpty = draft.text.trim() === '' && (isNote || !file);

  const change = (next: Partial<typeof draft>) => {
    const changed = { ...draft, ...next };
    setDraft(changed);
    keepDraft(id, changed);
  };
  const turnTo = (mode: 'reply' | 'note') => {
    change({ internal: mode === 'note' });
    field.current?.focus();
  };
  const send = () => {
    if (isEmpty || over > 0) return;
    if (attachment.busy) return desk.toast({ says: 'wait' });
    const text = draft.text.trim();
    const sent = isNote ? undefined : file;
    const act = internal
      ? { does: 'note' as const, text }
      : { does: 'say' as const, text, ...(sent && { file: sent.id }) };
    void desk.write(act, sent);
    change({ text: '' });
    if (sent) attachment.clear();
    field.current?.focus();
  };
  const insert = (text: string) => {
    setInserting(false);
    const { selectionStart: start = draft.text.length, selectionEnd: end = start } = field.current ?? {};
    change({ text: `${draft.text.slice(0, start)}${text}${draft.text.slice(end)}` });
    requestAnimationFrame(() => field.current?.focus());
  };

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [draft.text]);

  return (
    <form
      class={`writing${isNote ? ' internal' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {state.stopped?.case === id && (
        <Stopped
          words={words}
          onSend={() => desk.unstop(true)}
          onChange={() => {
            change({ text: state.stopped?.act.text ?? '', internal: false });
            desk.unstop(false);
            field.current?.focus();
          }}
        />
      )}
      <div class="modes">
        <button
          type="button"
          data-mode="reply"
          aria-pressed={!internal}
          disabled={!isMine}
          onClick={() => turnTo('reply')}
        >
          {words.reply}
        </button>
        <button type="button" data-mode="note" aria-pressed={internal} onClick={() => turnTo('note')}>
          {words.note}
        </button>
        <span class="hint" role="status">
          {hintOf()}
        </span>
      </div>
      <textarea
        ref={field}
        rows={2}
        value={draft.text}
        aria-label={isNote ? words.noteFor : words.replyTo}
        placeholder={isNote ? words.noteFor : words.replyTo}
        aria-invalid={over > 0}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        onPaste={(event) => {
          const pasted = event.clipboardData?.files[0];
          if (!pasted || isNote) return;
          event.preventDefault();
          void attachment.take(pasted);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <AttachmentLine attachment={attachment} hidden={isNote} words={words} />
      <div class="tools">
        <input
          ref={picker}
          type="file"
          class="unseen"
          tabIndex={-1}
          aria-hidden="true"
          accept={accepted}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            if (chosen) void attachment.take(chosen);
            currentTarget.value = '';
          }}
        />
        <button
          type="button"
          class="plain icon"
          disabled={isNote}
          aria-label={words.attach}
          title={words.attach}
          onClick={() => picker.current?.click()}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M14.5 8.5l-5.8 5.8a2.6 2.6 0 0 1-3.7-3.7l6.6-6.6a1.8 1.8 0 0 1 2.5 2.5l-6.4 6.4" />
          </svg>
        </button>
        <button type="button" class="plain" data-act="insert" title={words.insert} onClick={() => setInserting(true)}>
          {words.insertTitle}
        </button>
        <span class="hint">{words.sendKeys}</span>
        <button type="submit" class="primary" disabled={isEmpty || over > 0}>
          {isNote ? words.addNote : words.send}
        </button>
      </div>
      {inserting && (
        <Insert
          kit={state.kit}
          words={words}
          language={state.language}
          visitors={current.case.facts.language === 'en' ? 'en' : 'zh'}
          onPick={insert}
          onClose={() => setInserting(false)}
        />
      )}
    </form>
  );

  function hintOf(): string {
    if (over > 0) return words.tooLong(over);
    if (!isMine) {
      if (status === 'waiting') return words.claimFirst;
      return status === 'claimed' ? words.heldBy(consultant?.name ?? words.somebody) : words.caseClosed;
    }
    return !internal && isNote ? words.slashes : '';
  }
}

interface AttachmentLineProps {
  readonly attachment: ReturnType<typeof useAttachment>;
  readonly hidden: boolean;
  readonly words: Labels;
}

function AttachmentLine({ attachment: { file, busy, clear }, hidden, words }: AttachmentLineProps) {
  if (hidden || (!file && !busy)) return null;
  return (
    <p class="attached" role="status">
      {busy ? words.uploading : file?.name}
      {file && !busy && (
        <button type="button" class="plain icon" aria-label={words.detach} onClick={clear}>
          <span aria-hidden="true">✕</span>
        </button>
      )}
    </p>
  );
}
