import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { createChat } from './chat.ts';
import { createKeep } from './keep.ts';
import { labels } from './labels.ts';
import { readSettings } from './settings.ts';
import './style/base.css';
import './style/chat.css';
import './style/choices.css';
import './style/line.css';
import './style/page.css';
import { dress } from './title.ts';
import { ChatView, useChat, useField } from './view/Chat.tsx';

const { locale, title } = readSettings(location.search);
const chat = createChat(createKeep(), locale);

/** The start page: what can be asked, and the chat beside it. */
function Page() {
  const state = useChat(chat);
  const { field, focus } = useField();
  const words = labels[state.language];

  useEffect(() => {
    const look = () => chat.setInSight(!document.hidden);
    document.addEventListener('visibilitychange', look);
    focus();
  }, []);
  useEffect(() => dress(state, `${words.headline} · ${words.title}`), [state.language, state.unread]);

  return (
    <main class="page">
      <div class="intro">
        <h1>{words.headline}</h1>
        <p class="lead">{words.lead}</p>
        <h2 class="ask">{words.examplesTitle}</h2>
        <ul class="examples">
          {words.examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => {
                  chat.say(example);
                  focus();
                }}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
        <p class="small">{words.smallPrint}</p>
      </div>
      <ChatView chat={chat} state={state} title={title} level={2} field={field} />
    </main>
  );
}

const root = document.getElementById('app');
if (root) render(<Page />, root);
