import { render } from 'preact';
import { createDesk } from './desk/desk.ts';
import './style/base.css';
import './style/desk/frame.css';
import './style/desk/queue.css';
import './style/desk/case.css';
import './style/desk/thread.css';
import './style/desk/writing.css';
import './style/desk/print.css';
import { takeKey } from './desk/key.ts';
import { App } from './desk/view/App.tsx';
import { createKeep } from './keep.ts';

const key = takeKey();
const keep = createKeep();
const desk = createDesk(keep, navigator.language);

const root = document.getElementById('app');
if (root) render(<App desk={desk} keep={keep} password={key} />, root);
