import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AttachedFile } from '../../../../src/core/message.ts';
import type { WireChoice } from '../../wire.ts';
import type { ChatState } from '../chat.ts';
import { dayOf, timeOf } from '../dates.ts';
import { labels } from '../labels.ts';
import { lastOf, type Pending, picksOf } from '../transcript.ts';
import { Line, PendingLine } from './Line.tsx';

interface LogProps {
  readonly state: ChatState;
  readonly onChoose: (choices: readonly WireChoice[]) => void;
  readonly onEdit: (pending: Pending) => void;
  readonly onDiscard: (pending: Pending) => void;
  readonly onSave: (file: AttachedFile) => void;
}

/** How near to the end counts as being at the end, px. */
const near = 48;

/** The conversation. It follows the newest line unless the visitor has scrolled up. */
export function Log({ state, onChoose, onEdit, onDiscard, onSave }: LogProps) {
  const { transcript, language, ready, expecting, link } = state;
  const words = labels[language];
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);

  const look = () => {
    const log = box.current;
    if (!log) return;
    following.current = log.scrollHeight - log.scrollTop - log.clientHeight < near;
    setAway(!following.current);
  };
  const toNewest = () => box.current?.scrollTo({ top: box.current.scrollHeight });

  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    // The room shrinks when the text field grows or a notice appears.
    const observer = new ResizeObserver(() => {
      if (following.current) log.scrollTop = log.scrollHeight;
    });
    observer.observe(log);
    return () => observer.disconnect();
  }, []);

  const last = lastOf(transcript.lines);
  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    if (following.current || lastOf(transcript.pending)?.status === 'waiting') {
      // A long answer is read from its beginning.
      const newest = log.querySelector<HTMLElement>('.line.bot:last-of-type');
      const isTall = ready && newest !== null && newest.offsetHeight > log.clientHeight && !expecting;
      log.scrollTop = isTall ? newest.offsetTop - 8 : log.scrollHeight;
    }
    look();
  }, [last?.position, transcript.pending, expecting, ready]);

  const now = Date.now();
  const picks = picksOf(transcript);
  let day = '';
  return (
    <div class="scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="log" ref={box} role="log" aria-label={words.log} aria-busy={!ready} tabIndex={0} onScroll={look}>
        {!ready && transcript.lines.length === 0 && <p class="loading">{words.loading}</p>}
        {transcript.lines.map((line, index) => {
          const next = transcript.lines[index + 1];
          const time = timeOf(line.at, language);
          const isLast = next === undefined || timeOf(next.at, language) !== time;
          const lineDay = dayOf(line.at, language, now);
          const isNewDay = lineDay !== day;
          day = lineDay;
          return (
            <Fragment key={line.position}>
              {isNewDay && <p class="day">{lineDay}</p>}
              <Line
                line={line}
                picks={picks}
                words={words}
                time={isLast ? time : undefined}
                onChoose={onChoose}
                onSave={onSave}
              />
            </Fragment>
          );
        })}
        {transcript.pending.map((pending) => (
          <PendingLine
            key={pending.id}
            pending={pending}
            words={words}
            offline={link === 'lost'}
            onEdit={onEdit}
            onDiscard={onDiscard}
          />
        ))}
        {expecting && (
          <div class="typing">
            <span class="unseen">{words.typing}</span>
            <i />
            <i />
            <i />
          </div>
        )}
      </div>
      {away && (
        <button type="button" class="newest" aria-label={words.newest} onClick={toNewest}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M10 4v11M5 10.5l5 5 5-5" />
          </svg>
        </button>
      )}
    </div>
  );
}
