import type { Language } from '../../../../src/core/message.ts';
import type { Tab, WireDoing, WireNews } from '../../desk/wire.ts';
import type { Keep } from '../keep.ts';
import { languageOf } from '../labels.ts';
import { type Answer, api } from './api.ts';
import { dropDrafts } from './drafts.ts';
import { labels } from './labels.ts';
import { listen } from './live.ts';
import { newId, send } from './send.ts';
import { createSignal, newsSince } from './signal.ts';
import type { DeskState, Pending, Toast } from './state.ts';

/** What the page of the desk does. */
export interface Desk {
  state(): DeskState;
  subscribe(listener: (state: DeskState) => void): () => void;
  signIn(password: string, name: string): Promise<void>;
  signOut(): Promise<void>;
  show(tab: Tab): void;
  search(words: string): void;
  more(): void;
  open(id: string | undefined): void;
  /** Opens the next (1) or previous (-1) case of the list. */
  step(by: 1 | -1): void;
  act(act: Exclude<WireDoing, { does: 'say' | 'note' }>): Promise<void>;
  write(act: Pending['act'], file?: Pending['file']): Promise<void>;
  again(pending: Pending): Promise<void>;
  discard(id: string): void;
  /** Sends the stopped reply as it is, or leaves it. */
  unstop(send: boolean): void;
  upload(file: File): Promise<Pending['file']>;
  setLanguage(language: Language): void;
  setSignal(on: boolean): Promise<void>;
  setShortcuts(on: boolean): void;
  toast(toast?: Toast): void;
}

const pageSize = 50;
const longestSearchPause = 200;

