import type { ComponentChildren } from 'preact';
import type { CaseFacts } from '../../../../../src/core/conversation/effect.ts';
import type { Consultant } from '../../../../../src/core/conversation/event.ts';
import type { Language } from '../../../../../src/core/message.ts';
import type { WireItem, WireState } from '../../../desk/wire.ts';
import { Markdown } from '../../view/Markdown.tsx';
import type { Desk } from '../desk.ts';
import { happenedText } from '../happened.ts';
import { type Labels, labels } from '../labels.ts';
import { fullTime, shortTime } from '../when.ts';
import { Attachment } from './Attachment.tsx';
import { Matches } from './Matches.tsx';
import { Said } from './Said.tsx';

interface ItemProps {
  readonly item: WireItem;
  readonly desk: Desk;
  readonly visitor: CaseFacts;
  readonly me: Consultant;
  readonly language: Language;
  readonly now: number;
  readonly titles: ReadonlyMap<string, string>;
}

/** One thing in the thread. Who spoke is told by words, place and form, not by colour alone. */
export function Item({ item, desk, visitor, me, language, now, titles }: ItemProps) {
  const words = labels[language];
  const time = (
    <time dateTime={new Date(item.at).toISOString()} title={fullTime(item.at, language)}>
      {shortTime(item.at, language, now)}
    </time>
  );
  switch (item.kind) {
    case 'visitor':
      return (
        <div class="item visitor">
          <Who
            name={visitor.name ?? words.visitor}
            part={visitor.name === undefined ? undefined : words.visitor}
            time={time}
          />
          {item.text !== '' && <p class="said">{item.text}</p>}
          {item.file && <Attachment file={item.file} />}
          {item.matches && <Matches matches={item.matches} words={words} titles={titles} />}
        </div>
      );
    case 'bot':
    case 'notice':
      return (
        <div class="item bot">
          <Who name={words.bot} time={time} />
          <div class="said text" lang={item.language}>
            <Markdown blocks={item.blocks} />
          </div>
          {item.kind === 'bot' && item.choices.length > 0 && (
            <p class="offered">
              {words.offered}: {item.choices.join(' · ')}
            </p>
          )}
          <StateLine state={item.state} words={words} quiet />
        </div>
      );
    case 'reply':
    case 'note':
      return <Said item={item} desk={desk} me={me} words={words} time={time} />;
    case 'event': {
      const text = happenedText(item.item, language, now);
      if (text === undefined) return null;
      return (
        <p class={`item event ${item.item.kind}`}>
          <span>{text}</span> {time}
        </p>
      );
    }
  }
}

interface WhoProps {
  readonly name: string;
  /** What they are, where the name does not say it. */
  readonly part?: string | undefined;
  readonly time: ComponentChildren;
}

/** Who said it, and when. */
export function Who({ name, part, time }: WhoProps) {
  return (
    <p class="who">
      <strong>{name}</strong>
      {part !== undefined && <span class="part">{part}</span>}
      {time}
    </p>
  );
}

const signs: Readonly<Record<WireState, string>> = {
  sending: '…',
  delivered: '✓',
  waiting: '◷',
  failed: '✕',
  uncertain: '?',
  discarded: '✕',
};

interface StateLineProps {
  readonly state: WireState;
  readonly reason?: string | undefined;
  readonly words: Labels;
  /** Says nothing as long as all is well. */
  readonly quiet?: boolean;
}

/** Where something said to the visitor stands. */
export function StateLine({ state, reason, words, quiet = false }: StateLineProps) {
  if (quiet && (state === 'delivered' || state === 'sending')) return null;
  return (
    <p class={`delivery ${state}`}>
      <span aria-hidden="true">{signs[state]}</span> {words.states[state]}
      {reason !== undefined && state !== 'delivered' && `: ${reason}`}
    </p>
  );
}
