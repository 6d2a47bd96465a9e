import type { Refusal } from '../../../../src/core/conversation/desk-item.ts';
import type { Consultant } from '../../../../src/core/conversation/event.ts';
import type { AttachedFile, Language } from '../../../../src/core/message.ts';
import type { Tab, WireCase, WireDoing, WireKit, WireQueue } from '../../desk/wire.ts';

/** A reply, note or change on its way to the server. */
export interface Pending {
  /** The same at every attempt. */
  readonly id: string;
  readonly case: string;
  readonly act: WireDoing & { readonly does: 'say' | 'note' };
  readonly file?: AttachedFile;
  /** `unsent`: given up for now, the consultant decides. `stored`: only the thread has to show it yet. */
  readonly status: 'sending' | 'unsent' | 'stored';
}

/** A word to the consultant about what has just happened. */
export type Toast =
  | { readonly says: 'refused'; readonly why: Refusal; readonly holder?: Consultant }
  | { readonly says: 'kept' | 'lost' | 'file-too-large' | 'file-type' | 'rejected' | 'no-notifications' | 'wait' };

/** Everything that the page of the desk shows. */
export interface DeskState {
  readonly language: Language;
  /** Undefined until it is known, null when nobody is signed in. */
  readonly me: Consultant | null | undefined;
  /** Why the last attempt to sign in failed. */
  readonly refused?: string;
  readonly connected: boolean;
  readonly tab: Tab;
  readonly search: string;
  readonly limit: number;
  readonly queue?: WireQueue;
  /** Id of the case that is open. */
  readonly open?: string;
  /** That case, once it has come. */
  readonly current?: WireCase;
  /** It does not exist (any more). */
  readonly missing: boolean;
  readonly kit: WireKit;
  readonly pending: readonly Pending[];
  /** A reply that was stopped because it may confuse filing and licence. */
  readonly stopped?: Pending;
  readonly toast?: Toast;
  readonly signal: boolean;
  readonly shortcuts: boolean;
}
