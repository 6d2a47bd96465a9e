import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language, Suggestion } from '../../../../src/core/message.ts';
import type { Chat, ChatState } from '../chat.ts';
import { labels } from '../labels.ts';
import { botAnswers } from '../transcript.ts';
import { Composer, type Field } from './Composer.tsx';
import { Log } from './Log.tsx';
import { Seal } from './Seal.tsx';
import { textOf } from './Suggestions.tsx';

interface ChatProps {
  readonly chat: Chat;
  readonly state: ChatState;
  readonly title: string | undefined;
  /** Level of the heading: 1 where the chat is the page. */
  readonly level: 1 | 2;
  readonly field: Field;
  readonly onClose?: (() => void) | undefined;
}

const languages: readonly { readonly id: Language; readonly name: string; readonly tag: string }[] = [
  { id: 'en', name: 'EN', tag: 'en' },
  { id: 'zh', name: '中文', tag: 'zh-Hans' },
];

/** The chat: head, conversation, and the field to write in. */
export function ChatView({ chat, state, title, level, field, onClose }: ChatProps) {
  const words = labels[state.language];
  const [text, setText] = useState('');
  const Heading = level === 1 ? 'h1' : 'h2';

  const send = () => {
    chat.say(text.trim());
    setText('');
  };
  const pick = ({ entry, language, title, question }: Suggestion) => {
    // A choice is answered in the language of the chat, a text in its own.
    if (language === state.language) chat.choose([{ id: `entry:${entry}`, label: textOf(title) }]);
    else chat.say(textOf(question ?? title));
    setText('');
  };

  return (
    <section class="chat" aria-label={title ?? words.title}>
      <header class="head">
        <Seal />
        <div class="name">
          <Heading>{title ?? words.title}</Heading>
          <p>{words.tagline}</p>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons, not a form */}
        <div class="languages" role="group" aria-label={words.language}>
          {languages.map(({ id, name, tag }) => (
            <button
              key={id}
              type="button"
              lang={tag}
              aria-pressed={state.language === id}
              onClick={() => state.language !== id && chat.setLanguage(id)}
            >
              {name}
            </button>
          ))}
        </div>
        {onClose && (
          <button type="button" class="close" aria-label={words.close} onClick={onClose}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 5l10 10M15 5L5 15" />
            </svg>
          </button>
        )}
      </header>
      <Log
        state={state}
        onChoose={chat.choose}
        onSave={chat.save}
        onDiscard={({ id }) => chat.discard(id)}
        onEdit={(pending) => {
          setText(pending.text);
          chat.discard(pending.id);
          field.current?.focus();
        }}
      />
      <p class="notice" role="status">
        {state.link === 'lost' ? words.lost : state.slow ? words.slow : ''}
      </p>
      <Composer
        field={field}
        text={text}
        words={words}
        language={state.language}
        suggests={botAnswers(state.transcript)}
        onText={setText}
        onSend={send}
        onPick={pick}
      />
    </section>
  );
}

/** The state of a chat, kept current in a component. */
export function useChat(chat: Chat): ChatState {
  const [state, setState] = useState(chat.state);
  useEffect(() => {
    setState(chat.state());
    return chat.subscribe(setState);
  }, [chat]);
  return state;
}

/** The field to write in, and the function that puts the cursor there, except on touch screens (a keyboard would pop up). */
export function useField() {
  const field = useRef<HTMLTextAreaElement>(null);
  const focus = () => {
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus();
  };
  return { field, focus };
}
