import type { AttachedFile, Language } from '../../../src/core/message.ts';
import type { WireChoice, WireLine } from '../wire.ts';
import { fetchFile } from './api.ts';
import { follow, type Link } from './follower.ts';
import type { Keep } from './keep.ts';
import { languageOf } from './labels.ts';
import { createSender } from './sender.ts';
import { createSession } from './session.ts';
import { addLine, botAnswers, empty, type Pending, positionOf, type Transcript } from './transcript.ts';

/** Everything that the page shows. */
export interface ChatState {
  readonly transcript: Transcript;
  readonly link: Link;
  /** False until the lines of earlier visits have come. */
  readonly ready: boolean;
  /** True while an answer is expected. */
  readonly expecting: boolean;
  /** True while messages are held back because they came too fast. */
  readonly slow: boolean;
  readonly language: Language;
  /** Lines of others that came while the chat was out of sight. */
  readonly unread: number;
}

/** The conversation of this page. */
export interface Chat {
  state(): ChatState;
  subscribe(listener: (state: ChatState) => void): () => void;
  say(text: string): void;
  /** Picks one or several of the choices of a message. */
  choose(choices: readonly WireChoice[]): void;
  /** Takes a refused message away. */
  discard(id: string): void;
  setLanguage(language: Language): void;
  /** Saves a consultant's file; false when it cannot be had just now. */
  save(file: AttachedFile): Promise<boolean>;
  /** Tells whether the visitor sees the chat. */
  setInSight(inSight: boolean): void;
}

/** An answer takes well below a second; after this long (ms) none is coming (a consultant has taken over). */
const expectFor = 10_000;

export function createChat(keep: Keep, locale: string): Chat {
  const listeners = new Set<(state: ChatState) => void>();
  const session = createSession(keep);
  let inSight = true;
  let expecting: ReturnType<typeof setTimeout> | undefined;
  let now: ChatState = {
    transcript: empty,
    link: 'connecting',
    ready: false,
    expecting: false,
    slow: false,
    language: languageOf(keep.get('language') ?? locale),
    unread: 0,
  };

  const update = (change: Partial<ChatState>) => {
    now = { ...now, ...change };
    for (const listener of listeners) listener(now);
  };
  const setPending = (change: (pending: readonly Pending[]) => readonly Pending[]) =>
    update({ transcript: { ...now.transcript, pending: change(now.transcript.pending) } });
  const mark = (id: string, facts: Partial<Pending>) =>
    setPending((pending) => pending.map((one) => (one.id === id ? { ...one, ...facts } : one)));

  const expect = (yes: boolean) => {
    clearTimeout(expecting);
    if (yes) expecting = setTimeout(() => update({ expecting: false }), expectFor);
    update({ expecting: yes });
  };

  const showIn = (language: Language) => {
    if (language === now.language) return;
    keep.set('language', language);
    update({ language });
  };

  const restart = () => {
    keep.remove('arrived');
    update({ transcript: { ...now.transcript, lines: [] } });
    sender.arrive(locale);
  };
  const sender = createSender(keep, session, {
    sending: (id) => {
      // A message that has come back already was answered; this attempt only makes sure.
      const isNew = id === 'arrival' || now.transcript.pending.some((pending) => pending.id === id);
      // A consultant who has joined does not answer at once; nobody is writing then.
      if (isNew && botAnswers(now.transcript)) expect(true);
    },
    sent: (id) => {
      mark(id, { status: 'sent' });
      update({ slow: false });
    },
    refused: (id, code) => {
      mark(id, { status: 'refused', code });
      expect(false);
    },
    postponed: (_, slow) => {
      expect(false);
      update({ slow });
    },
    sessionLost: restart,
  });

  const take = (line: WireLine) => {
    if (line.position <= positionOf(now.transcript)) return;
    const isNews = line.author !== 'visitor' && now.ready && !inSight;
    update({ transcript: addLine(now.transcript, line), unread: now.unread + (isNews ? 1 : 0) });
    if (line.author === 'bot') showIn(languageOf(line.message.language));
    if (line.author !== 'visitor') expect(false);
  };

  const add = (pending: Pending) => {
    setPending((all) => [...all, pending]);
    sender.add(pending);
  };
  const compose = (text: string, body: Pending['body']) =>
    add({ id: body.id, at: Date.now(), body, text, status: 'waiting' });
  const choose = (choices: readonly WireChoice[]) =>
    compose(choices.map(({ label }) => label).join(now.language === 'zh' ? '、' : ', '), {
      kind: 'choice',
      id: newId(),
      ids: choices.map(({ id }) => id),
      locale,
    });

  sender.arrive(locale);
  for (const pending of sender.kept()) add(pending);
  addEventListener('online', sender.hurry);
  follow(session, () => positionOf(now.transcript), {
    line: take,
    ready: () => {
      update({ ready: true });
      sender.hurry();
    },
    reset: () =>
      update({ transcript: { lines: [], pending: now.transcript.pending.filter(({ status }) => status !== 'sent') } }),
    link: (link) => now.link !== link && update({ link }),
    sessionLost: restart,
  });

  return {
    state: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say: (text) => compose(text, { kind: 'text', id: newId(), text, locale }),
    choose,
    discard: (id) => setPending((pending) => pending.filter((one) => one.id !== id)),
    setLanguage: (language) => {
      showIn(language);
      choose([{ id: `language:${language}`, label: language === 'zh' ? '中文' : 'English' }]);
    },
    save: async (file) => {
      const content = await fetchFile(await session.token(), file.id);
      if (content) offer(content, file.name);
      return content !== undefined;
    },
    setInSight: (value) => {
      inSight = value;
      if (value) update({ unread: 0 });
    },
  };
}

/** 128 random bits; `crypto.randomUUID` exists on https pages only. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hands a file to the browser, which saves it. */
function offer(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
