import type { Media } from '../../core/conversation/event.ts';
import type { Language, Script } from '../../core/message.ts';

/** What happens in a dialog from outside: something a visitor does, time that passes, something done at the desk. */
export type Action =
  | { readonly type: 'says'; readonly text: string }
  /** Ids of choices, or their last parts where these are enough. */
  | { readonly type: 'picks'; readonly ids: readonly string[] }
  | { readonly type: 'sends'; readonly media: Media; readonly name?: string }
  | { readonly type: 'arrives'; readonly language?: Language; readonly script?: Script }
  | { readonly type: 'waits'; readonly ms: number }
  | { readonly type: 'fails' }
  /** Without a name the consultant who claimed last does it. */
  | {
      readonly type: 'desk';
      readonly does: 'claims' | 'says' | 'releases' | 'resolves';
      readonly name?: string;
      readonly text: string;
    };

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
