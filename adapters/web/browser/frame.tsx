import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { createChat } from './chat.ts';
import { createKeep } from './keep.ts';
import { labels } from './labels.ts';
import { type FromFrame, type FromLoader, takePort } from './port.ts';
import { readSettings } from './settings.ts';
import './style/base.css';
import './style/chat.css';
import './style/choices.css';
import './style/line.css';
import { dress } from './title.ts';
import { ChatView, useChat, useField } from './view/Chat.tsx';

const { locale, title } = readSettings(location.search);
const chat = createChat(createKeep(), locale);
const loader = takePort();
let isOpen = true;
const look = () => chat.setInSight(isOpen && !document.hidden);

/** The chat as a page of its own: on a phone, or in the frame that the loader opens. */
function Frame() {
  const state = useChat(chat);
  const { field, focus } = useField();
  const [port, setPort] = useState<MessagePort>();
  const tell = (message: FromFrame) => port?.postMessage(message);

  useEffect(() => {
    if (parent === window) focus();
    document.addEventListener('visibilitychange', look);
    loader.then((given) => {
      given.onmessage = ({ data: { open, focus: wanted } }: MessageEvent<FromLoader>) => {
        isOpen = open;
        look();
        // What was hidden a moment ago takes the focus only once it is drawn.
        if (open && wanted) requestAnimationFrame(focus);
      };
      setPort(given);
    });
  }, []);

  useEffect(() => {
    if (!port) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) tell({ close: true });
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [port]);

  useEffect(() => dress(state, title ?? labels[state.language].title), [state.language, state.unread]);
  useEffect(() => tell({ unread: state.unread }), [port, state.unread]);

  return (
    <main class="frame">
      <ChatView
        chat={chat}
        state={state}
        title={title}
        level={1}
        field={field}
        onClose={port && (() => tell({ close: true }))}
      />
    </main>
  );
}

const root = document.getElementById('app');
if (root) render(<Frame />, root);
