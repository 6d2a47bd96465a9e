import type { AttachedFile } from '../message.ts';
import type { Consultant } from './event.ts';

/** Why the desk refused what a consultant did; `confusing`: the reply must be sent again to go out. */
export type Refusal = 'held' | 'not-held' | 'over' | 'confusing';

/** What a timer found: said to the consultants, never to the visitor. */
export type Alert = 'unclaimed' | 'on-duty' | 'consultant-silent' | 'opening' | 'snooze-over' | 'returned';

/** Where a consultant's reply stands on its way to the visitor. */
export type Mark = 'delivered' | 'waiting' | 'failed' | 'uncertain';

/**
 * One thing that happened in a case, in order: the journal that every desk surface shows. `origin` is the surface's own
 * id of the consultant's message (`slack:C1:171.2`), so that the surface on which it was written does not repeat it.
 */
export type DeskItem =
  /** The case is to be shown to the consultants (after the visitor was asked for details, or left). */
  | { readonly kind: 'paged' }
  | { readonly kind: 'visitor'; readonly text: string; readonly file?: AttachedFile }
  /** The visitor changed an earlier message, or took it back (`text` absent). */
  | { readonly kind: 'visitor-edited'; readonly text?: string }
  /** What the bot said while the case waited. Markdown. */
  | { readonly kind: 'bot'; readonly text: string }
  | {
      readonly kind: 'consultant' | 'note';
      readonly consultant: Consultant;
      readonly text: string;
      readonly origin?: string;
      readonly file?: AttachedFile;
    }
  | {
      readonly kind: 'consultant-edited';
      readonly consultant: Consultant;
      readonly origin: string;
      readonly text?: string;
    }
  | { readonly kind: 'claimed' | 'released' | 'resolved'; readonly consultant: Consultant }
  | { readonly kind: 'transferred'; readonly consultant: Consultant; readonly to: Consultant }
  | { readonly kind: 'snoozed'; readonly consultant: Consultant; readonly until: number }
  /** The visitor needs nobody any more (waiting, or asked whether all is settled); was silent for so long that the case was closed; came back to a closed case. */
  | { readonly kind: 'withdrawn' | 'expired' | 'reopened' }
  | { readonly kind: 'rated'; readonly helpful: boolean }
  /** Something on the card changed: a detail of the visitor, an answer of the questionnaire. */
  | { readonly kind: 'details' }
  /** `mention`: ids of those whom it is for, with their surface (`slack:U1`). */
  | { readonly kind: 'alert'; readonly alert: Alert; readonly mention?: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly to: Consultant;
      readonly why: Refusal;
      readonly holder?: Consultant;
      readonly origin?: string;
    }
  /** Written by the store when what became of a consultant's reply is settled. */
  | { readonly kind: 'mark'; readonly origin: string; readonly mark: Mark; readonly reason?: string }
  /** Everything about the visitor was erased: surfaces erase what they show. */
  | { readonly kind: 'erased' };
