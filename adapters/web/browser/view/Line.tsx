import type { AttachedFile } from '../../../../src/core/message.ts';
import type { WireChoice, WireLine } from '../../wire.ts';
import type { Labels } from '../labels.ts';
import type { Pending, Picks } from '../transcript.ts';
import { Choices, PickButton } from './Choices.tsx';
import { Markdown } from './Markdown.tsx';

interface LineProps {
  readonly line: WireLine;
  readonly picks: Picks;
  readonly words: Labels;
  /** Shown below; undefined when the next line is of the same minute. */
  readonly time: string | undefined;
  readonly onChoose: (choices: readonly WireChoice[]) => void;
  readonly onSave: (file: AttachedFile) => void;
}

const none: ReadonlySet<string> = new Set();

/** One line of the transcript. */
export function Line({ line, picks, words, time, onChoose, onSave }: LineProps) {
  const stamp = time !== undefined && <time dateTime={new Date(line.at).toISOString()}>{time}</time>;
  if (line.author === 'notice') {
    return (
      <div class="line notice" lang={line.language}>
        <Markdown blocks={line.blocks} />
      </div>
    );
  }
  if (line.author !== 'bot') {
    const isVisitor = line.author === 'visitor';
    const file = line.author === 'consultant' ? line.file : undefined;
    return (
      <div class={`line ${line.author}`}>
        {isVisitor ? <span class="unseen">{words.you}: </span> : <span class="author">{words.consultant}</span>}
        <p class="bubble" lang={isVisitor ? undefined : line.language}>
          {line.text}
        </p>
        {file && (
          <button type="button" class="link" onClick={() => onSave(file)}>
            {words.save} {file.name}
          </button>
        )}
        {stamp}
      </div>
    );
  }
  const { blocks, language, source, choices, multiple, feedback } = line.message;
  const picked = picks.picked.get(line.position) ?? none;
  return (
    <div class="line bot" lang={language}>
      <span class="unseen">{words.title}: </span>
      <div class="card">
        <div class="text">
          <Markdown blocks={blocks} />
        </div>
        {source && <p class="source">{source}</p>}
        {feedback && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that repeats the question
          <div class="feedback" role="group" aria-label={feedback.ask}>
            <span aria-hidden="true">{feedback.ask}</span>
            {[feedback.yes, feedback.no].map((choice) => (
              <PickButton
                key={choice.id}
                choice={{ ...choice, quiet: true }}
                active={picks.feedback === line.position}
                picked={picked.has(choice.id)}
                words={words}
                onPick={() => onChoose([choice])}
              />
            ))}
          </div>
        )}
      </div>
      {choices && choices.length > 0 && (
        <Choices
          choices={choices}
          multiple={multiple ?? false}
          active={picks.choices === line.position}
          picked={picked}
          words={words}
          onPick={onChoose}
        />
      )}
      {stamp}
    </div>
  );
}

interface PendingLineProps {
  readonly pending: Pending;
  readonly words: Labels;
  readonly offline: boolean;
  readonly onEdit: (pending: Pending) => void;
  readonly onDiscard: (pending: Pending) => void;
}

/** Something the visitor wrote that the server does not have yet, or will not take. */
export function PendingLine({ pending, words, offline, onEdit, onDiscard }: PendingLineProps) {
  const refused = pending.status === 'refused';
  return (
    <div class={`line visitor pending${refused ? ' refused' : ''}`}>
      <span class="unseen">{words.you}: </span>
      <p class="bubble">{pending.text}</p>
      {pending.status === 'waiting' && offline && <span class="state">{words.waiting}</span>}
      {refused && (
        <span class="state">
          {pending.code === 'text-too-long' ? words.tooLong : words.refused}{' '}
          {pending.body.kind === 'text' && (
            <button type="button" class="link" onClick={() => onEdit(pending)}>
              {words.edit}
            </button>
          )}{' '}
          <button type="button" class="link" onClick={() => onDiscard(pending)}>
            {words.remove}
          </button>
        </span>
      )}
    </div>
  );
}