export function createDesk(keep: Keep, locale: string): Desk {
  const listeners = new Set<(state: DeskState) => void>();
  const signal = createSignal(keep);
  let news: readonly WireNews[] | undefined;
  let stop = () => {};
  let searching: ReturnType<typeof setTimeout> | undefined;
  let now: DeskState = {
    language: languageOf(keep.get('desk-language') ?? locale),
    me: undefined,
    connected: true,
    tab: 'unclaimed',
    search: '',
    limit: pageSize,
    missing: false,
    kit: { replies: [], insertable: [] },
    pending: [],
    signal: signal.isOn(),
    shortcuts: keep.get('desk-shortcuts') !== 'off',
    ...opened(),
  };

  const update = (change: Partial<DeskState>) => {
    now = { ...now, ...change };
    for (const listener of listeners) listener(now);
  };

  function without(...names: readonly ('open' | 'current' | 'queue' | 'toast' | 'stopped' | 'refused')[]) {
    now = { ...now };
    for (const name of names) delete (now as { -readonly [Key in keyof DeskState]: DeskState[Key] })[name];
  }

  function isOver(answer: Answer<unknown>): boolean {
    if (answer.as !== 'signed-out') return false;
    stop();
    news = undefined;
    without('queue', 'current');
    update({ me: null });
    return true;
  }

  const loadQueue = once(async () => {
    const { tab, search, limit } = now;
    const answer = await api.queue(tab, search, limit);
    if (isOver(answer)) return;
    if (answer.as === 'lost') update({ connected: false });
    if (answer.as !== 'ok' || tab !== now.tab || search !== now.search) return;
    const words = labels[now.language];
    for (const one of news ? newsSince(news, answer.data.news) : [])
      signal.ring(one.mine ? words.newMessage : words.newCase, one.question, () => open(one.case));
    news = answer.data.news;
    update({ queue: answer.data, connected: true });
  });

  const loadCase = once(async () => {
    const { open: id } = now;
    if (id === undefined) return;
    const answer = await api.case(id);
    if (isOver(answer) || now.open !== id) return;
    if (answer.as === 'refused') {
      without('current');
      update({ missing: true });
    }
    if (answer.as !== 'ok') return;
    const origins = new Set(answer.data.thread.map((item) => ('origin' in item ? item.origin : undefined)));
    const pending = now.pending.filter((one) => one.status !== 'stored' || !origins.has(`web:${one.id}`));
    update({ current: answer.data, missing: false, pending });
  });

  const refresh = () => Promise.all([loadQueue(), loadCase()]);

  async function enter(me: DeskState['me']) {
    without('refused');
    update({ me });
    stop = listen(refresh, (connected) => now.connected !== connected && update({ connected }));
    const kit = await api.kit();
    if (kit.as === 'ok') update({ kit: kit.data });
  }

  function open(id: string | undefined) {
    if (id === now.open) return;
    history.pushState(null, '', id === undefined ? location.pathname : `#/case/${encodeURIComponent(id)}`);
    follow();
  }

  function follow() {
    if (opened().open === now.open) return;
    without('open', 'current', 'stopped');
    update({ ...opened(), missing: false });
    void loadCase();
  }

  const setPending = (id: string, change: Partial<Pending> | undefined) =>
    update({
      pending: now.pending.flatMap((one) =>
        one.id !== id ? [one] : change === undefined ? [] : [{ ...one, ...change }],
      ),
    });

  async function deliver(pending: Pending) {
    setPending(pending.id, { status: 'sending' });
    const answer = await send(pending.case, { id: pending.id, act: pending.act });
    if (isOver(answer)) return setPending(pending.id, { status: 'unsent' });
    if (answer.as === 'lost') return setPending(pending.id, { status: 'unsent' });
    if (answer.as === 'refused') {
      setPending(pending.id, { status: 'unsent' });
      return update({ toast: { says: 'rejected' } });
    }
    if (answer.as === 'ok' && answer.data.as === 'refused') {
      setPending(pending.id, undefined);
      if (answer.data.why === 'confusing') return update({ stopped: pending });
      update({ toast: { says: 'kept' } });
    } else {
      setPending(pending.id, { status: 'stored' });
    }
    await refresh();
  }

  async function write(act: Pending['act'], file?: Pending['file']) {
    if (now.open === undefined) return;
    const pending: Pending = { id: newId(), case: now.open, act, status: 'sending', ...(file && { file }) };
    without('stopped');
    update({ pending: [...now.pending, pending] });
    await deliver(pending);
  }

  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  void api.whoami().then((answer) => enterOrAsk(answer));

  async function enterOrAsk(answer: Answer<{ consultant: NonNullable<DeskState['me']> }>) {
    if (answer.as === 'ok') return enter(answer.data.consultant);
    if (answer.as !== 'lost') return update({ me: null });
    update({ connected: false });
    setTimeout(async () => enterOrAsk(await api.whoami()), 2_000);
  }

  return {
    state: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: async (password, name) => {
      const answer = await api.signIn(password, name);
      if (answer.as === 'ok') return enter(answer.data.consultant);
      update({ refused: answer.as === 'refused' ? answer.code : 'lost' });
    },
    signOut: async () => {
      const answer = await api.signOut();
      if (answer.as === 'lost') return update({ toast: { says: 'lost' } });
      dropDrafts();
      update({ pending: [] });
      isOver({ as: 'signed-out' });
    },
    show: (tab) => {
      without('queue');
      update({ tab, limit: pageSize });
      void loadQueue();
    },
    search: (search) => {
      update({ search, limit: pageSize });
      clearTimeout(searching);
      searching = setTimeout(loadQueue, longestSearchPause);
    },
    more: () => {
      update({ limit: now.limit + pageSize });
      void loadQueue();
    },
    open,
    step: (by) => {
      const cases = now.queue?.cases ?? [];
      const at = cases.findIndex(({ id }) => id === now.open);
      const next = cases[at < 0 ? (by > 0 ? 0 : cases.length - 1) : at + by];
      if (next) open(next.id);
    },
    act: async (act) => {
      if (now.open === undefined) return;
      const answer = await send(now.open, { id: newId(), act });
      if (isOver(answer)) return;
      if (answer.as === 'lost') update({ toast: { says: 'lost' } });
      if (answer.as === 'refused') update({ toast: { says: 'rejected' } });
      if (answer.as === 'ok' && answer.data.as === 'refused') {
        const { why, holder } = answer.data;
        update({ toast: { says: 'refused', why, ...(holder && { holder }) } });
      }
      await refresh();
    },
    write,
    again: deliver,
    discard: (id) => setPending(id, undefined),
    unstop: (goes) => {
      const { stopped } = now;
      without('stopped');
      update({});
      if (stopped && goes) void write(stopped.act, stopped.file);
    },
    upload: async (file) => {
      if (now.open === undefined) return undefined;
      const answer = await api.upload(now.open, file);
      if (answer.as === 'ok') return answer.data.file;
      if (isOver(answer)) return undefined;
      const known = answer.as === 'refused' && (answer.code === 'file-too-large' || answer.code === 'file-type');
      update({ toast: { says: known ? (answer.code as 'file-type') : answer.as === 'lost' ? 'lost' : 'rejected' } });
      return undefined;
    },
    setLanguage: (language) => {
      keep.set('desk-language', language);
      update({ language });
    },
    setSignal: async (on) => {
      if (!on) signal.turnOff();
      update({ signal: on });
      if (on && !(await signal.turnOn())) update({ toast: { says: 'no-notifications' } });
    },
    setShortcuts: (shortcuts) => {
      keep.set('desk-shortcuts', shortcuts ? 'on' : 'off');
      update({ shortcuts });
    },
    toast: (toast) => {
      without('toast');
      update(toast ? { toast } : {});
    },
  };
}

/** The case that the address names. */
function opened(): Pick<DeskState, 'open'> {
  const id = /^#\/case\/(.+)$/.exec(location.hash)?.[1];
  return id === undefined ? {} : { open: decodeURIComponent(id) };
}

/** One run at a time; what is asked for during a run leads to one more after it. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isWanted = false;
  const run = async () => {
    do {
      isWanted = false;
      await work();
    } while (isWanted);
    running = undefined;
  };
  return () => {
    isWanted = true;
    running ??= run();
    return running;
  };
}
