import { useEffect, useState } from 'preact/hooks';
import type { Keep } from '../../keep.ts';
import type { Desk } from '../desk.ts';
import { labels } from '../labels.ts';
import { waitingIn } from '../signal.ts';
import { CasePage } from './CasePage.tsx';
import { Help } from './Help.tsx';
import { Queue } from './Queue.tsx';
import { SignIn } from './SignIn.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ToastLine } from './ToastLine.tsx';
import { Top } from './Top.tsx';

interface AppProps {
  readonly desk: Desk;
  readonly keep: Keep;
  /** The password, where the link carried it. */
  readonly password: string | undefined;
}

/** How often waiting times are counted anew, ms. */
const tick = 30_000;

/** The desk. */
export function App({ desk, keep, password }: AppProps) {
  const [state, setState] = useState(desk.state());
  const [now, setNow] = useState(Date.now());
  const [helping, setHelping] = useState(false);
  const { language, me, queue, open } = state;
  const words = labels[language];
  const waiting = queue ? waitingIn(queue.news) : 0;

  useEffect(() => {
    setState(desk.state());
    return desk.subscribe((next) => {
      setState(next);
      setNow(Date.now());
    });
  }, []);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${words.title} · Wenda 问答`;
  }, [language, waiting]);
  useShortcuts(desk, me !== undefined && me !== null, () => setHelping(true));

  if (me === undefined) return <p class="loading">{state.connected ? words.loading : words.lost}</p>;
  if (me === null) return <SignIn desk={desk} state={state} keep={keep} password={password} />;
  return (
    <div class={`desk${open === undefined ? '' : ' has-case'}`}>
      <Top desk={desk} state={state} me={me} onHelp={() => setHelping(true)} />
      {!state.connected && (
        <p class="lost" role="alert">
          {words.lost}
        </p>
      )}
      <div class="columns">
        <Queue desk={desk} state={state} now={now} />
        <CasePage key={open} desk={desk} state={state} me={me} now={now} />
      </div>
      <ToastLine desk={desk} state={state} />
      {helping && <Help desk={desk} state={state} onClose={() => setHelping(false)} />}
    </div>
  );
}
