import type { FileBoxInterface } from 'file-box';
import type { Wechaty } from 'wechaty';
import type { CommonOptions } from '../options.ts';
import type { Phone } from '../phone.ts';

/** Whose friend requests are accepted: nobody's, everybody's, or those whose greeting holds one of these words. */
export type FriendRule = 'off' | 'on' | readonly string[];

/** What a personal account is connected with. */
export interface WechatyOptions extends Pick<CommonOptions, 'store' | 'moreWords' | 'clock' | 'log'> {
  /** A bot that is not started yet; called again for every new attempt. */
  build(): Wechaty;
  /** A file as puppets take it. */
  box(base64: string, name: string): FileBoxInterface;
  readonly friends: FriendRule;
  readonly phone: Phone;
  /** Protects the login page; without it a link with a random key is made. */
  readonly password?: string;
  /** Shows a text in the terminal. */
  print(text: string): void;
  /** Pause between two messages of the account, ms; a random part of `jitter` is added. */
  readonly pace?: { readonly every: number; readonly jitter: number };
}
