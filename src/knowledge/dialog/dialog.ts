import type { Media } from '../../core/conversation/event.ts';
import type { Language, Script } from '../../core/message.ts';

/** What happens in a dialog from outside: something a visitor does, time that passes, something done at the desk. */
export type Action =
  | { readonly type: 'says'; readonly text: string }
  /** Ids of choices, or their last parts where these are enough. */
  | { readonly type: 'picks'; readonly ids: readonly string[] }
  | { readonly type: 'sends'; readonly media: Media; readonly name?: string }
  /** `web`: on a page, where nobody can be reached who has left. */
  | { readonly type: 'arrives'; readonly language?: Language; readonly script?: Script; readonly web?: true }
  /** Changes the last message, or takes it back (`text` absent). */
  | { readonly type: 'edits'; readonly text?: string }
  | { readonly type: 'waits'; readonly ms: number }
  | { readonly type: 'fails' }
  | DeskAction;

/**
 * Something done at the desk. Without a name whoever did something last does it. `text`: what is said, who takes over,
 * the file that is sent, the time of a snooze.
 */
export interface DeskAction {
  readonly type: 'desk';
  readonly does: (typeof deskVerbs)[number];
  readonly name?: string;
  readonly text: string;
}

/** What can be done at the desk; what stands after `edits` and `takes back` is about that consultant's last text. */
export const deskVerbs = [
  'claims',
  'says',
  'notes',
  'sends',
  'edits',
  'takes back',
  'releases',
  'resolves',
  'transfers',
  'snoozes',
] as const;

/** One action and what must follow from it. */
export interface Exchange {
  /** Blank lines and remarks above it. */
  readonly above: readonly string[];
  /** The action as written. */
  readonly written: readonly string[];
  /** Line of the action, from 1. */
  readonly line: number;
  readonly action: Action;
  readonly expected: readonly { readonly line: number; readonly text: string }[];
}

/** A conversation that must go exactly this way. */
export interface Dialog {
  readonly above: readonly string[];
  readonly title: string;
  /** Line of the title, from 1. */
  readonly line: number;
  readonly exchanges: readonly Exchange[];
}

/** A file of dialogs. */
export interface DialogFile {
  readonly file: string;
  readonly dialogs: readonly Dialog[];
  /** Blank lines and remarks at its end. */
  readonly below: readonly string[];
}

/** What happened after each action of a dialog, as lines. */
export type Transcript = readonly (readonly string[])[];
