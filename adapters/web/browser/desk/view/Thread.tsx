import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { WireCase } from '../../../desk/wire.ts';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import type { DeskState } from '../state.ts';
import { Item } from './Item.tsx';
import { PendingItem } from './PendingItem.tsx';

interface ThreadProps {
  readonly desk: Desk;
  readonly state: DeskState;
  readonly current: WireCase;
  readonly me: Consultant;
  readonly now: number;
}

/** How near to the end counts as being at the end, px. */
const near = 60;

/** Everything that was said and done, in order. It follows the newest item unless one has scrolled up. */
export function Thread({ desk, state, current, me, now }: ThreadProps) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const { language } = state;
  const words = labels[language];
  const pending = state.pending.filter((one) => one.case === current.case.id);
  const titles = titlesOf(state, current);

  useLayoutEffect(() => {
    const thread = box.current;
    if (!thread) return;
    const observer = new ResizeObserver(() => {
      if (following.current) thread.scrollTop = thread.scrollHeight;
    });
    observer.observe(thread);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (box.current && following.current) box.current.scrollTop = box.current.scrollHeight;
  }, [current.thread[current.thread.length - 1]?.key, pending.length]);

  return (
    <div
      class="thread"
      ref={box}
      role="log"
      aria-label={words.thread}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        const { scrollHeight, scrollTop, clientHeight } = currentTarget;
        following.current = scrollHeight - scrollTop - clientHeight < near;
      }}
    >
      {current.thread.map((item) => (
        <Item
          key={item.key}
          item={item}
          desk={desk}
          visitor={current.case.facts}
          me={me}
          language={language}
          now={now}
          titles={titles}
        />
      ))}
      {pending.map((one) => (
        <PendingItem key={one.id} pending={one} desk={desk} me={me} words={words} />
      ))}
    </div>
  );
}

function titlesOf({ kit, language }: DeskState, { case: { matched } }: WireCase): ReadonlyMap<string, string> {
  return new Map([
    ...kit.insertable.map(({ id, title }) => [id, title[language]] as const),
    ...matched.map(({ entry, title }) => [entry, title[language]] as const),
  ]);
}
